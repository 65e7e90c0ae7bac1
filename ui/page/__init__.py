"""The shell: what every view stands in, and what lets a reader in."""
