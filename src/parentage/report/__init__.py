"""Renders pages and text from an audit's files alone."""
