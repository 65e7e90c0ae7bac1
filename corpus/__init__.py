"""Documents in: read, repaired, and cut into sections, sentences and chunks."""
