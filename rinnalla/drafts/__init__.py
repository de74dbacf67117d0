"""What somebody writes on a form and has not sent yet: kept for its writer alone."""
