"""Meetings as their people read them."""
