"""The stories of the demonstration, told through acts, with time travel."""
