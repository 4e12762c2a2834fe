"""Forms of recognition: they clean what people type, the services decide."""
