"""What the orders of a hedged plan come to in draws that they were not planned for: a table and a sentence."""

from __future__ import annotations

from orebook import formats as f
from orebook.report.table import Column, Table
from orebook.schema.hedge_check import WAYS, CheckDocument, Saving, Way
from orebook.schema.stages import STAGES

WAYS_SAID = (
    "hedged: these orders now; plain: those of the instance's own plan; foresight: whoever knew the draw from week 1"
)


def check_table(check: CheckDocument) -> Table:
    """A row a way of ordering now: bounds over all draws, and what the draws that were solved whole come to."""
    kind = STAGES[check.stage]

    def amount(x: float | None) -> str:
        return "" if x is None else f.amount(x, kind.unit)

    columns: list[Column[Way]] = [
        ("orders of now", "left", str),
        ("draws", "right", lambda w: str(check.ways[w].draws)),
        ("at least, on average", "right", lambda w: amount(check.ways[w].bound)),
        ("in the worst tenth", "right", lambda w: amount(check.ways[w].worst_tenth)),
        ("solved whole", "right", lambda w: str(check.ways[w].whole)),
        ("in these, on average", "right", lambda w: f.between(check.ways[w].mean, lambda x: f.amount(x, kind.unit))),
        ("without a plan", "right", lambda w: str(check.ways[w].without_plan)),
    ]
    of = f"{kind.label}, {kind.unit}" if kind.label != kind.unit else kind.unit
    return Table.of(f"Checked on fresh draws ({of})", WAYS, columns).noted(_drawn(check))


def check_says(check: CheckDocument) -> str:
    """What hedging saves in the draws, and what knowing them would; an interval that holds 0 tells nothing."""
    if not check.hedging.draws:
        return "No draw was solved whole under both, so that nothing can be said of what hedging saves."
    hedging = _saved("Over draws that it was not planned for, hedging saves", check.hedging, check.stage)
    return f"{hedging} {_saved('Knowing the draw would save', check.knowing, check.stage)}"


def _saved(what: str, saving: Saving, stage: str) -> str:
    if saving.mean is None:
        return f"{what} nobody knows what: no draw was solved whole."
    unit, (least, most) = STAGES[stage].unit, saving.mean
    error = "" if saving.error is None else f" (standard error {f.amount(saving.error, unit)})"
    saved = f.between(saving.mean, lambda x: f.amount(x, unit))
    said = f"{what} {saved} {unit} on average over {f.count(saving.draws, 'draw')}"
    told = "" if least > 0 or most < 0 or least == most == 0 else "; whether it does cannot be told"
    return f"{said}{error}{told}."


def _drawn(check: CheckDocument) -> str:
    """How the draws were made."""
    drawn = "prices and hazards" if check.prices else "hazards"
    few = "" if len(check.draws) == check.asked else f" of {check.asked:,} that were asked for"
    seen = "; hazards are known from the same week on as the prices of their draw" if check.foreseen else ""
    return f"{f.count(len(check.draws), 'draw')}{few} of {drawn}, seed {check.seed}{seen}. {WAYS_SAID}."
