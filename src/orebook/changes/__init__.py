"""What if: changes of an instance, written as addresses with values.

    problem = orebook.read("instances/vault").change("minerals.copper.price_usd_per_t=+10%", "rules.shares=off")

`grammar` reads the texts, `applying` makes the changed document, `problems` the changed problem.
"""

from orebook.changes.applying import apply
from orebook.changes.change import Change
from orebook.changes.grammar import parse
from orebook.changes.problems import changed

__all__ = ["Change", "apply", "changed", "parse"]
