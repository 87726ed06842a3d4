"""From a formulation to a proven, judged plan. `solver.py` is the only door to the solver, which runs in a
process of its own (`child_process.py`)."""
