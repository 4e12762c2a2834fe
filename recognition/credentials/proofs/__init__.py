"""One module for each way in which a credential is signed."""
