"""A hedged plan in tables and sentences: what to order now and how sure, what to wait with, what each future makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orebook import formats as f
from orebook.hedged import HedgedPlan
from orebook.report.report_input import ends
from orebook.report.table import Column, Table
from orebook.schema.facts import Fact
from orebook.schema.hedge import FutureResult
from orebook.schema.plan import StageResult, Ticket
from orebook.schema.stages import FIGURE_OF, STAGES, StageName, stage_of
from orebook.worth_words import hedging_says, knowing_says

Row = tuple[Ticket, Fact | None]
"""A ticket, and how sure it is."""
ALWAYS = ("cover_days", "cost_usd")
"""Differences that are told though they are nothing."""


def hedge_tables(hedged: HedgedPlan) -> list[Table]:
    """The tickets of the weeks that are now, and a row a future."""
    return [now_table(hedged), futures_table(hedged)]


def now_table(hedged: HedgedPlan, stances: Sequence[Fact] = (), turns: Sequence[Fact] = ()) -> Table:
    """What is ordered before anyone knows which future comes; where it was asked, how sure it is and what it is worth."""
    rows = with_stances(hedged, stances)
    columns: list[Column[Row]] = [
        ("week", "right", lambda r: str(r[0].week)),
        ("offer", "left", lambda r: r[0].offer),
        ("mineral", "left", lambda r: r[0].mineral),
        ("origin", "left", lambda r: r[0].origin or ""),
        ("tonnes", "right", lambda r: f.tonnes(r[0].tonnes)),
        ("order cash USD", "right", lambda r: f.grouped(r[0].order_cash_usd)),
    ]
    asked: list[Column[Fact]] = [
        ("how sure", "left", lambda x: x.about.against or ""),
        ("futures whose own plan has it", "right", _alone),
        *_differences("without it", [fact for _, fact in rows if fact]),
        *_turning([fact for _, fact in rows if fact], turns),
    ]
    if any(fact for _, fact in rows):
        columns += [(head, align, lambda r, c=cell: c(r[1]) if r[1] else "") for head, align, cell in asked]  # type: ignore[misc]
    weeks = hedged.document.now_weeks
    title = "To order now" if weeks == 1 else f"To order now, in weeks 1 to {weeks}"
    return Table.of(title, rows, columns)


def with_stances(hedged: HedgedPlan, stances: Sequence[Fact]) -> tuple[Row, ...]:
    """Each ticket of now with the fact of how sure it is; None where that was not asked."""
    known = {(fact.about.offer, fact.about.week): fact for fact in stances if fact.about.against != "wait"}
    return tuple((t, known.get((t.offer, t.week))) for t in hedged.now)


def wait_table(stances: Sequence[Fact], turns: Sequence[Fact] = ()) -> Table:
    """What is left for later: what ordering it now would add over all futures."""
    left = [fact for fact in stances if fact.about.against == "wait"]
    columns: list[Column[Fact]] = [
        ("offer", "left", lambda x: x.about.offer or "any"),
        ("week", "right", lambda x: str(x.about.week or "")),
        ("mineral", "left", lambda x: x.about.mineral or ""),
        ("tonnes", "right", lambda x: f.tonnes(ends_of(x, "tonnes"))),
        ("would order it now by itself", "left", lambda x: x.about.future or "none"),
        *_differences("ordered now", left),
        *_turning(left, turns),
    ]
    return Table.of("To wait with", left, columns)


def futures_table(hedged: HedgedPlan) -> Table:
    """What the plan comes to in each future, beside what knowing it from week 1 would."""
    stage = leading(hedged)
    unit = STAGES[stage].unit
    columns: list[Column[FutureResult]] = [
        ("future", "left", lambda x: x.future),
        ("probability", "right", lambda x: f"{f.plain(100 * x.probability, 2)} %"),
        ("known in week", "right", lambda x: str(x.known_week)),
        (f"{stage}, {unit}", "right", lambda x: f.grouped(x.measures.get(stage, 0.0), 2)),
        ("had one known", "right", lambda x: f.grouped(x.alone[stage][1], 2) if stage in x.alone else ""),
        ("tickets lost", "right", lambda x: str(len(x.lost))),
        ("tickets late", "right", lambda x: str(len(x.late))),
    ]
    return Table.of("What each future makes of it", list(hedged.document.futures), columns)


def stages_table(hedged: HedgedPlan) -> Table:
    """A row a stage: what it comes to over all futures, and what no plan goes below."""
    columns: list[Column[StageResult]] = [
        ("stage", "left", lambda s: s.stage),
        ("over all futures", "right", lambda s: f.grouped(s.value, 2)),
        ("no plan is better than", "right", lambda s: f.grouped(s.bound, 2)),
        ("unit", "left", lambda s: STAGES[s.stage].unit),
    ]
    return Table.of("Stages over all futures", list(hedged.document.stages), columns)


def leading(hedged: HedgedPlan) -> StageName:
    """The stage in which what is worth anything is told; where none is, the first."""
    document = hedged.document
    return document.worth.stage if document.worth else document.stages[0].stage


def worth_says(hedged: HedgedPlan) -> tuple[str, ...]:
    """What planning for all futures is worth, and what knowing would be."""
    worth = hedged.document.worth
    if worth is None:
        return ()
    return (
        hedging_says(worth.stage, worth.vss, worth.vss_usd, worth.plain_says),
        knowing_says(worth.stage, worth.evpi, worth.evpi_usd),
    )


def told_figures(facts: Iterable[Fact]) -> list[str]:
    """The differences that any of the facts has, stage by stage: those of days short and cost in any case."""
    listed = list(facts)
    return [
        figure
        for figure in FIGURE_OF.values()
        if any(figure in fact.figures and (figure in ALWAYS or _is_something(fact, figure)) for fact in listed)
    ]


def ends_of(fact: Fact, name: str) -> float:
    """A figure that is one number; 0 where the fact has none."""
    found = ends(fact, name)
    return found[1] if found else 0.0


def _is_something(fact: Fact, figure: str) -> bool:
    low, high = ends(fact, figure) or (0.0, 0.0)
    return not max(-low, high) < stage_of(figure).least_told


def _differences(what: str, facts: Iterable[Fact]) -> list[Column[Fact]]:
    """A column a difference: `without it: weighted days short` as an interval."""
    return [
        (f"{what}: {stage_of(figure).label}, {stage_of(figure).unit}", "right", lambda x, n=figure: _between(x, n))  # type: ignore[misc]
        for figure in told_figures(facts)
    ]


def _between(fact: Fact, figure: str) -> str:
    if "blocked" in fact.figures:
        return "no plan"
    unit = stage_of(figure).unit
    return f.between(ends(fact, figure), lambda x: f.amount(0.0 if _dust(x, figure) else x, unit))


def _dust(x: f.Amount, figure: str) -> bool:
    return abs(float(x)) < stage_of(figure).least_told


def _alone(fact: Fact) -> str:
    return f"{int(ends_of(fact, 'alone')):,} of {int(ends_of(fact, 'futures')):,}"


def _turning(facts: Iterable[Fact], turns: Sequence[Fact]) -> list[Column[Fact]]:
    """A column of where each turns; none where no turn is known."""
    known = any(_turns(fact, turns) for fact in facts)
    return [("turns where", "words", lambda x: _turns(x, turns))] if known else []


def _turns(fact: Fact, turns: Sequence[Fact]) -> str:
    """Where it enters or leaves, by future: ban over 6.67 %."""
    about = fact.about
    found = [
        f"{x.about.future} {'over' if x.about.against == 'enters' else 'under'} {_at(x)} %"
        for x in turns
        if (x.about.offer, x.about.week, x.about.mineral) == (about.offer, about.week, about.mineral)
        and x.about.against in ("enters", "leaves")
    ]
    return "; ".join(found)


def _at(turn: Fact) -> str:
    low, high = ends(turn, "turn_pct") or (0.0, 0.0)
    return f.plain(ends_of(turn, "at_pct") if "at_pct" in turn.figures else (low + high) / 2, 2)
