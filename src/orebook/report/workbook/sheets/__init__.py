"""A module a sheet."""
