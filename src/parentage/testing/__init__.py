"""Fakes that are part of the product, so that users can test with them too."""
