"""What is written to the journal about the stories."""

STORIES_TOLD = "demo.told"
