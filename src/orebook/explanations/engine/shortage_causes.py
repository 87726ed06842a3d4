"""What can keep a mineral short: each cause with the changes that take it away, for this mineral, and nothing else away.

A cause that the instance does not have (no such limit, nothing barred) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from orebook.problem import Offer, Problem
from orebook.schema.model import Model

Changes = tuple[str, ...]


def causes_of(problem: Problem, model: Model, mineral: str) -> Mapping[str, Changes]:
    """cause -> changes, in the order in which they are looked at."""
    offers = [o for o in problem.offers.values() if o.mineral == mineral]
    found = {name: tuple(dict.fromkeys(take(problem, model, mineral, offers))) for name, take in _TAKE.items()}
    return {name: changes for name, changes in found.items() if changes}


Take = Callable[[Problem, Model, str, list[Offer]], Iterator[str]]


def _budget(problem: Problem, model: Model, mineral: str, _offers: list[Offer]) -> Iterator[str]:
    if model.on("budget") and problem.budget_usd is not None:
        yield "instance.budget_usd=none"
    if model.on("budget") and problem.minerals[mineral].budget_usd is not None:
        yield f"minerals.{mineral}.budget_usd=none"
    for s in problem.sources.values() if model.on("funding") else ():
        if s.limit_usd is not None:
            yield from [f"funding.{s.name}.undrawn_pct=0"] if s.undrawn_pct else []  # a fee on the rest of no limit
            yield f"funding.{s.name}.limit_usd=none"


def _releases(problem: Problem, model: Model, _mineral: str, _offers: list[Offer]) -> Iterator[str]:
    """All that is released over the plan is free from week 1, and so is every source."""
    later = {w: usd for w, usd in (problem.released or {}).items() if w > 1 and usd > 0}
    if model.on("budget") and problem.released is not None and later:
        total = sum(problem.released.values())
        yield f"releases.1.usd={total:.12g}" if 1 in problem.released else f"releases+=week:1,usd:{total:.12g}"
    if model.on("funding"):
        for source in problem.sources.values():
            if source.from_week > 1:
                yield f"funding.{source.name}.from_week=1"
            if source.to_week is not None and source.to_week < problem.weeks:
                yield f"funding.{source.name}.to_week=none"
            if source.max_share is not None and source.max_share < 1:
                yield f"funding.{source.name}.max_share=none"


def _store(problem: Problem, model: Model, mineral: str, _offers: list[Offer]) -> Iterator[str]:
    kind = problem.minerals[mineral].storage_class
    for site in problem.sites.values() if model.on("storage") else ():
        for column in ("capacity_m3", "inbound_t_per_week", "max_value_usd"):
            if getattr(site, column) is not None:
                yield f"sites.{site.name}.{column}=none"
        if site.accepts is not None and kind not in site.accepts:
            yield f"sites.{site.name}.accepts=none"


def _lead(problem: Problem, model: Model, _mineral: str, offers: list[Offer]) -> Iterator[str]:
    for offer in offers if model.on("offers") else ():
        if offer.lead_weeks > 0:
            yield f"offers.{offer.name}.lead_weeks=0"
        origin = problem.origins.get(offer.origin or "")
        if origin is not None and origin.extra_lead_weeks > 0:
            yield f"origins.{origin.name}.extra_lead_weeks=0"


def _window(problem: Problem, model: Model, _mineral: str, offers: list[Offer]) -> Iterator[str]:
    for offer in offers if model.on("offers") else ():
        if offer.from_week > 1:
            yield f"offers.{offer.name}.from_week=1"
        if offer.to_week < problem.weeks:
            yield f"offers.{offer.name}.to_week=none"


def _house(problem: Problem, model: Model, _mineral: str, offers: list[Offer]) -> Iterator[str]:
    if not model.on("houses"):
        return
    if problem.max_houses is not None:
        yield "instance.max_houses=none"
    for name in sorted({o.house for o in offers}):
        for column in ("weekly_capacity_t", "capacity_t", "max_spend_usd"):
            if getattr(problem.houses[name], column) is not None:
                yield f"houses.{name}.{column}=none"


def _quantity(_problem: Problem, model: Model, _mineral: str, offers: list[Offer]) -> Iterator[str]:
    for offer in offers if model.on("offers") else ():
        for column in ("max_week_t", "max_t"):
            if getattr(offer, column) is not None:
                yield f"offers.{offer.name}.{column}=none"


def _lot(_problem: Problem, model: Model, _mineral: str, offers: list[Offer]) -> Iterator[str]:
    for offer in offers:
        if offer.lot_t is not None:
            yield f"offers.{offer.name}.lot_t=none"
        if offer.min_order_t > 0 and model.on("offers"):
            yield f"offers.{offer.name}.min_order_t=0"


def _share(problem: Problem, model: Model, mineral: str, _offers: list[Offer]) -> Iterator[str]:
    """The mineral's own rows, then those of `*` (which take equal rows of other minerals with them)."""
    for of in (mineral, "*") if model.on("shares") else ():
        yield from (f"shares.{of}/{s.by}/{s.name}=none" for s in problem.shares if s.mineral == of)


