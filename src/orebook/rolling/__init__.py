"""Weeks rolled on: a plan's first week is committed, the instance moved on a week, and planned again."""
