"""From a formulation to a proven, judged plan. `highs.py` is the only door to the solver, which runs in a
process of its own (`apart.py`)."""
