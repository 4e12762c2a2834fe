"""The project: settings, addresses, the page shell."""
