"""The county: organizations, registers, units, work tasks, teams, and who is a member of what."""
