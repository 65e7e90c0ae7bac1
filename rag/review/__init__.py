"""Review: rounds of questions whose every citation is judged by people, and how far they agree."""
