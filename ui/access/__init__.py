"""Who comes to the page, and what they may do there."""
