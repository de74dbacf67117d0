"""What was agreed: steps, each with one owner and a day."""
