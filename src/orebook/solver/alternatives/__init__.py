"""Other plans beside a known one: warm starts, near-optimal alternatives, minimum change."""
