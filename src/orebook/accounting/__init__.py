"""Exact accounting of decisions, in fractions: prices, stock, cash, room, and what is left of every limit; no verdicts."""
