"""Longer campaigns of what the tests ask shortly: `bin/drill NAME`."""
