"""Encoders that were exported once, so that a question needs neither torch nor sentence-transformers."""
