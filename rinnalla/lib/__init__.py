"""Pure helpers without tables: identifiers, days, names, personal identity codes."""
