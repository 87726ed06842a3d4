"""What can be taken out of a problem to see what it costs: whole rules, and single rows of shares, floors, duties, bars.

A row is taken out by changing its cells and nothing else: a `*` in a key means every value there, so that the rows it
also meets are put back by the changes that follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orebook.problem import Floor, Problem, Share
from orebook.schema.facts import About
from orebook.schema.model import Model
from orebook.schema.rules import RULES

PRICES = frozenset({"floors", "duties", "commission"})
"""What is no rule of a model and works by the price alone (a `reject` floor: by keeping tiers out)."""


@dataclass(frozen=True)
class Ablation:
    """What is taken out, by the changes that do it; `share` where it is one limit of that row."""

    about: About
    changes: tuple[str, ...]
    share: Share | None = None


def removals(problem: Problem, model: Model) -> Iterator[Ablation]:
    """Every rule that is on, then every row, in the order of the tables; not one without which less could be done."""
    rules = [rule for rule in RULES if model.on(rule)]
    yield from (Ablation(About(rule=rule), (f"rules.{rule}=off",)) for rule in rules if not RULES[rule].allows)
    yield from _floors(problem)
    yield from _duties(problem)
    for name, house in problem.houses.items():
        if house.commission_pct > 0:
            row = f"commission[{name}]"
            yield Ablation(About(rule="commission", row=row, house=name), (f"houses.{name}.commission_pct=0",))
    if "shares" in rules:
        yield from _shares(problem)
    if "eligibility" in rules:
        yield from _bars(problem)


def _floors(problem: Problem) -> Iterator[Ablation]:
    if problem.floors:
        yield Ablation(About(rule="floors"), tuple(f"{_floor(floor)}=none" for floor in problem.floors))
    for floor in problem.floors:
        about = About(rule="floors", row=f"floor[{floor.mineral},{floor.origin or ''}]", mineral=floor.mineral)
        yield Ablation(about, (f"{_floor(floor)}=none",))


def _floor(floor: Floor) -> str:
    return f"floors.{floor.mineral}/{floor.origin or ''}"


def _duties(problem: Problem) -> Iterator[Ablation]:
    """A duty becomes 0: were its row gone, another would take its place."""
    for (place, mineral), pct in problem.duties.items():
        changes = [f"duties.{place}/{mineral}.duty_pct=0"]
        if mineral == "*":
            met = [(m, other) for (p, m), other in problem.duties.items() if p == place and m != "*"]
            changes += [f"duties.{place}/{m}.duty_pct={other!r}" for m, other in met]
        if pct > 0:
            about = About(
                rule="duties",
                row=f"duty[{place},{mineral}]",
                mineral=None if mineral == "*" else mineral,
                against=place,
            )
            yield Ablation(about, tuple(changes))


def _shares(problem: Problem) -> Iterator[Ablation]:
    for share in problem.shares:
        for row, column in (("share_min", "min_share"), ("share_max", "max_share")):
            if getattr(share, column) is None:
                continue
            changes = [f"shares.{share.mineral}/{share.by}/{share.name}.{column}=none"]
            if share.mineral == "*":
                met = [s for s in problem.shares if s.mineral != "*" and (s.by, s.name) == (share.by, share.name)]
                limits = [(s, limit) for s in met if (limit := getattr(s, column)) is not None]
                changes += [f"shares.{s.mineral}/{s.by}/{s.name}.{column}={limit!r}" for s, limit in limits]
            about = About(
                rule="shares",
                row=f"{row}[{share.mineral},{share.by},{share.name}]",
                mineral=None if share.mineral == "*" else share.mineral,
                house=share.name if share.by == "house" else None,
            )
            yield Ablation(about, tuple(changes), share)


def _bars(problem: Problem) -> Iterator[Ablation]:
    """Bars of origins, then what keeps offers out by their content or their score."""
    for name, origin in problem.origins.items():
        changes = [f"origins.{name}.barred=no"] if origin.barred else []
        if origin.barred_from_week is not None:
            changes.append(f"origins.{name}.barred_from_week=none")
        if changes:
            yield Ablation(About(rule="eligibility", row=f"origin_barred[{name}]"), tuple(changes))
    for row, column in (("content_restricted", "max_restricted_content_pct"), ("esg_minimum", "min_esg_score")):
        if getattr(problem, column) is not None:
            yield Ablation(About(rule="eligibility", row=row), (f"instance.{column}=none",))
