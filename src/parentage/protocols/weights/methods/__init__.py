"""Which merge method made the subject? One search per family of methods."""
