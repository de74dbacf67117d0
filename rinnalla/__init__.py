"""Rinnalla: one named responsible worker, one shared plan, and nobody sees beyond the permit."""
