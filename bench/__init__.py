"""Harnesses that measure the product or try to break its promises; nothing of the product imports them."""
