"""What is written to the journal about the client's own page."""

LINK_SENT = "client.link_sent"
INQUIRY_ASKED = "inquiry.asked"
