"""The check whether quotes bear out a sentence, before it is shown."""
