"""Recognition of credentials that learners bring from elsewhere."""
