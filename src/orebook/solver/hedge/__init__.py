"""Hedged plans: one plan for the weeks that are now, and one for each future from the week on in which it is known."""
