"""Pages of the officer's desk, and of those whom the officer asks."""
