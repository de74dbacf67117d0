"""Date and time formats of one language."""
