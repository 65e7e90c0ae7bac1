"""The interface for programs: the same answers as on the command line, over HTTP."""
