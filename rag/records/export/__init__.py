"""A conversation to take along: as Markdown, as a Word document, as the record itself."""
