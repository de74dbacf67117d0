"""Meetings: who is called together and when, who came, what was said and agreed."""
