"""Seals over the journal: made by a job, witnessed outside the database, verified by anybody."""
