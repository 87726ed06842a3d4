"""A whole run: stages in order, each kept by the next, its points finalised and judged."""
