"""The administrator's files: what the county consists of, read again and again."""
