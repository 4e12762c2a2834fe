"""Every write of quality assurance: verbs, keyword-only, one transaction each."""
