"""Who a model says it is, once nothing tells it: find what tells it, strip it, ask, read, count, compare words."""
