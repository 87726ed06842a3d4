"""Floors as they are agreed, as plans, tables, reports and explanations tell of them: a plan by hand.

Tin, 2 % commission, three offers under floors of 100 USD/t, 5 t of each: `near` at 120 shares 50 % of what is above, `mine` at
80 is topped up by another, `far` at 80 bears the levy of the border.
"""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.builders import make_problem
from tests.formulation.golden_tables import TRAXYS
from tests.judge.cases import WEEKLY, decide
from tests.report.books import opened, rows
from tests.report.sample import sample_plan

import orebook
from orebook.explanations.engine.ablations import removals
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.monotonicity import effect_of
from orebook.explanations.engine.shortage_causes import causes_of
from orebook.explanations.questions.rule_ledger import entries
from orebook.explanations.subproblem.order_probe import OrderProbe
from orebook.explanations.subproblem.quote import quote_of
from orebook.explanations.subproblem.rival import landed_terms
from orebook.explanations.words import worded
from orebook.judge import judge
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.report import buys, money
from orebook.report.redaction import redacted
from orebook.report.workbook import plan_workbook
from orebook.schema.document import digest
from orebook.schema.facts import About, Fact
from orebook.schema.plan import Costs, Ticket
from orebook.verdict import verify

PLACES = {"near": ("chile", 120), "mine": ("peru", 80), "far": ("japan", 80)}
ROWS = [
    {"mineral": "tin", "origin": "chile", "floor_usd_per_t": 100, "mechanism": "cfd", "upside_pct": 50},
    {"mineral": "tin", "origin": "peru", "floor_usd_per_t": 100, "mechanism": "cfd", "payer": "other"},
    {"mineral": "tin", "origin": "japan", "floor_usd_per_t": 100, "mechanism": "levy"},
]
NEW = {"levy_usd", "top_up_other_usd"}


def problem(floors: list[dict[str, object]] | None = None) -> Problem:
    """Fifteen days of tin in two weeks, and the three offers in lots of 5 t; half of the price is paid on order."""
    return make_problem(
        {"target_days": 15},
        houses=[{**TRAXYS, "commission_pct": 2}],
        offers=[
            {
                "offer": name, "house": "traxys", "mineral": "tin", "origin": origin, "price_usd_per_t": usd,
                "lot_t": 5, "max_t": 5, "lead_weeks": 1, "pay_on_order_pct": 50,
            }
            for name, (origin, usd) in PLACES.items()
        ],
        origins=[{"origin": origin} for origin, _ in PLACES.values()],
        floors=ROWS if floors is None else floors,
    )  # fmt: skip


def plan(case: Problem | None = None) -> Plan:
    """Near 5 * (120 + 2.4 - 10) = 562, mine 5 * 81.6 = 408, far 5 * (81.6 + 20) = 508; half of it in each week."""
    case = case or problem()
    decided = decide(
        [(name, 1, 5) for name in PLACES], [("tin", "store", 2, 15)], draws=[("cash", 1, 739), ("cash", 2, 739)]
    )
    judgement = judge(case, decided, WEEKLY)
    assert judgement.breaches == ()
    return Plan.assemble(case, WEEKLY, judgement, status="feasible", stages=(), given_up=(), repeatable=True)


def _written(made: Plan) -> dict[str, object]:
    content: dict[str, object] = json.loads(made.document.model_dump_json())
    return content


def test_a_plan_has_what_each_pays() -> None:
    """The levy is cash and cost, in halves like the rest; what another pays is in neither."""
    near, mine, far = (next(t for t in plan().document.tickets if t.offer == name) for name in PLACES)
    assert [(t.top_up_usd, t.levy_usd, t.top_up_other_usd, t.order_cash_usd) for t in (near, mine, far)] == [
        (-50, 0, 0, 562),
        (0, 0, 100, 408),
        (0, 100, 0, 508),
    ]
    costs = plan().costs
    assert (costs.top_up_usd, costs.levy_usd, costs.top_up_other_usd) == (-50, 100, 100)
    assert (costs.cash_usd, costs.total_usd) == (1478, 1478)
    assert [w.orders_usd for w in plan().judgement.cash] == [739, 739]


