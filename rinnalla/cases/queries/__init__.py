"""What the pages of a case show."""
