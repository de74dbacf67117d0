"""Application to a team, paper consultation, recommendation, and what came of it."""
