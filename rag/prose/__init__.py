"""Prose from a language model, of which nothing is shown that its quotes do not bear out."""
