"""Pages of a client's permits."""
