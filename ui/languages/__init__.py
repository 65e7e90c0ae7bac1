"""The words of the page, in seven languages."""