def _split(problem: Problem, model: Model, mineral: str, _offers: list[Offer]) -> Iterator[str]:
    for column in ("min_houses", "max_houses"):
        if model.on("split") and getattr(problem.minerals[mineral], column) is not None:
            yield f"minerals.{mineral}.{column}=none"


def _floor(problem: Problem, _model: Model, mineral: str, _offers: list[Offer]) -> Iterator[str]:
    """Those that cost the reserve something: nothing is won by a floor less that another pays."""
    floors = [floor for floor in problem.floors if floor.mineral == mineral]
    if any(floor.payer == "reserve" for floor in floors):
        yield from (f"floors.{mineral}/{floor.origin or ''}=none" for floor in floors)


def _bar(problem: Problem, model: Model, _mineral: str, offers: list[Offer]) -> Iterator[str]:
    names = {o.origin for o in offers if o.origin is not None}
    for name in sorted(names & set(problem.origins)) if model.on("eligibility") else ():
        origin = problem.origins[name]
        if origin.barred:
            yield f"origins.{name}.barred=no"
        if origin.barred_from_week is not None:
            yield f"origins.{name}.barred_from_week=none"


def _licence(problem: Problem, model: Model, _mineral: str, offers: list[Offer]) -> Iterator[str]:
    most = problem.max_restricted_content_pct
    for offer in offers if model.on("eligibility") and most is not None else ():
        if offer.restricted_content_pct > (most or 0.0) and not offer.licensed:
            yield f"offers.{offer.name}.licensed=yes"


def _score(problem: Problem, model: Model, _mineral: str, offers: list[Offer]) -> Iterator[str]:
    least = problem.min_esg_score
    for offer in offers if model.on("eligibility") and least is not None else ():
        if offer.esg_score is not None and offer.esg_score < (least or 0.0):
            yield f"offers.{offer.name}.esg_score=none"


def _market(problem: Problem, model: Model, mineral: str, _offers: list[Offer]) -> Iterator[str]:
    capped = problem.max_market_share is not None and problem.minerals[mineral].market_t_per_week is not None
    if model.on("market") and capped:
        yield f"minerals.{mineral}.market_t_per_week=none"


def _ceiling(problem: Problem, model: Model, mineral: str, _offers: list[Offer]) -> Iterator[str]:
    if model.on("ceiling") and problem.minerals[mineral].max_days is not None:
        yield f"minerals.{mineral}.max_days=none"


def _frozen(problem: Problem, model: Model, _mineral: str, _offers: list[Offer]) -> Iterator[str]:
    if model.on("frozen") and problem.prior and problem.frozen_weeks > 0:
        yield "instance.frozen_weeks=0"


_TAKE: dict[str, Take] = {
    "budget": _budget,
    "releases": _releases,
    "store": _store,
    "lead time": _lead,
    "offer window": _window,
    "house limit": _house,
    "offer limit": _quantity,
    "lot or minimum": _lot,
    "share": _share,
    "split": _split,
    "floor": _floor,
    "bar": _bar,
    "licence": _licence,
    "score": _score,
    "market cap": _market,
    "ceiling": _ceiling,
    "frozen weeks": _frozen,
}
