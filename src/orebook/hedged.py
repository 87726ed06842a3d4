"""A hedged plan: tickets of the weeks that are now, and of each future the plan that goes on from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Any

from orebook.late import Late
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.hedge import HedgeDocument, LateGoods, LostGoods
from orebook.schema.model import Model
from orebook.schema.plan import Status, Ticket

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True)
class HedgedPlan:
    """Orders that stand whatever comes, and everything known of them.

    `orebook.hedge` makes one, `orebook.open_hedge` opens one that was saved. Tables are DataFrames with units in their column
    names: `tickets`, `stages`, `futures`.

        >>> import orebook
        >>> hedged = orebook.hedge("teaching/ban", audit=False)
        >>> hedged
        HedgedPlan teaching-ban: optimal, 1 ticket in week 1, 2 futures, cover 0, cost 10,400
        >>> hedged.document.worth.evpi
        (350.0, 350.0)
    """

    document: HedgeDocument
    """What hedge.json holds."""
    problem: Problem
    """The instance, with its futures."""
    model: Model
    """Whose rules every future's plan keeps."""
    plans: Mapping[str, Plan]
    """Future -> its plan; they share the orders of the weeks before it is known."""

    def __repr__(self) -> str:
        now, weeks = len(self.document.tickets), self.document.now_weeks
        said = [
            self.status,
            f"{now:,} ticket{'s' * (now != 1)} in week{f's 1 to {weeks}' if weeks > 1 else ' 1'}",
            f"{len(self.plans)} futures",
            *(f"{s.stage} {s.value:,.6g}" for s in self.document.stages[:2]),
        ]
        return f"HedgedPlan {self.problem.name}: {', '.join(said)}"

    @property
    def status(self) -> Status:
        """`optimal`: every stage but the tie-breaking ones is within the gap asked for; `feasible`: plans without that."""
        return self.document.status

    @property
    def now(self) -> tuple[Ticket, ...]:
        """The tickets of the weeks that are now."""
        return self.document.tickets

    @property
    def main(self) -> Plan:
        """The plan of the first future without changes, or of the likeliest, the first of equals, where there is none."""
        still = [f.name for f in self.problem.futures if not f.changes]
        if still and still[0] in self.plans:
            return self.plans[still[0]]
        likeliest = max(self.document.futures, key=lambda f: f.probability)
        return self.plans[likeliest.future]

    def save(self, folder: str | PathLike[str]) -> None:
        """Write the folder: hedge.json, the files of a plan, and a folder a future.

        Raises WriteError where it holds anything that orebook did not write; what stood there then still stands.

            >>> import orebook, pathlib, tempfile
            >>> folder = pathlib.Path(tempfile.mkdtemp()) / "hedged"
            >>> orebook.hedge("teaching/ban", audit=False).save(folder)
            >>> sorted(path.name for path in (folder / "futures").iterdir())
            ['as-it-stands', 'ban']
        """
        SAVE_HEDGE(self, folder)

    def to_json(self) -> str:
        """The text of hedge.json."""
        return self.document.model_dump_json(by_alias=True, indent=1) + "\n"

    @property
    def tickets(self) -> DataFrame:
        """A row a ticket of the weeks that are now: offer, week, tonnes and USD as in plan.json."""
        return _frame([t.model_dump(exclude={"lost", "paid_usd", "refunded_usd"}) for t in self.now])

    @property
    def stages(self) -> DataFrame:
        """A row a stage: the measure over all futures, its bound, and the gap as a fraction."""
        return _frame([s.model_dump() for s in self.document.stages])

    @property
    def futures(self) -> DataFrame:
        """A row a future: probability, the week in which it is known, and its measures, each in its stage's unit."""
        return _frame(
            [
                {"future": f.future, "probability": f.probability, "known_week": f.known_week, **f.measures}
                for f in self.document.futures
            ]
        )


SAVE_HEDGE: Late[[HedgedPlan, str | PathLike[str]], None] = Late()
"""The hedged plan's folder written."""


def as_ordered(problem: Problem, ticket: Ticket) -> Ticket:
    """A ticket of a week that is now, without what one future makes of it: as the instance has it."""
    arrives = problem.arrives(problem.offers[ticket.offer], ticket.week)
    return ticket.model_copy(update={"arrives": arrives, "lost": None, "paid_usd": None, "refunded_usd": None})


def lost_goods(tickets: Iterable[Ticket]) -> tuple[LostGoods, ...]:
    """The tickets of a future that are lost in it."""
    return tuple(
        LostGoods(
            offer=t.offer,
            week=t.week,
            tonnes=t.tonnes,
            paid_usd=t.paid_usd or 0.0,
            refunded_usd=t.refunded_usd or 0.0,
        )
        for t in tickets
        if t.lost
    )


def late_goods(world: Problem, tickets: Iterable[Ticket]) -> tuple[LateGoods, ...]:
    """The tickets of a future that arrive later in it than they were to, those apart that never do."""
    found = list[LateGoods]()
    for t in (t for t in tickets if not t.lost):
        terms = world.terms(t.week)
        if t.arrives != terms.arrives(terms.offers[t.offer], t.week):
            found.append(LateGoods(offer=t.offer, week=t.week, tonnes=t.tonnes, arrives=t.arrives))
    return tuple(found)


def _frame(rows: list[dict[str, Any]]) -> DataFrame:
    from pandas import DataFrame

    return DataFrame(rows)
