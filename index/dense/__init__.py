"""Dense search: which passages are nearest to a vector, by FAISS, exactly or through an inverted file."""
