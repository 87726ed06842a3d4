"""Plans found by structure: relax and fix, large neighbourhoods, subproblems of few minerals."""
