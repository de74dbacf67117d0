"""The program as a person meets it: a running server, a real browser."""
