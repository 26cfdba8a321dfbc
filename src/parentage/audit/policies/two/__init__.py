"""Policy 2: every relation, every merge method, and what was done afterwards."""
