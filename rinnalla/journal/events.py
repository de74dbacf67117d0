"""What is written to the journal about the journal itself."""

EXPORTED = "journal.exported"
