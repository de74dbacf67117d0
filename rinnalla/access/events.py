"""What the database's own functions write to the journal about ways to clients; kept in SQL."""

CLIENT_SOUGHT = "client.sought"
CLIENT_FOUND = "client.found"
CLIENT_ENTERED = "client.entered"
CIRCLE_OPENED = "circle.opened"
CIRCLE_CLOSED = "circle.closed"
