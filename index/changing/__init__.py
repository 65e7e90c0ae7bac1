"""What changes a library: one writer at a time, one transaction a change."""
