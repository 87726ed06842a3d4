"""Which minerals' rows and columns a change of the data can alter; all others stay as they were built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from orebook.problem import USUAL_PRIORITY, Offer, Problem, Site

UNMODELLED = frozenset({"name", "title", "start", "document", "digest", "changes", "futures", "rules_off"})
"""Fields that no row or column hangs on; a rule switched off makes another model."""
NOBODYS = frozenset({"budget_usd", "released", "sources"})
"""Fields that only rows of money alone, and the bounds of orders, hang on."""
SITE_LIMIT_COLUMNS = ("capacity_m3", "inbound_t_per_week", "max_value_usd")
"""Limits of a store: each is the right-hand side of rows."""


class TouchesAllError(Exception):
    """A change that may alter every mineral's rows; its text says which."""


def touched(old: Problem, new: Problem) -> set[str]:
    """The minerals; limits of a store that move count in `moved_sites`. Raises TouchesAllError."""
    if _shared_out(old) != _shared_out(new):
        raise TouchesAllError("what is a share of all draws counts for every order with a fee")
    found: set[str] = set()
    for field in fields(Problem):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name in UNMODELLED | NOBODYS or before == after:
            continue
        if field.name not in _WAYS:
            raise TouchesAllError(f"{field.name} counts for every mineral")
        found |= _WAYS[field.name](old, new, before, after)
    return _together(found, old, new)


def _together(minerals: set[str], *problems: Problem) -> set[str]:
    """Those, and all that what is made of what, or stands for what, ties to them: they share rows of goods."""
    ties = [{c.source, c.into} for problem in problems for c in problem.conversions.values()]
    ties += [{mineral, by} for problem in problems for mineral, by in problem.substitutes]
    found = set(minerals)
    while more := {mineral for tie in ties if tie & found for mineral in tie} - found:
        found |= more
    return found


def _shared_out(problem: Problem) -> bool:
    """Whether a source may give a part of all draws alone: then an order may be worth its fee (`share_tickets.py`)."""
    return any(s.max_share is not None for s in problem.sources.values())


def moved_sites(old: Problem, new: Problem) -> set[str]:
    """The stores with a limit that moved."""
    return _changed(old.sites, new.sites)


def _changed(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> set[Any]:
    return {k for k in before.keys() | after.keys() if before.get(k) != after.get(k)}


def _by_key(place: int | None) -> Any:
    """Fields whose key says the mineral: the key itself, or a part of it."""

    def way(_old: Problem, _new: Problem, before: Mapping[Any, Any], after: Mapping[Any, Any]) -> set[str]:
        return {k if place is None else k[place] for k in _changed(before, after)}

    return way


def _by_row(_old: Problem, _new: Problem, before: Iterable[Any], after: Iterable[Any]) -> set[str]:
    """Fields whose rows say the mineral."""
    found = {row.mineral for row in set(before) ^ set(after)}
    if "*" in found:
        raise TouchesAllError("a share of all money counts for every mineral")
    return found


def _by_name(_old: Problem, _new: Problem, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """Fields whose values say the mineral."""
    return {of[k].mineral for k in _changed(before, after) for of in (before, after) if k in of}


def _prior(old: Problem, new: Problem, before: Mapping[Any, Any], after: Mapping[Any, Any]) -> set[str]:
    if bool(before) != bool(after):
        raise TouchesAllError("a prior plan comes or goes")
    names = {offer for offer, _week in _changed(before, after)}
    return _offered(old, new, lambda o: o.name in names)


def _houses(old: Problem, new: Problem, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    names = _changed(before, after)
    return _offered(old, new, lambda o: o.house in names)


def _origins(old: Problem, new: Problem, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    names = _changed(before, after)
    return _offered(old, new, lambda o: o.origin in names)


def _duties(old: Problem, new: Problem, before: Mapping[Any, Any], after: Mapping[Any, Any]) -> set[str]:
    keys = _changed(before, after)
    found: set[str] = set()
    for problem in (old, new):
        for offer in problem.offers.values():
            places = (offer.origin, problem.group_of(offer))
            if any(place in places and mineral in ("*", offer.mineral) for place, mineral in keys):
                found.add(offer.mineral)
    return found


def _entitlements(
    old: Problem, new: Problem, before: Mapping[Any, Any] | None, after: Mapping[Any, Any] | None
) -> set[str]:
    """Minerals of rows that differ; all that members draw where the table comes or goes."""
    if before is None or after is None:
        return {j.mineral for of in (old, new) for j in of.withdrawals.values() if j.member is not None}
    return {mineral for _member, mineral in _changed(before, after)}


def _members(old: Problem, new: Problem, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """What those draw whose priority is another; the rest of a member is in no plan."""
    differ = [m for m in _changed(before, after) if _priority(before, m) != _priority(after, m)]
    return {j.mineral for of in (old, new) for j in of.withdrawals.values() if j.member in differ}


def _conversions(_old: Problem, _new: Problem, before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    changed = [of[name] for name in _changed(before, after) for of in (before, after) if name in of]
    return {mineral for conversion in changed for mineral in (conversion.source, conversion.into)}


def _substitutes(_old: Problem, _new: Problem, before: Mapping[Any, Any], after: Mapping[Any, Any]) -> set[str]:
    return {mineral for pair in _changed(before, after) for mineral in pair}


def _priority(members: Mapping[str, Any], name: str) -> int:
    return members[name].priority if name in members else USUAL_PRIORITY


def _sites(_old: Problem, _new: Problem, before: Mapping[str, Site], after: Mapping[str, Site]) -> set[str]:
    for name in sorted(_changed(before, after)):
        if name not in before or name not in after or not _limits_moved(before[name], after[name]):
            raise TouchesAllError(f"the store {name} counts for every mineral")
    return set()


def _limits_moved(before: Site, after: Site) -> bool:
    """Whether nothing but limits that were there, and still are, has another value."""
    differ = {f.name for f in fields(Site) if getattr(before, f.name) != getattr(after, f.name)}
    return differ <= set(SITE_LIMIT_COLUMNS) and not any(
        None in (getattr(before, f), getattr(after, f)) for f in differ
    )


def _offered(old: Problem, new: Problem, wanted: Any) -> set[str]:
    offers: Iterable[Offer] = (*old.offers.values(), *new.offers.values())
    return {o.mineral for o in offers if wanted(o)}


_WAYS: dict[str, Any] = {
    "minerals": _by_key(None),
    "benchmark": _by_key(0),
    "stock": _by_key(0),
    "offers": _by_name,
    "withdrawals": _by_name,
    "stock_by_age": _by_key(0),
    "bids": _by_name,
    "conversions": _conversions,
    "substitutes": _substitutes,
    "floors": _by_row,
    "shares": _by_row,
    "inbound": _by_row,
    "targets": _by_row,
    "owed": _by_row,
    "entitlements": _entitlements,
    "members": _members,
    "houses": _houses,
    "origins": _origins,
    "duties": _duties,
    "sites": _sites,
    "prior": _prior,
}
