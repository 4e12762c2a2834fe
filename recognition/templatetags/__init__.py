"""Words of recognition that templates need."""
