"""The library's front door: read an instance, solve it, ask the plan, compare plans, write the instance again.

Every call that solves can be made from another thread, such as by `asyncio.to_thread`, and ended early by the `Stop` that it
was given.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from logging import getLogger
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from orebook import arguments
from orebook.files.hedge_folder import open_hedge
from orebook.files.instances import read, read_plan
from orebook.files.models import read_model
from orebook.files.plan_folder import open_plan
from orebook.hedged import SAVE_HEDGE, HedgedPlan
from orebook.plan import HTML, SAVE, Plan
from orebook.problem import Problem
from orebook.schema.document import Document
from orebook.schema.model import Model
from orebook.schema.plan import PlanDocument
from orebook.schema.tables import InTransit

if TYPE_CHECKING:
    from orebook.explanations.explainer import Explainer
    from orebook.explanations.hedge_explainer import HedgeExplainer
    from orebook.importing.imported import Imported
    from orebook.importing.mapping import Mapping as BookMapping
    from orebook.importing.sources import Source
    from orebook.rolling.moving_on import NextWeek
    from orebook.scenarios.drawn_futures import DrawnFutures
    from orebook.scenarios.risk import Risk
    from orebook.schema.facts import Fact
    from orebook.solver.lp.stop import Stop
    from orebook.solver.run.listener import Listener
    from orebook.solver.run.stage_program import StageProgram
    from orebook.verdict import Verdict

__all__ = [
    "compare",
    "difference",
    "explain",
    "explainer",
    "futures",
    "hedge",
    "import_book",
    "next_week",
    "open_hedge",
    "open_plan",
    "read",
    "read_model",
    "risk",
    "solve",
    "stage_program",
    "trace",
    "verify",
    "whatif",
    "write_instance",
    "write_workbook",
]

LOG = getLogger("orebook")
LEVELS = (0.5, 0.999)
"""Of the value at risk."""


def solve(
    problem: Problem | str | PathLike[str],
    model: str | PathLike[str] | Model = "weekly",
    *,
    gap: float | None = None,
    time_limit_s: float | None = None,
    threads: int | None = None,
    cluster: str | None = None,
    audit: bool = True,
    listener: Listener | None = None,
    stop: Stop | None = None,
    solver: str | None = None,
    start: Plan | None = None,
) -> Plan:
    """The buy plan of a problem under a model.

    `problem`: what `read` gave, or whatever `read` takes.
    `model`: the name of one that ships, its .toml file or the model itself; rules that a change of the problem switched
      off are left out.
    `gap`: the relative gap to reach in every stage but the tie-breaking ones, 0 to 1.
    `time_limit_s`: seconds for all stages together, the audit apart.
    `threads`: parts of a large problem that are solved at a time, 1 to 64.
    `cluster`: the address of a dask scheduler whose workers take its minerals, such as `tcp://10.0.0.1:8786`.
    `audit`: confirm the proof by a second path, which takes at most twice the solving time on top.
    `listener`: hears of the run while it goes on.
    `stop`: ends it early, from another thread, with the best plan so far.
    `solver`: what solves: `highs` where None, `scip`, `gurobi`, or what another package brings; the audit is HiGHS'.
    `start`: a plan whose tickets the search begins from, of whatever instance.
    Of gap, time and threads the model's own holds where they are None.

    Raises InputError for an argument, problem or model that cannot be used, InfeasibleError with the clash where physics and
    contract leave no plan. A limit leaves the best plan so far, else one that needs no solver, which `plan.unaided` says in
    words; StoppedError is raised where there is none of those either.

        >>> import orebook
        >>> plan = orebook.solve("teaching/budget", gap=0)
        >>> plan
        Plan teaching-budget: optimal, 2 tickets, 610,000 USD, 2 targets missed, audited
        >>> plan.minerals[["mineral", "bought_t", "order_cash_usd", "short_days"]]
          mineral  bought_t  order_cash_usd  short_days
        0  cobalt       8.0        400000.0         2.0
        1     tin       7.0        210000.0         3.0

    In a coroutine, with a stop that ends it:

        >>> import asyncio
        >>> async def planned(problem):
        ...     stop = orebook.Stop()
        ...     solving = asyncio.create_task(asyncio.to_thread(orebook.solve, problem, stop=stop))
        ...     done, _ = await asyncio.wait([solving], timeout=60)
        ...     stop.asked = not done  # a minute will do
        ...     return await solving
        >>> asyncio.run(planned("teaching/budget")).status
        'optimal'
    """
    from orebook.solver.audit.solving import solve_and_audit
    from orebook.solver.options import Options

    problem = problem if isinstance(problem, Problem) else read(problem)
    chosen = problem.governing(model if isinstance(model, Model) else read_model(model))
    options = Options.of(
        chosen, gap=gap, time_limit_s=time_limit_s, threads=threads, audit=audit, cluster=cluster, solver=solver
    )
    LOG.info("solving %r under %s", problem, chosen.name)
    plan = solve_and_audit(problem, chosen, options, listener=listener, stop=stop, start=start)
    LOG.info("solved: %r", plan)
    return plan


def stage_program(
    problem: Problem | str | PathLike[str],
    stage: str,
    model: str | PathLike[str] | Model = "weekly",
    *,
    gap: float | None = None,
    time_limit_s: float | None = None,
    stop: Stop | None = None,
) -> StageProgram:
    """One stage as the mixed-integer program that a solver is given, with the names that reports use.

    `problem`, `model`, `gap`, `time_limit_s`, `stop`: as in `solve`; the stages before this one are solved first, and held.
    `stage`: `cover`, `cost` or another that the model lists.

    Raises InputError for a stage that does not apply, and as `solve` does for those before.

        >>> import orebook
        >>> program = orebook.stage_program("teaching/budget", "cover")
        >>> program.A.shape == (len(program.rows), len(program.columns))
        True
        >>> "budget_total" in program.rows
        True
        >>> round(program.relaxation().value, 3)  # weighted days short, without whole lots
        8.667
    """
    from orebook.solver.options import Options
    from orebook.solver.run.stage_program import stage_program

    problem = problem if isinstance(problem, Problem) else read(problem)
    chosen = model if isinstance(model, Model) else read_model(model)
    options = Options.of(chosen, gap=gap, time_limit_s=time_limit_s, audit=False)
    return stage_program(problem, chosen, stage, options, stop)


def whatif(
    plan: Plan,
    *changes: str,
    known: int | None = None,
    in_transit: InTransit = "lost",
    gap: float | None = None,
    time_limit_s: float | None = None,
    stop: Stop | None = None,
) -> Plan:
    """The plan under changes, solved from this one, with as few orders changed as its measures allow.

    `plan`: the base.
    `changes`, `known`, `in_transit`: as `Problem.change` takes them; the base's tickets of weeks before `known` stay as they
      were ordered.
    `gap`, `time_limit_s`, `stop`: as in `solve`; there is no audit. A `Session` asks many of one plan faster.

    Raises as `solve` does, and InputError for a change that names nothing.

        >>> import orebook
        >>> plan = orebook.solve("teaching/budget", audit=False)
        >>> orebook.whatif(plan, "instance.budget_usd=+10%").costs.total_usd
        670000.0
    """
    from orebook.scenarios.session import Session

    session = Session.of(plan, gap=gap, time_limit_s=time_limit_s)
    return session.whatif(*changes, known=known, in_transit=in_transit, stop=stop)


def hedge(
    problem: Problem | str | PathLike[str],
    model: str | PathLike[str] | Model = "weekly",
    *,
    tail: float = 0.1,
    tail_weight: float = 0.0,
    gap: float | None = None,
    time_limit_s: float | None = None,
    audit: bool = True,
    workers: int = 1,
    cluster: str | None = None,
    stop: Stop | None = None,
    listener: Listener | None = None,
) -> HedgedPlan:
    """The orders of the weeks that are now that do best over all futures of a problem, and what each future makes of them.

    `problem`: what `read` gave, or whatever `read` takes; its futures stand in `problem.futures`. Without any it is solved as
      it stands.
    `tail`, `tail_weight`: of the mean of the worst part of the probability, 0 < tail <= 1; 0 minimises the mean alone,
      at most 0.999.
    `workers`, `cluster`: futures are solved side by side in so many processes, or by the workers of a scheduler.
    `model`, `gap`, `time_limit_s`, `audit`, `stop`, `listener`: as in `solve`.

    Raises InputError for a future's changes or an argument, InfeasibleError where a future has no plan even alone or where no
    orders of now leave some of them one, StoppedError where a limit came before any plan.

        >>> import orebook
        >>> hedged = orebook.hedge("teaching/ban")
        >>> [(t.offer, t.week, t.tonnes) for t in hedged.now]
        [('china-now', 1, 100.0)]
    """
    from orebook.risk_measure import RiskMeasure
    from orebook.solver.hedge.solving import solve_hedge
    from orebook.solver.options import MAX_THREADS, Options

    problem = problem if isinstance(problem, Problem) else read(problem)
    chosen = problem.governing(model if isinstance(model, Model) else read_model(model))
    arguments.refuse(
        arguments.number("tail", tail, 1e-6, 1),
        arguments.number("tail_weight", tail_weight, 0, 0.999),
        arguments.count("workers", workers, 1, MAX_THREADS),
    )
    options = Options.of(chosen, gap=gap, time_limit_s=time_limit_s, audit=audit, cluster=cluster)
    return solve_hedge(problem, chosen, options, RiskMeasure(tail, tail_weight), stop, listener, workers)


def futures(
    problem: Problem | str | PathLike[str], *, draws: int = 500, keep: int = 12, seed: int = 1, prices: bool = True
) -> DrawnFutures:
    """Futures drawn from the instance's volatilities, correlations and hazards, a few of them kept that stand for all.

    `problem`: what `read` gave, or whatever `read` takes.
    `draws`: how many, 1 to 3000.
    `keep`: how many to keep, at least 1; no two with different hazards stand for each other, as far as there is place.
    `seed`: 0 or more; the same one gives the same futures.
    `prices`: draw prices too, which are known from week 2 on; else hazards alone, known from the week of the first on.

    Raises InputError for an argument that cannot be used, and where there is nothing to draw from.

        >>> import orebook
        >>> drawn = orebook.futures("vault-small", draws=50, keep=4, prices=False)
        >>> [(future.name, future.probability) for future in drawn.problem.futures][0]
        ('as it stands', 0.9)
    """
    from orebook.scenarios.drawn_futures import drawn_futures

    return drawn_futures(problem if isinstance(problem, Problem) else read(problem), draws, keep, seed, prices=prices)


def risk(
    plan: Plan,
    *,
    draws: int = 200,
    seed: int = 0,
    level: float = 0.95,
    workers: int = 1,
    gap: float | None = None,
    time_limit_s: float | None = None,
    stop: Stop | None = None,
) -> Risk:
    """What a plan comes to where prices are weekly walks drawn from the instance's volatilities, their mean being today's.

    Two things are told apart: what the plan costs as ordered, at the prices drawn, and what cost and cover could be had with
    foresight of every price from week 1.

    `plan`: the base.
    `draws`: how many, 1 to 100 000; each is repriced, and a what-if of the plan.
    `seed`: 0 or more; the same one gives the same figures whatever the number of `workers`, which are processes.
    `level`: of the value at risk, 0.5 to 0.999.
    `gap`, `time_limit_s`: as in `solve`, of each draw.
    `stop`: ends it early, with the draws until then.

    Raises InputError for an argument that cannot be used, where the instance has no volatilities or one week, and where the
    plan learns of its changes in a later week.

        >>> import orebook
        >>> plan = orebook.solve("vault-small", audit=False)
        >>> found = orebook.risk(plan, draws=4, seed=5)
        >>> found.as_ordered_usd.low <= found.as_ordered_usd.median <= found.as_ordered_usd.at_risk
        True
    """
    from orebook.scenarios.study import run_study
    from orebook.scenarios.study_request import DrawSettings, StudyRequest
    from orebook.solver.options import refuse_limits

    arguments.refuse(arguments.number("level", level, *LEVELS), arguments.count("workers", workers, 1))
    refuse_limits(gap, time_limit_s)
    request = StudyRequest(
        draws=DrawSettings(draws, seed, level),
        gap=gap,
        time_limit_s=time_limit_s,
        workers=workers,
        checked=True,
    )
    found = run_study(plan, request, stop=stop).risk
    assert found is not None  # draws were asked for
    return found


def verify(problem: Problem, plan: Plan | PlanDocument | str | PathLike[str], model: Model | None = None) -> Verdict:
    """A plan, whoever made it, held against a problem and a model, and its figures against what follows from its tickets.

    No solver takes part. `problem`: what it is held against, with its changes; those that the plan says it is for are not
    made. `plan`: a plan, its document, or the path of a plan.json, or of a CSV of offer, week and tonnes: the rule of thumb
    puts what is ordered into stores and draws the money. `model`: whose rules; None: the plan's own, or of a file the one that
    ships under the name it says, else `weekly`.

    Raises InputError where a file cannot be used.

        >>> import orebook
        >>> problem = orebook.read("teaching/budget")
        >>> verdict = orebook.verify(problem.change("instance.budget_usd=-50%"), orebook.solve(problem, audit=False))
        >>> verdict.ok, [breach.rule for breach in verdict.breaches]
        (False, ['budget'])
    """
    from orebook.verdict import own_model, verify

    if isinstance(plan, Plan):
        return verify(problem, plan.document, model or plan.model)
    if not isinstance(plan, PlanDocument) and Path(plan).suffix.lower() == ".csv":
        from orebook.files.tickets_by_hand import read_tickets

        by = model or read_model("weekly")
        return verify(problem, read_tickets(Path(plan), problem, by), by)
    document = plan if isinstance(plan, PlanDocument) else read_plan(plan)
    return verify(problem, document, model or read_model(own_model(document)))


@overload
def explain(plan: Plan, *, seconds: float | None = None, stop: Stop | None = None) -> Explainer: ...
@overload
def explain(plan: HedgedPlan, *, seconds: float | None = None, stop: Stop | None = None) -> HedgeExplainer: ...
def explain(
    plan: Plan | HedgedPlan, *, seconds: float | None = None, stop: Stop | None = None
) -> Explainer | HedgeExplainer:
    """Who answers questions about a plan, or a hedged one, with facts.

    `plan`: solved just now, or opened from its folder.
    `seconds`: the time of one solve: of all minerals, 8 where None; of all futures of a hedged plan, 20.
    `stop`: ends a question early, from another thread.

    Raises InputError for an argument that cannot be used.

        >>> import orebook
        >>> plan = orebook.solve("teaching/budget", audit=False)
        >>> print(orebook.explain(plan).shortages()[0].says)
        cobalt has 8.0 of 10.0 days of cover at the end of week 2: 2.0 days (2 t) short.
        >>> print(orebook.explain(orebook.hedge("teaching/ban", audit=False)).worth()[0].says)
        Knowing the future from week 1 would be worth USD 350.00.
    """
    if isinstance(plan, HedgedPlan):
        from orebook.explanations.hedge_explainer import HedgeExplainer

        return HedgeExplainer(plan, seconds=seconds, stop=stop)
    from orebook.explanations.explainer import Explainer

    return Explainer(plan, seconds=seconds, stop=stop)


def compare(old: Plan, new: Plan, *, causes: bool = True, stop: Stop | None = None) -> list[Fact]:
    """What changed from one plan to another, as facts: the total, a line a mineral, inputs undone, and each ticket's cause.

    `old`, `new`: the figures are those of `new` less those of `old`.
    `causes`: solve for what forced what; without them nothing is solved, and no changed ticket has one.
    `stop`: after it no other cause is looked for.

        >>> import orebook
        >>> old = orebook.solve("teaching/budget", audit=False)
        >>> new = orebook.whatif(old, "instance.budget_usd=+10%")
        >>> total, *rest = orebook.compare(old, new)
        >>> total.figures["cover_days"], total.figures["tickets_altered"]
        ((-2.0, -2.0), 1.0)
        >>> sorted({fact.about.against for fact in rest})
        ['input', 'instance.budget_usd', 'line']
    """
    from orebook.explanations.engine.counterfactuals import Counterfactuals
    from orebook.explanations.questions.difference import SOLVES, difference
    from orebook.explanations.words import worded
    from orebook.solver.lp.stop import Stop

    counterfactuals = Counterfactuals(new, stop=stop or Stop())
    return [
        worded(fact) for fact in difference(old, new, solves=SOLVES if causes else 0, counterfactuals=counterfactuals)
    ]


def explainer(plan: Plan) -> Explainer:
    """The former name of `explain`."""
    warnings.warn("orebook.explainer is now orebook.explain", DeprecationWarning, stacklevel=2)
    return explain(plan)


def difference(old: Plan, new: Plan, *, causes: bool = True, stop: Stop | None = None) -> list[Fact]:
    """The former name of `compare`."""
    warnings.warn("orebook.difference is now orebook.compare", DeprecationWarning, stacklevel=2)
    return compare(old, new, causes=causes, stop=stop)


def write_workbook(instance: Problem | Document, path: str | PathLike[str], *, force: bool = False) -> None:
    """Write an instance as an .xlsx with a sheet a table; `read` takes it wherever it takes a folder.

    `instance`: a problem, with its changes made.
    `path`: the file.
    `force`: replace one that is there already.

    The same instance makes the same bytes. Raises WriteError where a file is there already, and for a text that no cell can
    hold.

        >>> import orebook, pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "book.xlsx"
        >>> orebook.write_workbook(orebook.read("vault-small"), path)
        >>> orebook.read(path)
        Problem vault-small: 6 minerals, 16 offers, 4 weeks
    """
    from orebook.export import workbook_of
    from orebook.files.atomic import write_file

    write_file(Path(path), workbook_of(_document(instance)), force=force)


def write_instance(instance: Problem | Document, folder: str | PathLike[str]) -> None:
    """Write an instance as a folder of files.

    `instance`: a problem, with its changes made.
    `folder`: one that is new or empty.

    Raises WriteError where the folder holds anything.

        >>> import orebook, pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp()) / "dearer"
        >>> orebook.write_instance(orebook.read("vault-small").change("minerals.copper.price_usd_per_t=+10%"), folder)
        >>> orebook.read(folder).minerals["copper"].price_usd_per_t
        14300.0
    """
    from orebook.export import files_of
    from orebook.files.atomic import write_folder

    write_folder(Path(folder), files_of(_document(instance)), new=True)


def next_week(
    plan: Plan,
    *,
    approved: Iterable[tuple[str, int]] | None = None,
    prices: Mapping[str, float] | None = None,
    received: Iterable[Mapping[str, object]] = (),
    frozen_weeks: int | None = None,
) -> NextWeek:
    """The problem a week after a plan, by what really happened: `problem`, and each difference from the plan in `differences`.

    `plan`: its orders of week 1 are placed, and its later orders the new problem's prior plan.
    `approved`: (offer, week) of the tickets approved: those of week 1 that are not are not placed. None: all of week 1.
    `prices`: benchmarks of the new first week by mineral, in USD/t; those of later weeks move along.
    `received`: what came in in week 1: mappings of `mineral`, `site`, `tonnes`, and as far as wanted `rest_week` (of the new
      plan, in which what is missing comes; None: never) and `paid_usd` (invoiced for inbound goods). What is not listed came
      as it was to.
    `frozen_weeks`: weeks of the new plan in which the prior plan stands. None: those wholly approved.

    Raises InputError for what the plan does not have.

        >>> import orebook
        >>> plan = orebook.solve("vault-small", audit=False)
        >>> moved = orebook.next_week(plan, prices={"copper": 13_100.0})
        >>> moved.problem
        Problem vault-small: 6 minerals, 16 offers, 4 weeks
        >>> moved.problem.start, moved.problem.minerals["copper"].price_usd_per_t
        (datetime.date(2026, 2, 16), 13100.0)
    """
    from orebook.rolling.moving_on import next_week as move_on
    from orebook.rolling.week_facts import WeekFacts, received_of

    tickets = None if approved is None else frozenset((offer, int(week)) for offer, week in approved)
    return move_on(plan, WeekFacts(tickets, dict(prices or {}), received_of(received), frozen_weeks))


def import_book(
    book: str | PathLike[str] | Mapping[str, Sequence[Sequence[Any]]],
    mapping: str | PathLike[str] | BookMapping | None = None,
    *,
    before: str | PathLike[str] | None = None,
) -> Imported:
    """What a planner's own book is as an instance: its tables found, its columns read, every conversion on record.

    `book`: a workbook (.xlsx, .ods), a CSV file, a folder of them, or rows of cells by sheet.
    `mapping`: what its sheets and columns become, as a file or as `Imported.mapping`; None: what the book suggests.
    `before`: an instance that was imported last week, with which this one is compared, and whose other tables stay.

    Raises InputError where the book or the mapping cannot be read; what is wrong in a cell is among the findings.

        >>> import orebook
        >>> rows = [["Supplier", "Metal", "Price (USD/lb)", "MOQ (t)"], ["Traxys", "Tin", 15, 5]]
        >>> imported = orebook.import_book({"Quotes": rows})
        >>> imported.problem.offers["traxys-tin"].price_usd_per_t
        33069.33933
        >>> print(imported.trace("offers.traxys-tin.min_order_t")[0])
        offers.traxys-tin.min_order_t = 5  <-  Quotes!D2: 5
    """
    from orebook.importing.imported import import_book

    return import_book(book, mapping, before)


def trace(instance: str | PathLike[str], address: str) -> list[Source]:
    """Where figures of an imported instance came from.

    `instance`: the folder that an import wrote.
    `address`: a figure such as `offers.x.price_usd_per_t`, or a row; `*` is any part of a key.

    Raises InputError where the instance was not imported, and where the book says nothing of it.

        >>> import orebook, pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp()) / "mine"
        >>> orebook.import_book({"Quotes": [["Supplier", "Metal", "Price USD/t"], ["Traxys", "Tin", 30000]]}).save(folder)
        >>> print(orebook.trace(folder, "offers.traxys-tin.house")[0])
        offers.traxys-tin.house = Traxys  <-  Quotes!A2: Traxys
    """
    from orebook.importing.imported import trace

    return trace(Path(instance), address)


def _document(instance: Problem | Document) -> Document:
    return instance if isinstance(instance, Document) else instance.document


def _save_hedge(hedged: HedgedPlan, folder: str | PathLike[str]) -> None:
    from orebook.files.atomic import write_folder
    from orebook.report import files_of_hedge

    write_folder(Path(folder), files_of_hedge(hedged))


def _save(plan: Plan, folder: str | PathLike[str]) -> None:
    from orebook.files.atomic import write_folder
    from orebook.report import files_of

    write_folder(Path(folder), files_of(plan))


def _html(plan: Plan) -> str:
    from orebook.report.notebook import notebook

    return notebook(plan)


SAVE.bind(_save)
SAVE_HEDGE.bind(_save_hedge)
HTML.bind(_html)
