"""From a point of the solver to a plan that the judge confirms: integers fixed, the rest solved again, grams rounded."""
