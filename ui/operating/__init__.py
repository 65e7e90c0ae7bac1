"""What operators see of the program at work: figures, logs, and whether it is well."""
