"""Settings, addresses, and what starts and stops the program."""
