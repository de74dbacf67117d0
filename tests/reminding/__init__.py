"""Reminders whose worker is killed: a network of the drill's own, the killing, and the judging."""
