"""Strange files for the readers of credentials; see __main__.py."""
