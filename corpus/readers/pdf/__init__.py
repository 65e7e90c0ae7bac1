"""Read PDF with pypdfium2: words in their places, lines, columns, tables, and what they are."""
