"""The client's own pages: who is my person, what have I allowed, who has looked."""
