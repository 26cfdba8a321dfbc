"""Policies: each turns measurements into findings and one verdict, and none ever changes once bundles hold it."""
