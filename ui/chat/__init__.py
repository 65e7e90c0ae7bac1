"""The chat: questions, their answers, and the sources of each."""
