"""The mathematics as a Pyomo model; the only package that builds Pyomo components. `build.py` is the table of contents."""

from pyomo.common.dependencies import DeferredImportCallbackFinder

# Pyomo has all of scipy.stats loaded with whatever of scipy is imported after it: most of a second of every solve's start,
# for what nothing here uses. Where Pyomo itself wants scipy it still loads it.
DeferredImportCallbackFinder._callbacks.pop("scipy", None)
