"""Faults planted in the formulation, one at a time: the golden rows and the oracle must catch each."""
