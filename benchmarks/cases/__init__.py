"""Public disputes, worked out from what was published about them."""
