"""Measures Rinnalla with production settings, each work beside its floor in the same run."""
