"""Each role's first page, finding a person, choosing as whom one acts."""
