"""Tests of what the institution signs for others to read."""
