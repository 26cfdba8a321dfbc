"""The documents protocol: what a publisher declares, what was found beside it, and what the parents' terms ask for."""
