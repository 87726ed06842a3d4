"""A second solver, SCIP, on the same arrays: for problems that are too large to try every plan."""
