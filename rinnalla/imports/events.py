"""What is written to the journal about imports and doubtful pairs."""

IMPORTED = "import.run"
PAIR_DECIDED = "pair.decided"
PAIR_REOPENED = "pair.reopened"
