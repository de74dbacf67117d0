"""What is written to the journal about attachments."""

FILE_ATTACHED = "file.attached"
FILE_REMOVED = "file.removed"
FILE_RESTORED = "file.restored"
