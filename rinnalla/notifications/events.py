"""What is written to the journal about messages."""

MESSAGE_QUEUED = "message.queued"
MESSAGE_CANCELLED = "message.cancelled"
MESSAGE_PRINTED = "message.printed"
MESSAGE_UNPRINTED = "message.unprinted"
MESSAGE_SENT = "message.sent"
MESSAGE_FAILED = "message.failed"
