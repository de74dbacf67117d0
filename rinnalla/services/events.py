"""What is written to the journal about the county's data."""

COUNTY_CONFIGURED = "county.configured"