def test_the_plan_that_is_solved_for_is_the_judges() -> None:
    """Formulation and judge agree on all three floors: 1 478 USD, proven."""
    solved = orebook.solve(problem(), WEEKLY, gap=0, audit=True)
    assert solved.costs.total_usd == 1478
    stage = next(s for s in solved.document.stages if s.stage == "cost")
    assert stage.bound == pytest.approx(1478)
    assert solved.document.status == "optimal"


@pytest.mark.parametrize("name", sorted(NEW))
def test_a_figure_that_is_wrong_is_seen(name: str) -> None:
    """`verify` holds both against the tickets, in each ticket and in the costs."""
    made = plan().document
    far = {t.offer: t for t in made.tickets}["far"]
    wrong = (
        made.model_copy(update={"costs": made.costs.model_copy(update={name: 1.0})}),
        made.model_copy(
            update={"tickets": tuple(t.model_copy(update={name: 1.0}) if t == far else t for t in made.tickets)}
        ),
    )
    assert verify(problem(), made, WEEKLY).ok
    assert not any(verify(problem(), w, WEEKLY).ok for w in wrong)


def test_the_new_figures_are_read_again(tmp_path: Path) -> None:
    """A plan folder has them in plan.json, and none of them where there is nothing of them."""
    made = orebook.solve(problem(), WEEKLY, gap=0, audit=False)
    made.save(tmp_path / "plan")
    costs = json.loads((tmp_path / "plan" / "plan.json").read_text(encoding="utf-8"))["costs"]
    assert (costs["levy_usd"], costs["top_up_other_usd"]) == (100, 100)
    assert orebook.open_plan(tmp_path / "plan").costs == made.costs


def test_without_the_new_columns_all_is_as_it_was() -> None:
    """Blank or as they are by default the columns leave digest, terms and plan alone, whose files know nothing of them."""
    usual = [{"mineral": "tin", "origin": "chile", "floor_usd_per_t": 100, "mechanism": "cfd"}]
    told = [{**usual[0], "payer": "reserve", "upside_pct": 0}]
    assert problem(usual).digest == problem(told).digest == "b270263f7f6a227a"
    assert problem([{**usual[0], "payer": "other"}]).digest != problem(usual).digest
    assert problem([{**usual[0], "upside_pct": 1}]).digest != problem(usual).digest
    before, after = (orebook.solve(problem(floors), WEEKLY, gap=0, audit=False) for floors in (usual, told))
    for made in (before, after):
        written = _written(made)
        assert isinstance(written["costs"], dict)
        assert isinstance(written["tickets"], list)
        assert set(written["costs"]) == set(Costs.model_fields) - NEW - {
            "not_due_usd",
            "sale_fees_usd",
            "conversion_fees_usd",
        }
        world = {"lost", "paid_usd", "refunded_usd"}
        assert {name for t in written["tickets"] for name in t} == set(Ticket.model_fields) - NEW - world
    assert before.document.tickets == after.document.tickets
    document = orebook.read("instances/vault-small").document
    later = dict.fromkeys(("members", "entitlements", "bids", "conversions", "substitutes")) | {
        "minerals": tuple(row.model_copy(update={"shelf_weeks": None}) for row in document.minerals),
        "stock": tuple(row.model_copy(update={"age_weeks": 0}) for row in document.rows("stock")),
    }
    document = document.model_copy(update=later)
    assert digest(document) == "d9d6066f796ad981"


def test_parts_of_the_cost_are_told() -> None:
    """The levy among the parts, what another pays after the cost; a table of tickets has columns of what there is."""
    told = {row[0]: row[1] for row in money.costs(plan()).rows}
    assert told["top-up to producers under contracts for difference"] == "-50"
    assert told["levy of the border up to a reference price"] == "100"
    assert told["top-up to producers that another pays, in no cost"] == "100"
    table = buys.tickets_full(plan(), {})
    assert table.heads[-3:] == ("levy USD", "top-up by another USD", "fee USD")
    plain = buys.tickets_full(sample_plan(), {})
    assert not {"levy USD", "top-up by another USD"} & set(plain.heads)


