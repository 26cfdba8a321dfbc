"""Forms of Portuguese answers beyond the phrases."""
