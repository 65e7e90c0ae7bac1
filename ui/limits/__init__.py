"""The filter beside the question: which documents are asked."""
