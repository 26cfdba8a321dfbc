"""Pure functions over arrays: lattices, arithmetics, stabbing, scans."""
