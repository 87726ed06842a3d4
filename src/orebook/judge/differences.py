"""Figures of a plan file that do not follow from its decisions.

Only what the file says is held against the judge: a field that a hand-written plan leaves out, or leaves blank, says
nothing. The margin is a cent for money, and 1e-6 of the figure or of its unit for the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from orebook.accounting.tolerance import CENT, PART
from orebook.exact import Fraction, exact
from orebook.judge.judgement import Breach, Judgement
from orebook.schema.model import Model
from orebook.schema.plan import Idle, PlanDocument, Receipt, Return, StageResult
from orebook.schema.stages import STAGES

Value = str | float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure at a place such as `tickets[3].goods_usd`: what the file says and what follows; None: nothing."""

    place: str
    said: Value
    judged: Value
    says: str


def differences(document: PlanDocument, judgement: Judgement, model: Model) -> Iterator[Difference]:
    """Every figure of the file that does not follow from its tickets, puts, outs, draws and repays."""
    yield from _tickets(document, judgement)
    yield from _outs(document, judgement)
    yield from _cover(document, judgement)
    yield from _money(document, judgement)
    yield from _members(document, judgement)
    yield from _leaving(document, judgement)
    if "costs" in document.model_fields_set:
        yield from row_differences("costs", document.costs, judgement.costs)
    if "engaged" in document.model_fields_set and set(document.engaged) != set(judgement.engaged):
        yield difference("engaged", ", ".join(document.engaged), ", ".join(judgement.engaged))
    for place, stage in enumerate(document.stages):
        yield from stage_differences(f"stages[{place}]", stage, judgement.measures, model)
    yield from _given_up(document, judgement)


def _tickets(document: PlanDocument, judgement: Judgement) -> Iterator[Difference]:
    judged = {(t.offer, t.week): t for t in judgement.tickets}
    for place, said in enumerate(document.tickets):
        if said.tonnes == 0:
            yield Difference(f"tickets[{place}].tonnes", 0.0, None, f"tickets[{place}] orders nothing; leave it out")
        elif (said.offer, said.week) in judged:
            yield from row_differences(f"tickets[{place}]", said, judged[said.offer, said.week])


def _outs(document: PlanDocument, judgement: Judgement) -> Iterator[Difference]:
    judged = {(o.withdrawal, o.site): o for o in judgement.outs}
    for place, said in enumerate(document.outs):
        if (said.withdrawal, said.site) in judged:
            yield from row_differences(f"outs[{place}]", said, judged[said.withdrawal, said.site], decided="tonnes")


def _cover(document: PlanDocument, judgement: Judgement) -> Iterator[Difference]:
    """A row a target, where the file has cover at all."""
    if "cover" not in document.model_fields_set:
        return
    judged = {(c.mineral, c.week): c for c in judgement.cover}
    for place, said in enumerate(document.cover):
        row = judged.pop((said.mineral, said.week), None)
        if row is None:
            yield difference(f"cover[{place}]", f"{said.mineral}, week {said.week}", None)
        else:
            yield from row_differences(f"cover[{place}]", said, row)
    for mineral, week in judged:
        yield difference("cover", None, f"{mineral}, week {week}")


def _money(document: PlanDocument, judgement: Judgement) -> Iterator[Difference]:
    """What comes in and what lies idle, where the file has them at all."""
    listed: tuple[tuple[str, Sequence[Receipt | Idle], Sequence[Receipt | Idle]], ...] = (
        ("receipts", document.receipts, judgement.receipts),
        ("idle", document.idle, judgement.idle),
    )
    for name, said, judged in listed:
        if name in document.model_fields_set:
            own, there = {_what(row): row.usd for row in judged}, {_what(row): row.usd for row in said}
            for what in dict.fromkeys([*there, *own]):
                if _apart(there.get(what, 0.0), own.get(what, 0.0), CENT):
                    yield difference(f"{name}[{what}]", there.get(what), own.get(what))


def _members(document: PlanDocument, judgement: Judgement) -> Iterator[Difference]:
    """What withdrawals are served and what comes back, where the file has them at all."""
    if "withdrawals" in document.model_fields_set:
        judged = {row.withdrawal: row for row in judgement.withdrawals}
        for place, said in enumerate(document.withdrawals):
            row = judged.pop(said.withdrawal, None)
            if row is None:
                yield difference(f"withdrawals[{place}]", said.withdrawal, None)
            else:
                yield from row_differences(f"withdrawals[{place}]", said, row)
        for name in judged:
            yield difference("withdrawals", None, name)
    if "returns" in document.model_fields_set:
        own, there = ({_back(r): r.tonnes for r in rows} for rows in (judgement.returns, document.returns))
        for what in dict.fromkeys([*there, *own]):
            if _apart(there.get(what, 0.0), own.get(what, 0.0), PART):
                yield difference(f"returns[{what}]", there.get(what), own.get(what))


