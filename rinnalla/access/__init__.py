"""Who works with whom, what is opened to whom, and the seat from which PostgreSQL decides what one
reads."""
