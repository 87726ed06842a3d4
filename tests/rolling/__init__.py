"""Weeks rolled on."""
