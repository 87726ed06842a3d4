"""A solved plan: its document as plan.json holds it, with the problem, the model and the judgement it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal

from orebook import plan_tables
from orebook.accounting.dust import misses
from orebook.exact import Fraction, exact
from orebook.judge.judgement import Judgement
from orebook.late import Late
from orebook.problem import Problem
from orebook.schema import plan as s
from orebook.schema.model import Model
from orebook.schema.stages import STAGES

if TYPE_CHECKING:
    from pandas import DataFrame

Verdict = bool | Literal["timed out"]
UNAIDED: dict[s.Unaided, str] = {
    "thumb": "this is the rule of thumb's plan",
    "prior": "this is the prior plan again",
    "nothing": "nothing is bought",
}


@dataclass(frozen=True)
class Plan:
    """A plan and everything known of it; every figure of tickets, cover and money is the judge's.

    `orebook.solve` makes one, `orebook.open_plan` opens one that was saved. Tables are DataFrames with units in their column
    names: `minerals`, `tickets`, `cover`, `cash`, `stores`, `puts`, `draws`, `repays`, `receipts`,
    `stages`, `given_up`. Plans can be pickled.

        >>> import orebook
        >>> plan = orebook.solve("teaching/budget", audit=False)
        >>> plan.status, plan.costs.total_usd
        ('optimal', 610000.0)
        >>> plan.tickets[["offer", "week", "tonnes", "order_cash_usd"]]
            offer  week  tonnes  order_cash_usd
        0  cobalt     1     8.0        400000.0
        1     tin     1     7.0        210000.0
    """

    document: s.PlanDocument
    """What plan.json holds."""
    problem: Problem
    """What it is a plan of, changes made."""
    model: Model
    """Whose rules it keeps, those that a change switched off left out."""
    judgement: Judgement
    """Everything that follows from its decisions, in fractions."""

    def __repr__(self) -> str:
        tickets, short = len(self.document.tickets), len(self.missed)
        said = [
            self.status,
            f"{tickets:,} ticket{'s' * (tickets != 1)}",
            f"{self.costs.total_usd:,.0f} USD",
            f"{short:,} target{'s' * (short != 1)} missed" if short else "every target met",
            "audit timed out" if self.audit == "timed out" else "audited" if self.audit else "not audited",
        ]
        return f"Plan {self.problem.name}: {', '.join(said)}"

    def _repr_html_(self) -> str:
        """What a notebook shows: the summary, as on a terminal."""
        return HTML(self)

    def __hash__(self) -> int:
        return hash((self.problem.digest, self.model.digest(), self.document.tickets))

    def save(self, folder: str | PathLike[str]) -> None:
        """Write the plan's folder as `orebook solve` does: plan.json, tables, reports, and what makes it complete by itself.

        `folder`: one that is new, empty, or a plan's, which is replaced; `orebook.open_plan` opens it again.

        Raises WriteError where it holds anything else; what stood there then still stands.

            >>> import orebook, pathlib, tempfile
            >>> folder = pathlib.Path(tempfile.mkdtemp()) / "plan"
            >>> orebook.solve("teaching/budget", audit=False).save(folder)
            >>> orebook.open_plan(folder)
            Plan teaching-budget: optimal, 2 tickets, 610,000 USD, 2 targets missed, not audited
        """
        SAVE(self, folder)

    @classmethod
    def assemble(
        cls,
        problem: Problem,
        model: Model,
        judgement: Judgement,
        *,
        status: s.Status,
        stages: Iterable[s.StageResult],
        given_up: Iterable[s.GivenUp],
        repeatable: bool,
        unaided: s.Unaided | None = None,
    ) -> Plan:
        """The plan of a judgement, not audited yet; each stage's `final` becomes the judge's measure."""
        document = s.PlanDocument(
            instance=s.InstanceStamp(
                name=problem.name,
                digest=problem.digest,
                changes=problem.changes,
                before=problem.at(1).changes if problem.world else (),
            ),
            known_week=problem.world.known_week if problem.world else None,
            in_transit=problem.world.in_transit if problem.world else None,
            model=s.ModelStamp(name=model.name, digest=model.digest()),
            status=status,
            repeatable=repeatable,
            unaided=unaided,
            stages=tuple(r.model_copy(update={"final": float(judgement.measures[r.stage])}) for r in stages),
            given_up=tuple(given_up),
            tickets=judgement.tickets,
            puts=judgement.puts,
            outs=judgement.outs,
            cover=judgement.cover,
            draws=judgement.draws,
            receipts=judgement.receipts,
            repays=judgement.repays,
            idle=judgement.idle,
            withdrawals=judgement.withdrawals,
            returns=judgement.returns,
            sales=judgement.sales,
            conversions=judgement.conversions,
            waste=judgement.waste,
            engaged=judgement.engaged,
            costs=judgement.costs,
        )
        return cls(document, problem, model, judgement)

    def audited(self, verdict: Verdict) -> Plan:
        """The same plan with the audit's verdict: confirmed, not confirmed, or `timed out`."""
        return replace(self, document=self.document.model_copy(update={"audited": verdict}))

    @property
    def status(self) -> s.Status:
        """`optimal`: every stage but the tie-breaking ones is within the gap asked for; `feasible`: a plan without that."""
        return self.document.status

    @property
    def unaided(self) -> str:
        """In words, where the solver found no better plan than one that needs none, in time or at all; else empty."""
        by = self.document.unaided
        return f"the solver found no better plan: {UNAIDED[by]}" if by else ""

    @property
    def audit(self) -> Verdict:
        """Whether a second path confirmed the proof."""
        return self.document.audited

    @property
    def costs(self) -> s.Costs:
        """What the plan costs, in USD."""
        return self.document.costs

    def misses(self, mineral: str, short_days: float) -> bool:
        """Whether so many days short of a mineral are a shortage, and not dust."""
        use = self.problem.minerals[mineral].use_t_per_day
        return misses(exact(short_days) * exact(use), use)

    @property
    def missed(self) -> tuple[s.Cover, ...]:
        """The targets that are missed, by more than dust."""
        return tuple(c for c in self.document.cover if self.misses(c.mineral, c.short_days))

    @property
    def lost(self) -> tuple[s.Ticket, ...]:
        """The tickets whose goods never arrive, as their origin was barred while they were under way."""
        return tuple(t for t in self.document.tickets if t.lost)

    @property
    def late(self) -> tuple[s.Ticket, ...]:
        """The tickets whose goods arrive later than they were ordered for, by news while they were under way."""
        return tuple(t for t in self.document.tickets if self.problem.late(t.offer, t.week))

    @property
    def unserved(self) -> Mapping[str, Fraction]:
        """Withdrawal -> tonnes not served, where they are more than dust."""
        problem = self.problem
        use = {name: problem.minerals[w.mineral].use_t_per_day for name, w in problem.withdrawals.items()}
        return {name: tonnes for name, tonnes in self.judgement.unmet.items() if misses(tonnes, use[name])}

    def to_json(self) -> str:
        """The text of plan.json, keys in the contract's order: equal plans give equal texts.

        Of a future's part in a hedged plan, stages say what they come to and nothing else.
        """
        hidden = {"stages": {"__all__": set(s.UNKNOWN_OF_A_FUTURE)}} if self.document.future else None
        return self.document.model_dump_json(by_alias=True, indent=1, exclude=hidden) + "\n"

    @property
    def minerals(self) -> DataFrame:
        """A row a mineral: tickets, houses, tonnes and USD bought, stock before week 1 and at the end, cover in days of use
        at the end without buying and with the plan, and the target that is missed by most, in days.

        Days are missing without use, the target's columns without a target.
        """
        days = ("cover_before_days", "cover_days", "target_week", "target_days", "short_days")
        return _frame(plan_tables.mineral_rows(self.problem, self.judgement)).astype(
            dict.fromkeys(days, "float64") | {"target_week": "Int64"}
        )

    @property
    def tickets(self) -> DataFrame:
        """A row a ticket, columns as in plan.json: tonnes, USD/t and USD; `lots` is missing without a lot size.

        Where changes are known from a week only, `arrives` is missing of goods that never come, and there are `lost`,
        `paid_usd` and `refunded_usd`.
        """
        columns, whole = list(s.Ticket.model_fields), {"lots": "Int64", "tier": "float64"}
        if self.problem.world is None:
            columns = [c for c in columns if c not in ("lost", "paid_usd", "refunded_usd")]
        else:
            whole["arrives"] = "Int64"
        return _frame([t.model_dump() for t in self.document.tickets], columns).astype(whole)

    @property
    def cover(self) -> DataFrame:
        """A row a target: days of cover without buying (`cover_before_days`) and with the plan, target, days short."""
        columns = ["mineral", "week", "stock_t", "cover_before_days", *list(s.Cover.model_fields)[3:]]
        return _frame(plan_tables.cover_rows(self.problem, self.judgement), columns)

    @property
    def cash(self) -> DataFrame:
        """A row a week in USD: orders, engagement fees, orders under way, their sum, release, a column a source.

        Where money may come in: receipts, what has been paid beyond them, what lies idle, and a column a source for repays.
        """
        return _frame(plan_tables.cash_rows(self.problem, self.judgement)).astype({"released_to_date_usd": "float64"})

    @property
    def stores(self) -> DataFrame:
        """A row a site and week: tonnes, m3, tonnes put in, USD at benchmark, each with its limit (missing: none)."""
        limits = ("capacity_m3", "inbound_t_per_week", "max_value_usd")
        return _frame(plan_tables.store_rows(self.judgement)).astype(dict.fromkeys(limits, "float64"))

    @property
    def puts(self) -> DataFrame:
        """Tonnes put into each store: mineral, site, week, tonnes."""
        return _frame([p.model_dump() for p in self.document.puts], list(s.Put.model_fields))

    @property
    def draws(self) -> DataFrame:
        """USD drawn: source, week, usd."""
        return _frame([d.model_dump() for d in self.document.draws], list(s.Draw.model_fields))

    @property
    def repays(self) -> DataFrame:
        """USD paid back to sources: source, week, usd."""
        return _frame([r.model_dump() for r in self.document.repays], list(s.Repay.model_fields))

    @property
    def receipts(self) -> DataFrame:
        """USD that come in: week, usd, and the withdrawal, or offer and week of its order, or bid that it is for."""
        return _frame([r.model_dump() for r in self.document.receipts], list(s.Receipt.model_fields)).astype(
            {"ordered": "Int64"}
        )

    @property
    def stages(self) -> DataFrame:
        """A row a stage: value, bound and final in `unit`, gap as a fraction, seconds."""
        listed = [{**r.model_dump(), "unit": STAGES[r.stage].unit} for r in self.document.stages]
        return _frame(listed, [*s.StageResult.model_fields, "unit"])

    @property
    def given_up(self) -> DataFrame:
        """Policy rows that no plan could keep, and by how much, in `unit`, this one exceeds them."""
        return _frame([g.model_dump() for g in self.document.given_up], list(s.GivenUp.model_fields))


SAVE: Late[[Plan, str | PathLike[str]], None] = Late()
"""The plan's folder written."""
HTML: Late[[Plan], str] = Late()
"""The plan's summary as HTML."""


def _frame(listed: plan_tables.Rows, columns: list[str] | None = None) -> DataFrame:
    from pandas import DataFrame

    names: list[Any] | None = columns
    return DataFrame(listed, columns=names)
