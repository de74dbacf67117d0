"""Ends of things: of a membership, and later of a case."""
