"""What is written to the journal about the county's own people."""

ADMINISTRATOR_CREATED = "administrator.created"
