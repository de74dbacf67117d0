"""What was typed on the pages of applications, cleaned."""