def test_the_workbook_adds_them_up() -> None:
    """The sheet of tickets has both columns, and the summary their sums beside the judge's."""
    book = opened(plan_workbook(plan(), ()), values=True)
    tickets = {row["offer"]: row for row in rows(book["Buy plan"], "BuyPlan")}
    assert (tickets["far"]["levy USD"], tickets["mine"]["top-up by another USD"]) == (100, 100)
    summary = {row["what"]: row for row in rows(book["Summary"], "Summary")}
    for what in ("levy of the border", "top-up that another pays, in no cost"):
        assert (summary[what]["from the sheets"], summary[what]["by the judge"]) == (100, 100)


def test_a_share_of_prices_is_withheld_with_prices() -> None:
    """Neither the share nor what anybody pays is left."""
    shown, _, _ = redacted(plan(), (), (), frozenset({"prices"}))
    assert all(f.upside_pct != f.upside_pct for f in shown.problem.floors)
    assert shown.costs.levy_usd != shown.costs.levy_usd
    assert "levy USD" not in buys.tickets_full(shown, {}).heads


def test_terms_of_a_ticket_add_up() -> None:
    """Term by term a tonne of `far` is 80 + 1.6 + 20, and of `near` 120 + 2.4 - 10."""
    probe = OrderProbe(plan())
    far, near = (landed_terms(probe.orders[name, 1]) for name in ("far", "near"))
    assert (float(far["levy"]), float(sum(far.values()))) == (20, 101.6)
    assert (float(near["top_up"]), float(sum(near.values()))) == (-10, 112.4)


def test_a_lower_quote_always_helps_under_a_levy() -> None:
    """Commission falls with it, as under a difference; a minimum sets what is paid from 100 USD/t down."""
    for mechanism, floored in (("levy", False), ("cfd", False), ("minimum", True)):
        case = problem([{"mineral": "tin", "floor_usd_per_t": 100, "mechanism": mechanism}])
        quote = quote_of(OrderProbe(orebook.solve(case, WEEKLY, gap=0, audit=False)), case.offers["far"], [1])
        assert (quote.floored, quote.least) == (floored, 100 if floored else 0)


def test_what_a_floor_does_is_known_beforehand() -> None:
    """Without another's difference all costs the same, without the levy less; a share of what is above is lost."""
    counterfactuals = Counterfactuals(orebook.solve(problem(), WEEKLY, gap=0, audit=False))
    effects = {
        r.about.row: effect_of(counterfactuals, r) for r in removals(problem(), WEEKLY) if r.about.rule == "floors"
    }
    assert effects == {
        None: "other",
        "floor[tin,chile]": "other",
        "floor[tin,peru]": "nothing",
        "floor[tin,japan]": "looser",
    }
    paid = {
        e.removal.about.row: e.binding["paid_usd"] for e in entries(counterfactuals) if e.removal.about.rule == "floors"
    }
    assert paid == {None: 50, "floor[tin,chile]": -50, "floor[tin,peru]": 0, "floor[tin,japan]": 100}


def test_words_say_who_gets_what() -> None:
    """A floor by which money comes back is not paid for."""
    fact = Fact(
        kind="rule",
        about=About(rule="floors", row="floor[tin,chile]", mineral="tin"),
        figures={"paid_usd": -50.0, "cost_usd": (50.0, 50.0)},
        method="arithmetic",
    )
    assert "The price floor of tin from chile (the plan gets USD 50.00 by it)" in worded(fact).says


def test_a_floor_that_another_pays_keeps_nobody_short() -> None:
    """Causes of a shortage are the floors that cost the reserve something."""
    assert causes_of(problem(), WEEKLY, "tin")["floor"] == tuple(
        f"floors.tin/{p}=none" for p in ("chile", "japan", "peru")
    )
    assert "floor" not in causes_of(problem(ROWS[1:2]), WEEKLY, "tin")


def test_a_change_says_who_pays() -> None:
    """`floors....payer=other` takes the difference off; a share of what is above is refused with it."""
    usual = problem([{"mineral": "tin", "origin": "peru", "floor_usd_per_t": 100, "mechanism": "cfd"}])
    changed = usual.change("floors.tin/peru.payer=other", "floors.tin/peru.floor_usd_per_t=90")
    assert orebook.solve(changed, WEEKLY, gap=0, audit=False).costs.top_up_other_usd == 50
    with pytest.raises(orebook.InputError, match="another pays this one"):
        problem().change("floors.tin/chile.payer=other")
    with pytest.raises(orebook.InputError, match="the mechanism is levy"):
        problem().change("floors.tin/chile.mechanism=levy")
