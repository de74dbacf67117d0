"""What is written to the journal about ends."""

MEMBERSHIP_ENDED = "membership.ended"
ACCOUNT_DISABLED = "account.disabled"
