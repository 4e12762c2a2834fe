"""People at the same instant, and processes that die in the middle of an act."""
