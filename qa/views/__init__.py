"""Pages of quality assurance: load, permit, one call, answer."""
