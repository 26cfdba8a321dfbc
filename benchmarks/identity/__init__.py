"""Measurements of the identity protocol."""
