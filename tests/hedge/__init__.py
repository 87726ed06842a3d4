"""Hedged plans against answers by hand, against trying every plan, and with faults planted in their folders."""
