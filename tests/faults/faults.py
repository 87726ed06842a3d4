"""The faults, by the part of the formulation that they are planted in."""

from __future__ import annotations

from tests.faults.plant import Fault
from tests.faults.problems import HARTREE, TRAXYS, chile, floor, in_store, one, tiers, two, wanted

LOAN = {"source": "loan", "rate_pct": 52}
DUTIES = [{"origin": "chile", "mineral": "tin", "duty_pct": 5}, {"origin": "south", "mineral": "tin", "duty_pct": 50}]

PRICES = [
    Fault(
        "commission on the price below the floor",
        "prices:PriceBook._price",
        "commission_pct / 100 * paid",
        "commission_pct / 100 * price",
        lambda: one(houses=[{**TRAXYS, "commission_pct": 10}], floors=floor("minimum")),
    ),
    Fault(
        "a top-up that nobody pays",
        "prices:_top_up",
        "max(0.0, floor.floor_usd_per_t - price)",
        "0.0",
        lambda: one(floors=floor("cfd")),
    ),
    Fault(
        "a top-up that another pays, paid twice",
        "prices:_top_up",
        'floor.payer == "other"',
        "False",
        lambda: two(
            {"origin": "chile", "premium_usd_per_t": -10},
            origins=chile(),
            floors=floor("cfd", payer="other", origin="chile"),
        ),
    ),
    Fault(
        "what is above a floor left to the producer",
        "prices:_top_up",
        "floor.upside_pct / 100",
        "0.0",
        lambda: two(
            {"origin": "chile", "premium_usd_per_t": 5},
            origins=chile(),
            floors=floor("cfd", 80, upside_pct=50, origin="chile"),
        ),
    ),
    Fault(
        "a levy that nobody pays",
        "prices:PriceBook._price",
        "max(0.0, floor.floor_usd_per_t - price)",
        "0.0",
        lambda: one(floors=floor("levy")),
    ),
    Fault(
        "of equal floors the one of every origin",
        "prices:_floor",
        ", own, floor.origin is not None",
        "",
        lambda: one(
            {"origin": "chile"}, origins=chile(), floors=floor("cfd", payer="other") + floor("cfd", origin="chile")
        ),
    ),
    Fault(
        "a rejected price that may be used",
        "prices:PriceBook._price",
        ">= exact(floor.floor_usd_per_t)",
        ">= 0",
        lambda: one(floors=floor("reject")),
    ),
    Fault(
        "duty of the group before that of the origin",
        "prices:_duty_pct",
        "(offer.origin, problem.group_of(offer))",
        "(problem.group_of(offer), offer.origin)",
        lambda: two({"origin": "chile", "premium_usd_per_t": -10}, origins=chile(), duties=DUTIES),
    ),
    Fault(
        "freight forgotten",
        "prices:Landed.total",
        " + self.freight",
        "",
        lambda: one({"freight_usd_per_t": 3}),
    ),
    Fault(
        "order fee forgotten",
        "orders:Orders.paid",
        "if with_fee and fee > 0",
        "if with_fee and fee < 0",
        lambda: one({"order_fee_usd": 7}),
    ),
]
ORDERS = [
    Fault(
        "lead time ignored",
        "slots:_slot",
        "arrives = problem.arrives(offer, week)",
        "arrives = week",
        lambda: one({"lead_weeks": 1}, targets=[{"mineral": "tin", "week": 1, "days": 5}]),
    ),
    Fault(
        "the end of a tier off by a lot",
        "slots:_piece",
        "lots(low, high, offer.lot_t)",
        "lots(low, high - offer.lot_t, offer.lot_t)",
        lambda: one({"to_week": 1}, tiers=tiers((0, 0))),
    ),
    Fault(
        "goods that arrive in the week they are barred",
        "slots:_ineligible",
        "arrives >= origin.barred_from_week",
        "arrives > origin.barred_from_week",
        lambda: one({"origin": "chile", "lead_weeks": 1}, origins=chile(barred_from_week=2)),
    ),
    Fault(
        "a tier reached before the one below it is full",
        "order_rows:_fillings",
        "-before.high * reached",
        "-0.0 * reached",
        lambda: one({"discount": "incremental"}, tiers=tiers((0, 0), (5, 50))),
    ),
    Fault(
        "frozen tickets that may be dropped",
        "rules.frozen:add",
        "if s.frozen_t is not None",
        "if s.frozen_t == -1",
        lambda: one(
            {"lot_t": 5}, {"frozen_weeks": 1, "target_days": 0}, prior=[{"offer": "a", "week": 1, "tonnes": 5}]
        ),
    ),
]
MONEY = [
    Fault(
        "everything paid on order",
        "costs:add",
        "slot.offer.pay_on_order_pct / 100",
        "1.0",
        lambda: one(
            {"pay_on_order_pct": 0, "lead_weeks": 1}, releases=[{"week": 1, "usd": 0}, {"week": 2, "usd": 1000}]
        ),
    ),
    Fault(
        "releases not added up",
        "rules.budget:add",
        "for v, u in released.items() if v <= w",
        "for v, u in released.items() if v == w",
        lambda: one({"lot_t": 10}, releases=[{"week": 1, "usd": 500}, {"week": 2, "usd": 500}]),
    ),
    Fault(
        "interest a week short",
        "costs:_interest",
        "for v in weeks if v >= w",
        "for v in weeks if v > w",
        lambda: one(funding=[LOAN]),
    ),
    Fault(
        "rent by the tonne and not by the m3",
        "costs:_rent",
        "then.minerals[i].m3_per_t * then.sites[s].rent_usd_per_m3_week",
        "then.sites[s].rent_usd_per_m3_week",
        lambda: one(mineral={"m3_per_t": 2}, sites=[{"site": "store", "rent_usd_per_m3_week": 3}]),
    ),
    Fault(
        "a fee to engage a house that is engaged",
        "costs:_engage_fees",
        "if not h.engaged and h.engage_fee_usd > 0",
        "if h.engage_fee_usd > 0",
        lambda: two(
            {"premium_usd_per_t": 1},
            {"max_houses": 1},
            houses=[{**TRAXYS, "engage_fee_usd": 50, "engaged": "yes"}, HARTREE],
        ),
    ),
    Fault(
        "a loan's limit without what is drawn already",
        "rules.funding:_balances",
        "f.limit_usd - f.drawn_usd for f",
        "f.limit_usd for f",
        lambda: one({"lot_t": 1, "max_week_t": 6}, funding=[{**LOAN, "limit_usd": 600, "drawn_usd": 100}]),
    ),
]
GOODS = [
    Fault(
        "withdrawals that leave the stock as it was",
        "flow:add",
        ", *leaving.get((i, s, w), [])]",
        "]",
        lambda: one(stock=in_store(5), withdrawals=wanted(1, 5)),
    ),
    Fault(
        "a store's limit on top of what lies in it",
        "rules.storage:add",
        "max(site(s, w).capacity_m3 or 0.0, held)",
        "(site(s, w).capacity_m3 or 0.0) + held",
        lambda: one(
            {"lot_t": 2}, mineral={"m3_per_t": 1}, sites=[{"site": "store", "capacity_m3": 8}], stock=in_store(3)
        ),
    ),
    Fault(
        "a ceiling on top of what is there",
        "rules.ceiling:add",
        "max(mineral.max_days * mineral.use_t_per_day, level)",
        "mineral.max_days * mineral.use_t_per_day + level",
        lambda: one({"lot_t": 2}, mineral={"max_days": 8}, stock=in_store(3)),
    ),
    Fault(
        "a day less than must be there",
        "rules.must:add",
        "t.must_days * problem",
        "(t.must_days - 1) * problem",
        lambda: one({"lot_t": 1}, mineral={"must_days": 6}),
        "thrift",
    ),
]
SUPPLY = [
    Fault(
        "a commitment that binds nobody",
        "rules.commit:add",
        "(problem.offers[o].commit_t, ",
        "(0.0, ",
        lambda: one({"commit_t": 5}, {"target_days": 0}),
    ),
    Fault(
        "a house too many",
        "rules.houses:add",
        "<= max(problem.max_houses, engaged))",
        "<= problem.max_houses + 1)",
        lambda: two({}, {"max_houses": 1, "target_days": 40}),
    ),
    Fault(
        "a largest share taken for a least one",
        "rules.shares:add",
        "body(most[k]) <= most[k].hair",
        "body(most[k]) >= most[k].hair",
        lambda: two({}, shares=[{"mineral": "tin", "by": "house", "name": "hartree", "max_share": 0.4}]),
    ),
    Fault(
        "the whole market",
        "rules.market:add",
        "(then.max_market_share or 0.0) * ",
        "1.0 * ",
        lambda: one(head={"max_market_share": 0.5, "target_days": 20}, mineral={"market_t_per_week": 10}),
    ),
    Fault(
        "a mineral split over a house less",
        "rules.split:add",
        "least[i] * m.bought[i]",
        "(least[i] - 1) * m.bought[i]",
        lambda: two({}, mineral={"min_houses": 2}),
    ),
]
STAGES = [
    Fault(
        "critical days that weigh nothing",
        "stages.cover:measure",
        "model.weights.critical_weight",
        "0.0",
        lambda: one({"max_week_t": 5, "to_week": 1}),
    ),
    Fault(
        "a target in tonnes taken for a share",
        "stages.fair:measure",
        "target[i, w] * m.worst",
        "1.0 * m.worst",
        lambda: one({"max_week_t": 5, "to_week": 1}),
    ),
    Fault(
        "withdrawals that count as shortage",
        "stages.value:measure",
        "weights.unmet_weight * per_tonne",
        "1.0 * per_tonne",
        lambda: one({"max_week_t": 5, "to_week": 1}, withdrawals=wanted(1, 7)),
        "value",
    ),
    Fault(
        "new orders that are no changes",
        "stages.changes:measure",
        "if s.key not in prior for y",
        "if s.key is None for y",
        lambda: one({"to_week": 1}, prior=[{"offer": "a", "week": 2, "tonnes": 10}]),
        "weekly",
    ),
]
FAULTS = [*PRICES, *ORDERS, *MONEY, *GOODS, *SUPPLY, *STAGES]
