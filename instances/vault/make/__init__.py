"""Writes the instance `vault` from the figures in data/ and the choices in assumed/: `python -m instances.vault.make`.

The same input gives the same files: every draw comes from a generator seeded with the name of what it is for.
"""
