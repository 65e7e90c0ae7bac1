"""The evaluator's desk: rounds of questions, their figures, and every citation judged by people."""
