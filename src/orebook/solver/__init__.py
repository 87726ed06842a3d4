"""From a formulation to a proven, judged plan.

`run` goes through the stages; `lp` has programs as arrays and the one door to what solves them, in a process of its own;
`cuts` lift bounds; `heuristics` find plans by structure; `finalise` makes a point a judged plan; `infeasibility` says what
gives way and what clashes; `alternatives` are other plans beside a known one; `audit` doubts the bounds.
"""
