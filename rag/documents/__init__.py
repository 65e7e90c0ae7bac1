"""Documents in and out of the library, and questions limited to some of them."""
