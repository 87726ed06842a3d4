"""The futures that make the worst part, what is short in them, and the one ticket of now that would help them most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orebook.exact import ZERO, Fraction, exact
from orebook.explanations.hedging.choices import SAME_T
from orebook.explanations.hedging.joint_questions import JointAnswer, JointQuestions
from orebook.explanations.questions.shortage import LEAST_DAYS, UNSETTLED
from orebook.risk_measure import RiskMeasure
from orebook.schema.facts import About, Fact, Figures
from orebook.schema.hedge import FutureResult
from orebook.schema.stages import FIGURE_OF, STAGES, TIE_BREAKING, StageName
from orebook.solver.hedge.conditional_solve import Condition, Place

ALMOST_ALL = 0.999
"""The weight of the worst part where only that counts, and of equals the mean."""
LEAST_T = Fraction(1, 1000)
"""Tonnes not served that are not worth a word."""
MOST_GROWN = 8
"""Tickets of now that are asked whether more of them helps, the dearest first."""
HELP = "help"


def tail(asked: JointQuestions) -> Iterator[Fact]:
    """A fact a future of the worst part, the worst first; then one on the ticket that helps most, against `help`.

    By the leading stage. The figures of the last that are named after it are what the ticket adds to the mean of the worst
    part, those after `mean_` to the mean of all: of the plans found, without proof that there are no better ones.
    """
    document = asked.hedged.document
    main = [s.stage for s in document.stages if s.stage not in TIE_BREAKING]
    if len(document.futures) < 2 or not main:
        return
    stage = document.worth.stage if document.worth else main[0]
    worst = asked.risk.tail
    left = exact(worst)
    for future in sorted(document.futures, key=lambda f: (-f.measures.get(stage, 0.0), f.future)):
        part = min(left, exact(future.probability))
        if part > 0:
            yield _future(asked, stage, future, float(part / exact(worst)))
        left -= part
    yield from _help(asked, stage)


def _future(asked: JointQuestions, stage: StageName, future: FutureResult, part: float) -> Fact:
    """What it comes to, and by mineral what is short and lost in it."""
    unit = STAGES[stage].figure_unit
    figures: Figures = {"probability_pct": 100 * future.probability, "part_pct": 100 * part}
    figures[f"reached_{unit}"] = future.measures.get(stage, 0.0)
    if stage in future.alone:
        figures[f"had_one_known_{unit}"] = future.alone[stage][1]
    plan = asked.hedged.plans[future.future]
    short: dict[str, float] = {}
    for cover in plan.document.cover:
        short[cover.mineral] = max(short.get(cover.mineral, 0.0), cover.short_days)
    figures |= {f"short_days.{mineral}": days for mineral, days in short.items() if days >= LEAST_DAYS}
    for name, tonnes in plan.judgement.unmet.items():
        if tonnes >= LEAST_T:
            figures[f"short_t.{name}"] = float(tonnes)
    for goods, rows in (("lost", future.lost), ("late", future.late)):
        if rows:
            figures |= {f"{goods}_tickets": len(rows), f"{goods}_t": sum(g.tonnes for g in rows)}
    return Fact(kind="tail", about=About(future=future.future), figures=figures, method="arithmetic")


@dataclass(frozen=True)
class _Helped:
    """A ticket that is added or grown, and what then comes of the futures."""

    place: Place
    more: Fraction
    answer: JointAnswer


def _help(asked: JointQuestions, stage: StageName) -> Iterator[Fact]:
    """One more ticket of now, or more of one, with all others as they are: the one that lowers the worst part most."""
    risk = RiskMeasure(asked.risk.tail, ALMOST_ALL)
    held = asked.solve(Condition(held=asked.orders), risk=risk)
    if isinstance(held, str):
        yield Fact(kind="tail", about=About(against=HELP), figures={UNSETTLED: 1}, method="solve")
        return
    tried = _tried(asked)
    found, open_ = list[_Helped](), 0
    for condition in tried:
        answer = asked.solve(condition, risk=risk)
        if isinstance(answer, str):
            open_ += answer == "cut"
        else:
            found += [_Helped(place, more, answer) for place, more in _more(asked, answer)]
    unsettled: Figures = {UNSETTLED: open_} if open_ else {}
    before = _worst(asked, stage, held)
    best = min(found, key=lambda h: _worst(asked, stage, h.answer), default=None)
    if best is None or before - _worst(asked, stage, best.answer) < exact(STAGES[stage].least_told):
        yield Fact(kind="tail", about=About(against=HELP), figures={"tried": len(tried), **unsettled}, method="solve")
        return
    figure, offer = FIGURE_OF[stage], asked.hedged.problem.offers[best.place[0]]
    figures: Figures = {
        "tonnes": float(best.more),
        "worst_" + STAGES[stage].figure_unit: float(before),
        figure: float(_worst(asked, stage, best.answer) - before),
        f"mean_{figure}": float(_mean(asked, stage, best.answer) - _mean(asked, stage, held)),
        **unsettled,
    }
    about = About(
        mineral=offer.mineral,
        offer=offer.name,
        house=offer.house,
        origin=offer.origin,
        week=best.place[1],
        against=HELP,
    )
    yield Fact(kind="tail", about=about, figures=figures, method="solve")


def _tried(asked: JointQuestions) -> list[Condition]:
    """One ticket more; and of the dearest tickets each, as much as may be."""
    grown = sorted(asked.hedged.now, key=lambda t: (-t.order_cash_usd, t.week, t.offer))[:MOST_GROWN]
    places = [(t.offer, t.week) for t in grown]
    more = [Condition(held=asked.orders, one_more=True)] if asked.open - asked.orders.keys() else []
    return [
        *more,
        *(
            Condition(
                held=asked.orders,
                free=frozenset({place}),
                least=((frozenset({place}), float(asked.orders[place].tonnes)),),
            )
            for place in places
        ),
    ]


def _more(asked: JointQuestions, answer: JointAnswer) -> Iterator[tuple[Place, Fraction]]:
    """Where an answer orders more than the plan, and how much more."""
    for order in answer.orders:
        place = (order.offer, order.week)
        had = asked.orders[place].tonnes if place in asked.orders else ZERO
        if order.tonnes - had > SAME_T:
            yield place, order.tonnes - had


def _worst(asked: JointQuestions, stage: StageName, answer: JointAnswer) -> Fraction:
    return asked.risk.worst(asked.probabilities, answer.measures[stage])


def _mean(asked: JointQuestions, stage: StageName, answer: JointAnswer) -> Fraction:
    return sum((p * m for p, m in zip(asked.probabilities, answer.measures[stage], strict=True)), ZERO)
