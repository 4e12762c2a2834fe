"""Every guard clause on its own: an act that would succeed, broken at one place."""
