"""Frames: words before and after a name that leave no other reading. French has them."""
