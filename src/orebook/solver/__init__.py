"""From a formulation to a proven, judged plan. `highs.py` is the only module that talks to the solver."""
