"""What the client's pages show."""
