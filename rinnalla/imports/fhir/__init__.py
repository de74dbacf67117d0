"""Bundles of FHIR R4 resources: read entry by entry, mapped like the rows of a file."""
