"""Who may do what: accounts and their passwords, sessions, tokens for programs."""
