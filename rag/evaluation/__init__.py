"""Evaluation: how well questions with known answers are answered, in figures with intervals."""
