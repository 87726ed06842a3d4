"""Faults planted in a copy of the package, one at a time: the tests that are named with each must fail there.

Such as an honest refactoring could make: a wrong sign, the wrong end of an interval, a term forgotten, one of two variables
taken for the other. `python -m tests.prove mutants` tries them all; `tests/faults` has those of the formulation.
"""
