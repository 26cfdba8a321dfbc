"""Merge methods beyond a weighted sum, each recomputed element by element from the parents and a few scalars."""
