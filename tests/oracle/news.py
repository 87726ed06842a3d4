"""Changes drawn for a document, the week in which they are known, and what becomes of goods under way."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from orebook.errors import InputError
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.tables import InTransit
from tests.oracle.compare import Answer, answer
from tests.oracle.draws import batch
from tests.oracle.models import MODELS


def news_of(problem: Problem, rng: Random) -> tuple[str, ...]:
    """One or two changes of the sorts that events bring, after which goods still move in whole tonnes."""
    changes = [*_of_offers(problem, rng), *_of_places(problem, rng), *_of_the_reserve(problem, rng)]
    return tuple(rng.choice(changes) for _ in range(rng.randint(1, 2)))


def _of_offers(problem: Problem, rng: Random) -> Iterator[str]:
    for name, offer in problem.offers.items():
        yield f"offers.{name}.max_week_t={rng.choice([1, 2, 3])}"
        yield f"offer_out(offer={name},week={rng.randint(1, problem.weeks)})"
        yield f"offers.{name}.order_fee_usd=7"
        yield f"offers.{name}.pay_on_order_pct={rng.choice([0, 30, 100])}"
        yield f"offers.{name}.lead_weeks={rng.choice([0, 1])}"
        yield f"offers.{name}.max_t={rng.choice([1, 3])}"
        yield f"offers.{name}.commit_t=1"
        if offer.price_usd_per_t is not None:
            yield f"offers.{name}.price_usd_per_t=+20%"
    for house in problem.houses:
        yield f"house_out(house={house},week={rng.randint(1, problem.weeks)})"
        yield f"houses.{house}.weekly_capacity_t=2"
        yield f"houses.{house}.capacity_t=3"
        yield f"houses.{house}.commission_pct=5"
        yield f"houses.{house}=none"


def _of_places(problem: Problem, rng: Random) -> Iterator[str]:
    for origin in sorted({o.origin for o in problem.offers.values() if o.origin}):
        yield from (f"origin_barred(origin={origin},week={rng.randint(1, problem.weeks)})" for _ in range(3))
        yield from (f"licence_delay(origin={origin},weeks=1)" for _ in range(3))
        yield f"duty(origin={origin},pct=10)"


def _of_the_reserve(problem: Problem, rng: Random) -> Iterator[str]:
    for mineral in problem.minerals:
        yield f"minerals.{mineral}.price_usd_per_t=+30%"
        yield f"minerals.{mineral}.max_days={rng.choice([2, 5])}"
        yield f"minerals.{mineral}.criticality=2"
        yield f"minerals.{mineral}.critical_days=1"
    for site in problem.sites:
        yield f"sites.{site}.rent_usd_per_m3_week=3"
        yield f"sites.{site}.handling_usd_per_t=3"
        yield f"sites.{site}.capacity_m3=4"
    yield from (f"withdrawals.{name}.tonnes={rng.choice([1, 2])}" for name in problem.withdrawals)
    yield from (f"funding.{name}.rate_pct=50" for name in problem.sources)
    if problem.budget_usd:
        yield "instance.budget_usd=-30%"


def answered_with_news(number: int, size: int) -> Iterator[tuple[str, Answer]]:
    """What was drawn and the solver's answer, of the draws of a batch whose changes can be made."""
    for k, drawn in enumerate(batch(0, number, size)):
        rng, problem = Random(1000 * number + k), problem_of(drawn.document)
        changes, known = news_of(problem, rng), rng.randint(2, problem.weeks + 1)
        in_transit: InTransit = rng.choice(("lost", "arrive", "refund"))
        try:
            world = problem.change(*changes, known=known, in_transit=in_transit)
        except InputError:
            continue
        yield f"{changes} known in week {known}, {in_transit}: {drawn.replay()}", answer(world, MODELS[drawn.model])
