"""The second opinion on the bounds that a run prints, in processes of their own."""
