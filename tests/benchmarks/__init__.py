"""Benchmarks: what pages cost in a small house and in a large one."""
