"""From a question to encoders, vectors and words: what finds a passage again."""
