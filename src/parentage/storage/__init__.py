"""Bytes from somewhere, by range."""
