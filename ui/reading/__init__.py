"""The reading room: a whole report, in which quotes are marked."""
