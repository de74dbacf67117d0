"""The data protection officer's desk: reads by ground, questions about openings, log requests."""
