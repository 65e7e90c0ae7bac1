"""The documents: what is there, files in and documents out, and questions limited to some of them."""
