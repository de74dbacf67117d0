"""What is written to the journal about steps."""

STEP_AGREED = "step.agreed"
STEP_REPORTED = "step.reported"
