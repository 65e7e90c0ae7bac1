"""What people think of answers, and the questions with known answers that come of it."""
