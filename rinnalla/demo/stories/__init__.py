"""One module a story; each tells by acts what has happened by Saturday 31.10.2026."""
