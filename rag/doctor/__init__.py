"""Check everything that answers depend on, and say what to do."""
