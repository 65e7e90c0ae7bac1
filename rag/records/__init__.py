"""What is kept of an answer: its record, and what is done with records."""
