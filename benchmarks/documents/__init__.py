"""Measurements of the documents protocol: what unrelated files share."""
