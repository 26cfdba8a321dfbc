"""Frames: words before and after a name that leave no other reading, and the whole name that stands there.

French and Portuguese have them.
"""