def _leaving(document: PlanDocument, judgement: Judgement) -> Iterator[Difference]:
    """What is said of sales, conversions and what lapses, where the file has them at all."""
    sold = {(x.bid, x.site, x.week): x for x in judgement.sales}
    for place, sale in enumerate(document.sales):
        if judged := sold.get((sale.bid, sale.site, sale.week)):
            yield from row_differences(f"sales[{place}]", sale, judged, decided="tonnes")
    taken = {(x.conversion, x.site, x.week): x for x in judgement.conversions}
    for place, part in enumerate(document.conversions):
        if found := taken.get((part.conversion, part.site, part.week)):
            yield from row_differences(f"conversions[{place}]", part, found, decided="tonnes")
    if "waste" in document.model_fields_set:
        own, there = ({f"{x.mineral}, week {x.week}": x.tonnes for x in w} for w in (judgement.waste, document.waste))
        for what in dict.fromkeys([*there, *own]):
            if _apart(there.get(what, 0.0), own.get(what, 0.0), PART):
                yield difference(f"waste[{what}]", there.get(what), own.get(what))


def _back(row: Return) -> str:
    return f"{row.withdrawal or row.member}, {row.mineral}, week {row.week}"


def _what(row: Receipt | Idle) -> str:
    """A row without its amount: its week, and what the money is for."""
    return ", ".join(f"{k} {v}" for k, v in row.model_dump(exclude={"usd"}).items() if v is not None)


def stage_differences(
    place: str, said: StageResult, measures: Mapping[str, Fraction], model: Model
) -> Iterator[Difference]:
    """The measure as the plan stands, whether it keeps what the stage reached, and the gap as a sum."""
    measure = measures.get(said.stage)
    if measure is None:
        yield difference(f"{place}.stage", said.stage, None)
        return
    least = CENT if STAGES[said.stage].money else PART
    if _apart(said.final, float(measure), least):
        yield difference(f"{place}.final", said.final, float(measure))
    slack = next((exact(s.slack) for s in model.stages if s.stage == said.stage), None)
    value = exact(said.value)
    if slack is not None:
        kept = value + slack * abs(value) + PART * max(Fraction(1), abs(value))
        if measure > kept + max(least, PART * kept):
            says = f"{place}: the plan has {float(measure):g}, over what may be left of {said.value:g} reached"
            yield Difference(f"{place}.value", said.value, float(measure), says)
    gap = (value - exact(said.bound)) / max(abs(value), exact(STAGES[said.stage].smallest))
    if _apart(said.gap, float(max(Fraction(0), gap)), PART):
        yield difference(f"{place}.gap", said.gap, float(gap))


def _given_up(document: PlanDocument, judgement: Judgement) -> Iterator[Difference]:
    """Rows that the file says it gave up by more than the plan does (by more: they are breaches)."""
    broken: dict[tuple[str, str], Breach] = {(b.rule, b.row): b for b in judgement.breaches}
    for place, said in enumerate(document.given_up):
        breach = broken.get((said.rule, said.row))
        by = float(breach.by) if breach else 0.0
        if said.by > by and _apart(said.by, by, CENT if breach and breach.unit == "USD" else PART):
            yield difference(f"given_up[{place}].by", said.by, by)


def row_differences(place: str, said: BaseModel, judged: BaseModel, decided: str = "") -> Iterator[Difference]:
    """Fields that the file fills in and that are not what the judge has, those that are decisions apart."""
    for field in type(said).model_fields:
        ours, theirs = getattr(judged, field), getattr(said, field)
        blank = field == decided or field not in said.model_fields_set or theirs in (None, "")
        if not blank and _apart(theirs, ours, CENT if "usd" in field else PART):
            yield difference(f"{place}.{field}", theirs, ours)


def _apart(said: Value, judged: Value, least: Fraction) -> bool:
    if isinstance(said, int | float) and isinstance(judged, int | float):
        return abs(exact(said) - exact(judged)) > max(least, PART * abs(exact(judged)))
    return said != judged


def difference(place: str, said: Value, judged: Value) -> Difference:
    """What the file says at a place and what follows, told; None: nothing."""
    told = "is not there" if said is None else f"is {said}"
    return Difference(place, said, judged, f"{place} {told}, {'nothing' if judged is None else judged} follows")
