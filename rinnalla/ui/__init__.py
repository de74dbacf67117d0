"""How every page looks and speaks: frame, parts, forms and dates."""
