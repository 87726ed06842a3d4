"""What is said of hedged plans, by hand on the teaching cases: stance, turn, worth, tail, exposed; and had again by solving."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

import orebook
from orebook import HedgedPlan, HedgeExplainer
from orebook.explanations.hedging.catalogue import ask
from orebook.explanations.hedging.joint_questions import JointQuestions
from orebook.problem import Problem
from orebook.schema.facts import Fact
from orebook.schema.stages import FIGURE_OF, TIE_BREAKING
from tests.builders import make_problem
from tests.hedge.cases import hedged_fates, hedged_later_news
from tests.hedge.test_teaching import TEACHING, ban, now, usd, usd_pair


def explained(problem: Problem, **how: Any) -> HedgeExplainer:
    """Who answers questions about the hedged plan of a problem."""
    return orebook.explain(orebook.hedge(problem, gap=0.0, audit=False, **how))


@cache
def newsvendor() -> HedgeExplainer:
    """Of the teaching case: 50 t ordered at 55 USD/t, demands of 10 to 100 t."""
    return explained(orebook.read(TEACHING / "newsvendor"))


def test_the_ban_makes_todays_order_a_hedge() -> None:
    """As it stands one would wait; without it 14,950 USD instead of 10,400."""
    (fact,) = explained(ban(0.5, "arrive")).stance()
    assert (fact.about.offer, fact.about.week, fact.about.mineral) == ("china-now", 1, "tin")
    assert (fact.about.against, fact.about.future, fact.method) == ("hedge", "as-it-stands", "solve")
    assert (fact.figures["tonnes"], fact.figures["futures"], fact.figures["alone"]) == (100, 2, 1)
    assert (fact.figures["alone_t.ban"], fact.figures["alone_t.as-it-stands"], fact.figures["least_t"]) == (100, 0, 0)
    assert fact.figures["cover_days"] == usd_pair(0)
    assert fact.figures["cost_usd"] == usd_pair(4550)
    assert fact.changes == ("offers.china-now.max_week_t=0",)


@pytest.mark.parametrize("lots", [(), ("offers.china-now.lot_t=50",)], ids=["tonnes", "lots"])
def test_what_one_future_alone_would_order_now_can_wait(lots: tuple[str, ...]) -> None:
    """At 5 %: 104 USD/t now, 97 * 0.95 + 202 * 0.05 = 102.25 later."""
    (fact,) = explained(ban(0.05, "arrive").change(*lots)).stance()
    assert (fact.about.against, fact.about.offer, fact.about.future) == ("wait", "china-now", "ban")
    assert fact.figures["cost_usd"] == usd_pair(175)
    assert fact.says.endswith("ordering it now means USD 175.00 more cost. ban by itself would order it now.")


@pytest.mark.parametrize("probability", [0.05, 0.5, 0.999])
def test_where_goods_are_lost_one_waits(probability: float) -> None:
    """No future orders now; every one orders 100 t later: 104 (1 - p) + 302 p now, 97 (1 - p) + 202 p later."""
    (fact,) = explained(ban(probability, "lost")).stance()
    assert (fact.about.against, fact.about.offer, fact.about.week, fact.about.future) == ("wait", "china-now", 1, None)
    assert (fact.figures["tonnes"], fact.figures["alone"]) == (100, 0)
    assert fact.figures["cost_usd"] == usd_pair(100 * (7 * (1 - probability) + 100 * probability))


@pytest.mark.parametrize(("later", "without"), [(150, 7300), (102, 4900)])
def test_what_every_future_would_order_is_no_regret(later: int, without: int) -> None:
    """104 USD/t now; later 2 more than the price, from the ally 202: by halves. At 102 both are as good as it stands."""
    problem = ban(0.5, "arrive").change(f"offers.china-later.price_usd_per_t={later}")
    (fact,) = explained(problem).stance()
    assert fact.about.against == "no-regret"
    assert _number(fact, "alone") + _number(fact, "as_good") == 2
    assert fact.figures["cost_usd"] == usd_pair(without)


def test_a_part_of_the_newsvendors_order_stands_in_every_plan() -> None:
    """50 t: the six futures of 50 t and more would order so much, and all of them 10 t. Without it 5,500 for 4,250 USD."""
    (fact,) = newsvendor().stance()
    assert (fact.about.against, fact.about.future) == ("hedge", "demand-010")
    assert (fact.figures["alone"], fact.figures["futures"], fact.figures["least_t"]) == (6, 10, 10)
    assert fact.figures["cost_usd"] == usd_pair(1250)


@pytest.mark.parametrize("probability", [0.01, 0.05, 0.08, 0.5])
@pytest.mark.parametrize("price", [95, 100, 130])
def test_the_order_turns_where_both_cost_the_same(price: int, probability: float) -> None:
    """price + 4 = 97 (1 - p) + 202 p; at 100 USD/t that is 7/105, whichever side the instance is on."""
    at = 100 * (price + 4 - 97) / 105
    problem = ban(probability, "arrive").change(f"offers.china-now.price_usd_per_t={price}")
    turn, below, above = explained(problem).turn("ban")
    assert turn.about.against == "enters"
    assert turn.figures["at_pct"] == pytest.approx(at, abs=1e-4)
    low, high = turn.figures["turn_pct"]  # type: ignore[misc]
    assert low < at < high <= low + 0.1001
    assert turn.figures["probability_pct"] == pytest.approx(100 * probability)
    # a tenth of the order shows the side on which it is not placed, the whole of it the other
    for side, ordered, tonnes in ((below, 0, 10), (above, 1, 100)):
        p = _number(side, "probability_pct") / 100
        assert side.figures["ordered"] == ordered
        assert side.figures["cost_usd"] == usd_pair(tonnes * (price + 4 - 97 * (1 - p) - 202 * p))


def test_an_order_leaves_where_the_other_future_is_likely() -> None:
    """Of as-it-stands it is the other way round: under 98/105 today's order stands."""
    turn, below, above = explained(ban(0.5, "arrive")).turn("as-it-stands")
    assert turn.about.against == "leaves"
    assert turn.figures["at_pct"] == pytest.approx(9800 / 105, abs=1e-4)
    assert (below.figures["ordered"], above.figures["ordered"]) == (1, 0)


