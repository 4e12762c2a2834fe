"""The pages of recognition: the applicant's side and the office's side."""
