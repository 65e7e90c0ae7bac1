"""What leaves the browser because a reader wants it to: exported files, and feedback."""
