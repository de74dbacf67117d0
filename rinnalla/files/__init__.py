"""What is attached to a client's things: bytes in the database, looked at before they are kept."""
