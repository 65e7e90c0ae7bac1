"""What readers are told of what is kept of them."""
