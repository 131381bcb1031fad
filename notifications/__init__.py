"""Messages that tell people what awaits them."""
