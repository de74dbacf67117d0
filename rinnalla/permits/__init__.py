"""What the client has allowed: permits to disclose, consents, and what is still to be asked."""
