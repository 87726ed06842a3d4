"""The mathematics as a Pyomo model; the only package that builds Pyomo components. `build.py` is the table of contents."""
