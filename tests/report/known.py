"""Facts about the sample plan, one of every kind, with figures that appear nowhere else, as explanations word them."""

from __future__ import annotations

from orebook.schema.facts import About, Fact

SHORT = Fact(
    kind="shortage",
    about=About(mineral="tin", week=3),
    figures={"short_days": 3.0, "short_t": 3.0, "reached_days": 7.0, "target_days": 10.0, "offers": 1.0},
    method="arithmetic",
    says="tin has 7.0 of 10.0 days of cover at the end of week 3: 3.0 days (3 t) short.",
)
CAUSE = Fact(
    kind="shortage",
    about=About(mineral="tin", week=3, against="budget"),
    figures={"won_days": 2.5, "won_t": 2.5, "short_days": 3.0, "extra_cost_usd": 7771.0, "cover_days": (-2.9, -2.5)},
    method="solve",
    held=("gallium",),
    changes=("instance.budget_usd=none",),
    says="Without money as a limit, tin wins back 2.5 of its 3.0 days short, for USD 7,771.",
)
MEND = Fact(
    kind="mend",
    about=About(mineral="tin", week=3, against="budget"),
    figures={"won_days": 2.5, "won_t": 2.5, "extra_cost_usd": 7771.0, "budget_usd": 6663.0},
    method="solve",
    held=("gallium",),
    changes=("instance.budget_usd=+6663",),
    says="The cheapest single mend for tin is money: USD 6,663 more.",
)
THUMB = Fact(
    kind="baseline",
    about=About(against="thumb", rule="houses", row="house_spend[traxys]"),
    figures={"cover_days": (8.25, 8.25), "cost_usd": (-5551.0, -5551.0), "tickets": 4.0, "breaches": 1.0},
    method="arithmetic",
    says="A rule of thumb: 8.3 weighted days more short, USD 5,551 less cost; it breaks 1 row.",
)
RULE = Fact(
    kind="rule",
    about=About(rule="shares", row="share_max[*,house,traxys]", house="traxys"),
    figures={
        "rows": 1.0, "tight_rows": 1.0, "share": 0.5, "limit_share": 0.6, "cover_days": (-4.75, -3.25),
        "cost_usd": (-4443.0, 1.0), "won_days.tin": 3.25,
    },
    method="solve",
    changes=("shares.*/house/traxys.max_share=none",),
    says="The largest share of house traxys in all order cash: without it 3.3 to 4.8 weighted days fewer short.",
)  # fmt: skip
PRICE = Fact(
    kind="rule",
    about=About(rule="floors", row="floor[tin,chile]", mineral="tin"),
    figures={"paid_usd": 3337.0, "paying_tickets": 1.0, "cover_days": (0.0, 0.0), "cost_usd": (-2229.0, -1118.0)},
    method="solve",
    changes=("floors.tin/chile.floor_usd_per_t=98765",),
    says="The price floor of tin from chile (the plan pays USD 3,337 for it): without it USD 1,118 to USD 2,229 less cost.",
)
ROOM = Fact(
    kind="margin",
    about=About(site="vault", against="capacity_m3"),
    figures={"added_pct": 5.0, "added_m3": 0.5, "cover_days": (-1.5, -1.25), "cost_usd": (0.0, 0.0)},
    method="solve",
    changes=("sites.vault.capacity_m3=+5%",),
    says="5 % more room at vault (0.5 m3): 1.3 to 1.5 weighted days fewer short.",
)
CURVE = tuple(
    Fact(
        kind="margin",
        about=About(against="curve"),
        figures={"added_pct": percent, "budget_usd": 10_000 + 100 * percent, "cover_days": ends},
        method="solve" if percent else "arithmetic",
        changes=(f"instance.budget_usd={percent:+.0f}%",) if percent else (),
        says=f"With a budget of USD {10_000 + 100 * percent:,.0f}.",
    )
    for percent, ends in ((-10.0, (2.0, 2.0)), (0.0, (0.0, 0.0)), (10.0, (-4.0, -3.0)))
)
TICKET = Fact(
    kind="ticket",
    about=About(mineral="tin", offer="a", week=1, house="traxys"),
    figures={"tonnes": 6.0, "landed_usd_per_t": 103.5},
    method="solve",
    held=("gallium",),
    changes=("offers.a.max_week_t=0",),
    says="6 t of a in week 1 at USD 103.50/t landed.",
)
OFFER = Fact(
    kind="offer",
    about=About(mineral="gallium", offer="traxys-gallium", week=2, house="traxys"),
    figures={"weeks": 3.0, "of_weeks": 3.0},
    method="arithmetic",
    says="Nothing of traxys-gallium can be ordered in 3 of 3 weeks: its origin is barred.",
)
EXPOSED = Fact(
    kind="exposed",
    about=About(origin="japan", week=2),
    figures={
        "tickets": 1.0,
        "of_tickets": 1.0,
        "stranded_t": 3.0,
        "stranded_usd": 3000.0,
        "stranded_days.gallium": 6.0,
    },
    method="arithmetic",
    says="An unforeseen bar on exports of japan in week 2 would strand 1 of 1 ticket: 3 t of 1 mineral, USD 3,000 as ordered.",
)
FIRM = Fact(
    kind="confidence",
    about=About(mineral="tin", offer="a", week=1, house="traxys", against="interchangeable"),
    figures={"near_plans": 3.0, "in_near_plans": 1.0},
    method="solve",
    says="a in week 1 is interchangeable.",
)
CHANGED = Fact(
    kind="difference",
    about=About(mineral="tin", offer="a", week=1, house="traxys", against="minerals.tin.price_usd_per_t"),
    figures={"before_t": 0.0, "after_t": 6.0},
    method="solve",
    changes=("minerals.tin.price_usd_per_t=87654",),
    says="a: 6 t in week 1, added; forced by minerals.tin.price_usd_per_t.",
)
FACTS = (SHORT, CAUSE, MEND, THUMB, RULE, PRICE, ROOM, *CURVE, TICKET, OFFER, EXPOSED, FIRM, CHANGED)
