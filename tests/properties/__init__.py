"""Properties: drawn walks through the machines, compared with a small model."""
