"""Other plans held a known one: warm starts, near-optimal alternatives, minimum change."""
