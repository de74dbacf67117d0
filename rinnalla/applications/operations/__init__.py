"""Acts on applications, by the part of the way in which they happen."""
