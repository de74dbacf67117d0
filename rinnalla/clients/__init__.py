"""The client: names, identifiers, ways of contact, those who care for them."""
