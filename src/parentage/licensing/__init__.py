"""Licences as facts: which text it is, what its clauses ask for, and whether that is there. No advice."""
