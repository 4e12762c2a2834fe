"""Every write of recognition: verbs, keyword-only, one transaction each."""
