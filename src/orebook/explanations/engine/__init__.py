"""What questions are answered with: counterfactual solves, intervals, sweeps and ablations."""
