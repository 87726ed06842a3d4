"""Other solvers on the same arrays, told nothing of what those stand for: to check large problems, and to be timed."""
