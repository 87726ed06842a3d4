"""Whatever a future brings, takes away or changes, the hedged plan holds, opens again and hedges what it can."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import orebook
from orebook.errors import InfeasibleError, InputError
from orebook.hedge_verdict import verify_hedge
from tests.hedge.cases import later_news

NEWS = (
    "sites+=site:third,rent_usd_per_m3_week:1",
    "store_lost(site=shed)",
    "sites.shed.capacity_m3=1",
    "funding+=source:more,rate_pct:1",
    "funding.loan=none",
    "withdrawals+=withdrawal:v,mineral:tin,week:4,tonnes:3,pays_usd_per_t:500",
    "withdrawals.w=none",
    "withdrawals.w.tonnes=9",
    "inbound+=mineral:tin,week:4,tonnes:3,site:shed",
    "minerals+=mineral:gold,daily_use_t:0.1,price_usd_per_t:50",
    "shares+=mineral:tin,by:origin,name:china,max_share:0.5",
    "targets+=mineral:tin,week:3,days:12",
    "offers.a=none",
    "houses.east=none",
    "houses.west.engage_fee_usd=500",
    "instance.budget_usd=900",
    "instance.max_houses=1",
    "minerals.tin.min_houses=2",
    "minerals.tin.max_days=9",
    "minerals.tin.budget_usd=700",
    "minerals.tin.price_usd_per_t=*3",
)
"""A change each, of a future with 40 % of the probability."""

WEEK_OF = {
    "withdrawals+=withdrawal:v,mineral:tin,week:4,tonnes:3,pays_usd_per_t:500": 4,
    "withdrawals.w=none": 2,
    "withdrawals.w.tonnes=9": 2,
    "inbound+=mineral:tin,week:4,tonnes:3,site:shed": 4,
    "targets+=mineral:tin,week:3,days:12": 3,
}
"""The week of those that name one row of a week: what is past when they are known cannot be changed."""


@pytest.mark.slow
@pytest.mark.parametrize("known", [2, 3, 5])
@pytest.mark.parametrize("change", NEWS)
def test_every_kind_of_news_is_hedged(change: str, known: int, tmp_path: Path) -> None:
    """Proven; every future's plan is judged without a breach; the folder that is saved gives the same again.

    What is settled by the time it is known is refused.
    """
    base = later_news()
    still, new = base.futures[:2]
    futures = (
        replace(still, probability=0.6),
        replace(new, name="new", probability=0.4, known_week=known, changes=(change,)),
    )
    problem = replace(base, futures=futures)
    if WEEK_OF.get(change, known) < known:
        with pytest.raises(InputError, match=f"before week {known}, in which the future is known"):
            orebook.hedge(problem, audit=False)
        return
    hedged = orebook.hedge(problem, tail_weight=0.3, gap=0.0, audit=False)
    assert hedged.status == "optimal"
    documents = {name: plan.document for name, plan in hedged.plans.items()}
    verdict = verify_hedge(problem, hedged.document, documents, hedged.model)
    assert verdict.ok, (verdict.differences, verdict.apart, [v.breaches for v in verdict.futures.values()])
    hedged.save(tmp_path / "plan")
    again = orebook.open_hedge(tmp_path / "plan")
    assert again.document == hedged.document
    assert {name: plan.document for name, plan in again.plans.items()} == documents


def test_a_future_without_a_plan_is_named() -> None:
    """20 t are committed in `new`, of which 16 can be had: it has no plan even alone."""
    base = later_news()
    new = replace(base.futures[1], name="new", changes=("offers.a.commit_t=20",))
    with pytest.raises(InfeasibleError, match=r"In the future new, even alone: .*20 t are committed from offer a"):
        orebook.hedge(replace(base, futures=(base.futures[0], new)), audit=False)
