"""Pages of steps, and of the services for a fixed time."""
