"""Imports: what comes from other systems, how it is read, and what could not be taken in."""
