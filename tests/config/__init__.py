"""Tests of the project's own settings and parts."""
