"""Acts on a case."""