def test_with_the_worst_part_in_mind_it_turns_earlier() -> None:
    """Half the weight on the worst tenth: 104 = 0.5 (97 + 105 p) + 0.5 (97 + 105 * 10 p), so p = 14/1155."""
    turn, *_ = explained(ban(0.05, "arrive"), tail=0.1, tail_weight=0.5).turn("ban")
    assert turn.figures["at_pct"] == pytest.approx(1400 / 1155, abs=1e-3)


def test_where_nothing_turns_that_is_said() -> None:
    """Lost goods are never worth ordering; the newsvendor always orders something."""
    (fact,) = explained(ban(0.5, "lost")).turn()
    assert (fact.figures["turns"], fact.about.future, fact.figures["probability_pct.ban"]) == (0, "ban", 50)
    (fact,) = newsvendor().turn("demand-100")
    assert (fact.figures["turns"], fact.about.offer) == (0, "now")


def test_worth_is_that_of_the_file() -> None:
    """350 and 4,550 USD, as the case has it."""
    knowing, hedging = explained(ban(0.5, "arrive")).worth()
    assert (knowing.about.against, knowing.figures["cost_usd"]) == ("knowing", usd_pair(350))
    assert (hedging.about.against, hedging.figures["cost_usd"]) == ("hedging", usd_pair(4550))
    assert (knowing.says, hedging.says) == (
        "Knowing the future from week 1 would be worth USD 350.00.",
        "Planning for all futures is worth USD 4,550.",
    )


def test_the_worst_tenth_and_what_helps_it() -> None:
    """At 5 % of a ban: half 202, half 97 USD/t. Ordering now makes 104 of both: 4,550 USD less there, 175 more on average."""
    first, second, helps = explained(ban(0.05, "arrive")).tail()
    assert (first.about.future, first.figures["part_pct"], first.figures["reached_usd"]) == ("ban", 50, usd(20200))
    assert (second.about.future, second.figures["part_pct"]) == ("as-it-stands", 50)
    assert first.figures["had_one_known_usd"] == usd(10400)
    assert (helps.about.offer, helps.about.week, helps.figures["tonnes"]) == ("china-now", 1, 100)
    assert (helps.figures["worst_usd"], helps.figures["cost_usd"]) == (usd(14950), usd(-4550))
    assert helps.figures["mean_cost_usd"] == usd(175)


def test_more_of_a_ticket_may_help_most() -> None:
    """Another 50 t: 2,250 USD less where 100 t are wanted; on average 5,500 for 4,250."""
    worst, helps = newsvendor().tail()
    assert (worst.about.future, worst.figures["part_pct"], worst.figures["reached_usd"]) == (
        "demand-100",
        100,
        usd(7750),
    )
    assert helps.about.offer == "now"
    assert helps.figures["tonnes"] == pytest.approx(50)
    assert (helps.figures["cost_usd"], helps.figures["mean_cost_usd"]) == (usd(-2250), usd(1250))


def test_where_no_order_of_now_helps_that_is_said() -> None:
    """Goods under way are lost: both futures are as good as they can be."""
    *_, helps = explained(ban(0.5, "lost")).tail()
    assert (helps.about.against, helps.about.offer, helps.figures) == ("help", None, {"tried": 1})


def test_what_is_short_and_lost_in_the_worst_future_is_told() -> None:
    """`fates`: the bar loses 10 t, which Chile delivers in its place."""
    facts = orebook.explain(hedged_fates()).tail()
    told = {fact.about.future: fact.figures for fact in facts if fact.about.future}
    assert told["bar"]["lost_t"] == 10
    assert told["bar"]["lost_tickets"] == 1


def test_exposed_is_of_the_main_plan() -> None:
    """100 t of week 1 arrive in week 2, where a bar strands them."""
    explainer = explained(ban(0.5, "arrive"))
    (fact,) = explainer.exposed()
    assert (fact.about.origin, fact.about.week, fact.figures["stranded_t"]) == ("china", 2, 100)
    assert explainer.exposed("china") == [fact]


