"""What if: changes of an instance, written as addresses with values.

    problem = orebook.read("instances/vault").change("minerals.copper.price_usd_per_t=+10%", "rules.shares=off")

`grammar` reads the texts, `applying` makes the changed document, `problems` the changed problem.
"""

from orebook.whatif.applying import apply
from orebook.whatif.change import Change
from orebook.whatif.grammar import parse
from orebook.whatif.problems import changed

__all__ = ["Change", "apply", "changed", "parse"]
