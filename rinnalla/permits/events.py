"""What is written to the journal about permits."""

PERMIT_RECORDED = "permit.recorded"
PERMIT_WITHDRAWN = "permit.withdrawn"
PERMIT_ASKED = "permit.asked"
PERMIT_REFUSED = "permit.refused"
ACCESS_EXPLAINED = "access.explained"
OPENING_OPENED = "opening.opened"
OPENING_CLOSED = "opening.closed"
