"""What is written to the journal about drafts: that one was begun, and thrown away."""

DRAFT_BEGUN = "draft.begun"
DRAFT_THROWN_AWAY = "draft.thrown_away"