def _again(fact: Fact, hedged: HedgedPlan) -> HedgedPlan:
    """The hedged plan after the changes of a fact, solved from scratch; nothing is given up for fewer tickets."""
    problem = hedged.problem.change(*fact.changes)
    stages = tuple(s for s in hedged.model.stages if s.stage not in TIE_BREAKING)
    model, risk = hedged.model.model_copy(update={"stages": stages}), hedged.document.risk
    tail, weight = risk.tail, risk.tail_weight
    return orebook.hedge(problem, model, tail=tail, tail_weight=weight, gap=0.0, audit=False)


@pytest.mark.parametrize(
    "case",
    [
        hedged_fates,
        hedged_later_news,
        lambda: orebook.hedge(ban(0.5, "arrive"), gap=0.0, audit=False),
        lambda: orebook.hedge(ban(0.04, "arrive"), gap=0.0, audit=False),
    ],
    ids=["fates", "later news", "ban", "rare ban"],
)
def test_what_a_fact_says_is_had_again_by_its_changes(case: Any) -> None:
    """Doing without a ticket costs what it says; below a turn the order is placed, or not, as it says, and above it too."""
    hedged = case()
    explainer = orebook.explain(hedged)
    told = [fact for fact in (*explainer.stance(), *explainer.turn()) if fact.changes]
    assert told
    before = {s.stage: s.value for s in hedged.document.stages}
    for fact in told:
        again = _again(fact, hedged)
        if fact.kind == "turn":
            placed = [t for t in again.now if (t.offer, t.week) == (fact.about.offer, fact.about.week)]
            assert bool(placed) == bool(fact.figures["ordered"]), fact
            continue
        for stage in again.document.stages:
            if (figure := FIGURE_OF.get(stage.stage)) in fact.figures:
                assert figure is not None
                low, high = fact.figures[figure]
                assert low - 0.01 <= stage.value - before[stage.stage] <= high + 0.01, (fact, stage)


def test_a_single_future_leaves_no_regret_and_nothing_to_turn() -> None:
    """An instance without futures: its own tickets, worth nothing to know."""
    explainer = explained(make_problem())
    (fact,) = explainer.stance()
    assert (fact.about.against, fact.figures["futures"]) == ("no-regret", 1)
    assert _number(fact, "alone") + _number(fact, "as_good") == 1
    assert explainer.turn() == explainer.tail() == []
    assert [f.says for f in explainer.worth()] == [
        "Knowing the future from week 1 would be worth nothing.",
        "Planning for all futures is worth nothing.",
    ]


def test_without_time_facts_say_that_they_are_not_settled() -> None:
    """Nothing is claimed of what no solve told."""
    hedged = orebook.hedge(ban(0.5, "arrive"), gap=0.0, audit=False)
    asked = JointQuestions(hedged, seconds=0)
    stances, _ = ask(asked, ("stance",))
    assert [(f.about.against, f.about.future, "cost_usd" in f.figures) for f in stances] == [("hedge", None, False)]
    assert stances[0].figures["unsettled"]
    assert "cannot be told in the time given" in stances[0].says
    for question in (("turn",), ("tail",)):
        facts, why = ask(asked, question)
        assert why == ""
        assert facts[-1].figures["unsettled"] == 1
        assert "cannot be told in the time given" in facts[-1].says


def test_facts_of_an_opened_plan_are_those_of_the_one_that_was_saved(tmp_path: Path) -> None:
    """All of them, to the last digit that solves tell."""
    hedged = orebook.hedge(ban(0.5, "arrive"), gap=0.0, audit=False)
    hedged.save(tmp_path / "plan")
    opened, solved = orebook.explain(orebook.open_hedge(tmp_path / "plan")), orebook.explain(hedged)
    assert [str(f) for f in opened.stance()] == [str(f) for f in solved.stance()]
    assert [str(f) for f in opened.turn()] == [str(f) for f in solved.turn()]
    assert now(orebook.open_hedge(tmp_path / "plan")) == now(hedged)


@pytest.mark.parametrize(
    ("asked", "argument"),
    [
        (lambda explainer: explainer.turn("nix"), "future"),
        (lambda explainer: explainer.exposed("nix"), "origin"),
    ],
)
def test_names_that_are_not_there_are_refused(asked: Any, argument: str) -> None:
    """Before anything is solved, by the argument."""
    with pytest.raises(orebook.InputError) as error:
        asked(newsvendor())
    assert [finding.file for finding in error.value.findings] == [argument]


def test_seconds_that_are_none_are_refused() -> None:
    """As of a plan."""
    hedged = orebook.hedge(ban(0.5, "arrive"), gap=0.0, audit=False)
    with pytest.raises(orebook.InputError) as error:
        orebook.explain(hedged, seconds=-1)
    assert [finding.file for finding in error.value.findings] == ["seconds"]


def _number(fact: Fact, name: str) -> float:
    value = fact.figures[name]
    assert not isinstance(value, tuple)
    return value
