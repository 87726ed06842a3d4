"""A solved plan: its document as plan.json holds it, with the problem, the model and the judgement it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from orebook import plan_tables
from orebook.accounting.dust import misses
from orebook.exact import Fraction, exact
from orebook.judge.judgement import Judgement
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
    """A plan and everything known of it; every figure of tickets, cover and money is the judge's."""

    document: s.PlanDocument
    problem: Problem
    model: Model
    judgement: Judgement

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
            instance=s.InstanceStamp(name=problem.name, digest=problem.digest, changes=problem.changes),
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
        """In words, where the run was stopped before the solver found a better plan than one that needs none; else empty."""
        by = self.document.unaided
        return f"stopped before the solver found a better plan: {UNAIDED[by]}" if by else ""

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
    def unserved(self) -> Mapping[str, Fraction]:
        """Withdrawal -> tonnes not served, where they are more than dust."""
        problem = self.problem
        use = {name: problem.minerals[w.mineral].use_t_per_day for name, w in problem.withdrawals.items()}
        return {name: tonnes for name, tonnes in self.judgement.unmet.items() if misses(tonnes, use[name])}

    def to_json(self) -> str:
        """The text of plan.json, keys in the contract's order: equal plans give equal texts."""
        return self.document.model_dump_json(by_alias=True, indent=1) + "\n"

    @property
    def tickets(self) -> DataFrame:
        """A row a ticket, columns as in plan.json: tonnes, USD/t and USD; `lots` is missing without a lot size."""
        return _frame([t.model_dump() for t in self.document.tickets], list(s.Ticket.model_fields)).astype(
            {"lots": "Int64", "tier": "float64"}
        )

    @property
    def cover(self) -> DataFrame:
        """A row a target: days of cover without buying (`cover_before_days`) and with the plan, target, days short."""
        columns = ["mineral", "week", "stock_t", "cover_before_days", *list(s.Cover.model_fields)[3:]]
        return _frame(plan_tables.cover_rows(self.problem, self.judgement), columns)

    @property
    def cash(self) -> DataFrame:
        """A row a week in USD: orders, engagement fees, orders under way, their sum, release, a column a source."""
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
    def stages(self) -> DataFrame:
        """A row a stage: value, bound and final in `unit`, gap as a fraction, seconds."""
        listed = [{**r.model_dump(), "unit": STAGES[r.stage].unit} for r in self.document.stages]
        return _frame(listed, [*s.StageResult.model_fields, "unit"])

    @property
    def given_up(self) -> DataFrame:
        """Policy rows that no plan could keep, and by how much, in `unit`, this one exceeds them."""
        return _frame([g.model_dump() for g in self.document.given_up], list(s.GivenUp.model_fields))


def _frame(listed: plan_tables.Rows, columns: list[str] | None = None) -> DataFrame:
    from pandas import DataFrame

    names: list[Any] | None = columns
    return DataFrame(listed, columns=names)
