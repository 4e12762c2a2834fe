"""The only rooms from which anything is asked of the network."""
