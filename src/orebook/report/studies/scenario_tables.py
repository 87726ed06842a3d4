"""Outcomes as tables of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from orebook import formats as f
from orebook.report.table import Column, Table
from orebook.scenarios.breakeven import Answer, TurningPoint
from orebook.scenarios.outcome import Outcome
from orebook.scenarios.risk import OrderFrequency, Risk, Spread
from orebook.schema.stages import StageName


def outcome_table(base: Outcome, outcomes: Sequence[Outcome]) -> Table:
    """A row a scenario, the base first; differences are from the base, dearer and worse with a plus."""
    columns: list[Column[Outcome]] = [
        ("scenario", "words", lambda o: o.name),
        ("status", "left", lambda o: o.status),
        ("cost, USD", "right", lambda o: _or_none(o.total_usd, f.money)),
        ("more", "right", lambda o: _apart(o.total_usd, base.total_usd, f.money)),
        ("days short", "right", lambda o: _or_none(o.measures.get("cover"), f.days)),
        ("more", "right", lambda o: _apart(o.measures.get("cover"), base.measures.get("cover"), f.days)),
        ("orders changed (forced)", "right", lambda o: _or_none(o.changed, lambda n: f"{n} ({o.forced})")),
        ("s", "right", lambda o: f.grouped(o.seconds, 1)),
    ]
    later = any(o.known for o in outcomes)
    if later:
        columns[2:2] = [("known from week", "right", _known), ("tickets lost, late", "right", _lost_late)]
    said = (
        "Changes are known from week 1." if not later else "Tickets of weeks before changes are known stand as ordered."
    )
    return Table.of("Scenarios", [base, *outcomes], columns).noted(said)


def _known(outcome: Outcome) -> str:
    return str(outcome.known or 1) if outcome.changes else ""


def _lost_late(outcome: Outcome) -> str:
    return "" if outcome.lost is None else f"{outcome.lost}, {outcome.late}"


def tornado_table(base: Outcome, outcomes: Sequence[Outcome]) -> Table:
    """A row a price, the one that moves cover most first, then cost; `outcomes` come in pairs, lower and higher.

    Money that is all spent either way shows a price in days short, not in cost.
    """
    pairs = sorted(
        zip(outcomes[::2], outcomes[1::2], strict=True), key=lambda p: (-_swing(p, "cover"), -_swing(p, "cost"))
    )
    columns: list[Column[tuple[Outcome, Outcome]]] = [("price of", "left", _price)]
    for place, direction in enumerate(("lower", "higher")):
        steps = {o.name.rpartition(" ")[2] for o in outcomes[place::2]}
        step = steps.pop() if len(steps) == 1 else direction
        columns += [
            (f"days short at {step}", "right", lambda p, k=place: _apart_of(p[k], base, "cover", f.days)),  # type: ignore[misc]
            (f"cost at {step}", "right", lambda p, k=place: _apart_of(p[k], base, "cost", f.money)),  # type: ignore[misc]
        ]
    columns.append(("orders changed", "right", lambda p: " / ".join(_or_none(o.changed, str) for o in p)))
    return Table.of("What each price moves, against the base plan", pairs, columns)


def _price(pair: tuple[Outcome, Outcome]) -> str:
    """The mineral, with its own steps where they are no other's."""
    name, _, low = pair[0].name.rpartition(" ")
    high = pair[1].name.rpartition(" ")[2]
    return name if low[1:] == high[1:] else f"{name} {low} {high}"


def risk_table(risk: Risk) -> Table:
    """The spread of cost as ordered, and of cost and of days short with foresight."""
    level = f"{100 * risk.level:g} %"
    told: list[tuple[str, Spread | None, Any]] = [
        ("as ordered: cost, USD", risk.as_ordered_usd, f.money),
        ("with foresight: cost, USD", risk.cost_usd, f.money),
        ("with foresight: weighted days short", risk.short, f.days),
    ]
    listed = [(what, spread, write) for what, spread, write in told if spread]
    columns: list[Column[tuple[str, Spread, Any]]] = [
        ("", "left", lambda r: r[0]),
        ("mean", "right", lambda r: f"{r[2](r[1].mean)} \u00b1 {r[2](r[1].error)}"),
        ("5 %", "right", lambda r: r[2](r[1].low)),
        ("median", "right", lambda r: r[2](r[1].median)),
        ("95 %", "right", lambda r: r[2](r[1].high)),
        (f"at risk, {level}", "right", lambda r: r[2](r[1].at_risk)),
        ("mean beyond", "right", lambda r: r[2](r[1].conditional)),
    ]
    without = f", {risk.without_plan} of them without a plan" if risk.without_plan else ""
    beyond = f"; as ordered {risk.beyond_money} cost more than the money there is" if risk.beyond_money else ""
    return Table.of(f"{risk.draws} draws of prices{without}{beyond}", listed, columns)


def frequency_table(risk: Risk) -> Table:
    """The orders of week 1 that foresight places, the most frequent first."""
    columns: list[Column[OrderFrequency]] = [
        ("order of week 1", "left", lambda c: c.offer),
        ("placed in", "right", lambda c: f"{100 * c.part:.0f} %"),
        ("tonnes", "right", lambda c: f.tonnes(c.least_t) if c.least_t == c.most_t else _range(c)),
        ("in the base plan", "left", lambda c: "yes" if c.in_base else "no"),
    ]
    return Table.of("Week 1 with foresight, over all draws", list(risk.week_one), columns)


def _range(order: OrderFrequency) -> str:
    return f"{f.tonnes(order.least_t)} to {f.tonnes(order.most_t)}"


def turning_table(turn: TurningPoint) -> Table:
    """The two values between which the answer turns."""
    columns: list[Column[tuple[Answer, Outcome]]] = [
        ("answer", "left", lambda p: p[0]),
        ("at", "left", lambda p: p[1].name),
        ("status", "left", lambda p: p[1].status),
        ("cost, USD", "right", lambda p: _or_none(p[1].total_usd, f.money)),
        ("days short", "right", lambda p: _or_none(p[1].measures.get("cover"), f.days)),
        ("orders changed", "right", lambda p: _or_none(p[1].changed, str)),
    ]
    return Table.of("Where the answer turns", list(turn.sides), columns)


def _swing(pair: tuple[Outcome, Outcome], stage: StageName) -> float:
    low, high = (o.measures.get(stage) for o in pair)
    return 0.0 if low is None or high is None else abs(high - low)


def _apart_of(outcome: Outcome, base: Outcome, stage: StageName, write: Any) -> str:
    if not outcome.has_plan:
        return outcome.status
    return _apart(outcome.measures.get(stage), base.measures.get(stage), write)


def _or_none(value: float | None, write: Any) -> str:
    return "" if value is None else write(value)


def _apart(value: float | None, base: float | None, write: Any) -> str:
    if value is None or base is None:
        return ""
    apart = value - base
    text = str(write(abs(apart)))
    return text if text.strip("0., ") == "" or text == "0" else ("+" if apart > 0 else "-") + text
