"""The web application: a conversation on one side, the report on the other."""
