"""From a point of the solver to decisions: whole lots, grams and cents, that keep what the point keeps."""
