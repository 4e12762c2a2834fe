"""Credentials at the door: what a file says, what was checked, what could not be."""
