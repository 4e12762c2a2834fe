"""Pages of everything that leaves."""
