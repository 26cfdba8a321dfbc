"""Plans, runs and decides: from a case to a verdict."""
