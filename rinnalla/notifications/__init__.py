"""The outbox: what goes to a client is written with its act and sent after it."""
