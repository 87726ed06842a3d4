"""The commands and their options. Nothing heavy is imported before a command runs, so that `--help` is quick."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from orebook.cli.service import add_to
from orebook.collector import own_process

app = typer.Typer(
    help="Buy plans for a reserve of critical minerals: solved, proven, checked.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Instance = Annotated[
    Path,
    typer.Argument(help="An instance: a folder, .xlsx, .ods, .zip or .json, or a name that ships.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output, nothing else there.")]
Changes = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="CHANGE", help="Such as minerals.copper.price_usd_per_t=+10%; may stand often."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse what is only suspicious, too.")]


class InTransitChoice(StrEnum):
    """What becomes of goods under way."""

    lost = "lost"
    arrive = "arrive"
    refund = "refund"


Known = Annotated[
    int | None,
    typer.Option(min=2, metavar="WEEK", help="The first week at whose start the changes of --set are known."),
]
InTransitOption = Annotated[
    InTransitChoice, typer.Option(help="With --known: what becomes of goods under way that the changes bar.")
]


class Redact(StrEnum):
    """What a report may go without."""

    prices = "prices"
    targets = "targets"
    houses = "houses"


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Show the version and leave.")] = False) -> None:
    if version:
        from orebook import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.", show_default=False)],
    source: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="What to begin from: an instance that ships, such as vault-small, a folder, a workbook, or `empty`.",
        ),
    ] = None,
) -> None:
    """Write a small instance to begin from, or another as a folder. Exit status 2 where the folder holds anything already."""
    from orebook.cli.init import run

    raise typer.Exit(run(folder, source))


@app.command()
def check(
    instance: Instance,
    changes: Changes = None,
    marked: Annotated[Path | None, typer.Option(help="Copy of the workbook to write, findings marked.")] = None,
    clash: Annotated[bool, typer.Option("--clash", help="Which rules leave no plan, and what mends them.")] = False,
    model: Annotated[str, typer.Option(help="With --clash: a declared model, or a .toml file.")] = "weekly",
    force: Force = False,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """List every fault and everything suspicious in an instance, and with --clash the rules that leave it no plan.

    Exit status: 0 it can be used, 1 it cannot; with --clash 3 no plan can exist, 5 no clash was found in time; 2 bad input.
    """
    from orebook.cli.check import CheckOptions, run

    options = CheckOptions(tuple(changes or ()), marked, clash, model, force, strict, as_json)
    raise typer.Exit(run(instance, options))


@app.command()
def workbook(
    instance: Instance,
    out: Annotated[Path, typer.Argument(help="The .xlsx to write; with another name, a folder.", show_default=False)],
    force: Force = False,
) -> None:
    """Write an instance as a workbook with a sheet a table, or a workbook as a folder. Nothing is lost either way."""
    from orebook.cli.workbook import run

    raise typer.Exit(run(instance, out, force=force))


@app.command("import")
def import_(
    book: Annotated[
        Path, typer.Argument(metavar="BOOK", help="A workbook, a .csv, or a folder of them.", show_default=False)
    ],
    mapping: Annotated[
        Path | None,
        typer.Option("--map", metavar="FILE", help="The mapping (.toml) to read by; written where there is none yet."),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="The instance to write, or to write anew.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Also where figures were changed by hand since.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read a planner's own sheets as an instance: tables found, columns proposed, units and dates converted, all on record.

    Exit status: 0 it can be used, and is written where --out names a folder; 2 something is left to be said or mended.
    """
    from orebook.cli.import_ import run

    raise typer.Exit(run(book, mapping, out, force=force, as_json=as_json))


@app.command()
def trace(
    instance: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that an import wrote.", show_default=False)],
    address: Annotated[
        str,
        typer.Argument(
            help="Such as offers.x.price_usd_per_t, or offers.x; * is any part of a key.", show_default=False
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Where a figure of an imported instance came from: the cell, what is typed there, and what was done to it."""
    from orebook.cli.trace import run

    raise typer.Exit(run(instance, address, as_json=as_json))


@app.command()
def solve(
    instance: Instance,
    model: Annotated[str, typer.Option(help="A declared model, or a .toml file.")] = "weekly",
    changes: Changes = None,
    gap: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Relative gap to reach; 0.005 is 0.5 %.")] = None,
    time_limit: Annotated[float | None, typer.Option(min=0.0, help="Seconds for solving, the audit apart.")] = None,
    threads: Annotated[int | None, typer.Option(min=1, max=64, help="Parts of the problem solved at a time.")] = None,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="tcp://HOST:PORT", help="A dask scheduler to solve minerals; needs orebook[cluster]."),
    ] = None,
    audit: Annotated[bool, typer.Option("--audit/--no-audit", help="Confirm the proof by a second path.")] = True,
    out: Annotated[Path | None, typer.Option(help="Folder to write; plans/NAME where left out.")] = None,
    start: Annotated[Path | None, typer.Option(help="A plan's folder, whose tickets the search begins from.")] = None,
    solver: Annotated[str | None, typer.Option(help="highs, scip, gurobi, or what a package brings.")] = None,
    log: Annotated[Path | None, typer.Option(help="A file to write the solver's own log to.")] = None,
    option: Annotated[
        list[str] | None,
        typer.Option(help="A setting of the solver: seed=3, presolve=off, tolerance=1e-9; may stand often."),
    ] = None,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Solve the buy plan, write it and its report, and audit the proof.

    Exit status: 0 a plan within the gap, 2 bad input, 3 no plan can exist, 4 a plan not proven within the gap,
    5 stopped without a plan.
    """
    from orebook.cli.solve import SolveOptions, run

    options = SolveOptions(
        model=model,
        gap=gap,
        time_limit=time_limit,
        threads=threads,
        cluster=cluster,
        audit=audit,
        out=out,
        strict=strict,
        as_json=as_json,
        changes=tuple(changes or ()),
        start=start,
        solver=solver,
        log=log,
        settings=tuple(option or ()),
    )
    raise typer.Exit(run(instance, options))


@app.command()
def export(
    instance: Instance,
    stage: Annotated[str, typer.Option(help="The stage to write; those before it are solved and held.")] = "cover",
    mps: Annotated[Path | None, typer.Option(help="An .mps file to write.")] = None,
    lp: Annotated[Path | None, typer.Option(help="An .lp file to write.")] = None,
    changes: Changes = None,
    model: Annotated[str, typer.Option(help="A declared model, or a .toml file.")] = "weekly",
    time_limit: Annotated[float | None, typer.Option(help="Seconds for the stages before.")] = None,
) -> None:
    """Write a stage as the mixed-integer program that a solver is given, with the names that reports use.

    Exit status: 0 written, 2 bad input, 3 no plan can exist, 5 stopped before the stages before had one.
    """
    from orebook.cli.export import run

    files = [path for path in (mps, lp) if path is not None]
    if not files:
        raise typer.BadParameter("name a file to write with --mps or --lp")
    raise typer.Exit(run(instance, model, stage, files, changes or (), time_limit))


@app.command()
def verify(
    instance: Instance,
    plan: Annotated[Path, typer.Argument(help="A plan.json, of whatever origin.", show_default=False)],
    model: Annotated[str | None, typer.Option(help="Whose rules; the plan's own, else weekly.")] = None,
    changes: Changes = None,
    known: Known = None,
    in_transit: InTransitOption = InTransitChoice.lost,
    as_json: AsJson = False,
) -> None:
    """Judge a plan without the solver. Exit status 1 where it breaks a rule or does not add up."""
    from orebook.cli.verify import run

    raise typer.Exit(run(instance, plan, model, changes or (), known, in_transit.value, as_json=as_json))


@app.command()
def explain(
    plan: Annotated[Path, typer.Argument(help="A plan's folder; with --clash an instance.", show_default=False)],
    mineral: Annotated[
        list[str] | None, typer.Option(help="Why this mineral is short, and what would mend it.")
    ] = None,
    ticket: Annotated[list[str] | None, typer.Option(help="Why this ticket: OFFER/WEEK.")] = None,
    offer: Annotated[
        list[str] | None, typer.Option(help="Why not this offer, and at which price it would enter.")
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option(help="What a rule and each of its rows costs; floors, duties too.")
    ] = None,
    margins: Annotated[bool, typer.Option("--margins", help="What more budget, room and capacity buys.")] = False,
    baselines: Annotated[bool, typer.Option("--baselines", help="What the plan wins over simpler ones.")] = False,
    ration: Annotated[
        bool, typer.Option("--ration", help="Who goes without, and what a tonne more of entitlement is worth.")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--whole", help="When targets are met again, and what keeps them from being so sooner.")
    ] = False,
    rotation: Annotated[
        bool, typer.Option("--rotation", help="What leaves for its age, and what letting goods lapse would be worth.")
    ] = False,
    exposed: Annotated[bool, typer.Option("--exposed", help="What a bar that nobody foresees would strand.")] = False,
    stance: Annotated[
        bool, typer.Option("--stance", help="Of a hedged plan: how sure each order of now is, and what it is worth.")
    ] = False,
    turn: Annotated[
        bool, typer.Option("--turn", help="Of a hedged plan: the probabilities at which orders of now turn.")
    ] = False,
    worth: Annotated[
        bool, typer.Option("--worth", help="Of a hedged plan: what knowing is worth, and planning for all futures.")
    ] = False,
    tail: Annotated[
        bool, typer.Option("--tail", help="Of a hedged plan: the worst futures, and the ticket that would help.")
    ] = False,
    clash: Annotated[bool, typer.Option("--clash", help="Of an instance: use `orebook check --clash`.")] = False,
    model: Annotated[str, typer.Option(help="With --clash: a declared model, or a .toml file.")] = "weekly",
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Processes; as many as cores, at most 8.")] = None,
    as_json: AsJson = False,
) -> None:
    """Explain a plan, or a hedged one: one question at a time, or without options all of its report, which is written anew.

    Exit status: 0 every answer stands, 2 bad input, 5 no clash was found in time, 70 a fact was dropped as its check failed.
    """
    from orebook.cli.explain import ExplainOptions, run

    questions = [
        *(("shortage", m) for m in mineral or ()),
        *(("ticket", *t.rsplit("/", 1)) for t in ticket or ()),
        *(("offer", o) for o in offer or ()),
        *(("rule", r) for r in rule or ()),
        *[("margin",)] * margins,
        *[("baselines",)] * baselines,
        *[("ration",)] * ration,
        *[("whole",)] * whole,
        *[("rotation",)] * rotation,
        *[("exposed",)] * exposed,
        *[("stance",)] * stance,
        *[("turn",)] * turn,
        *[("worth",)] * worth,
        *[("tail",)] * tail,
    ]
    raise typer.Exit(run(plan, ExplainOptions(tuple(questions), clash, model, workers, as_json)))


@app.command()
def whatif(
    instance: Annotated[Path, typer.Argument(help="An instance, or the folder of its plan.", show_default=False)],
    model: Annotated[str, typer.Option(help="A declared model, or a .toml file.")] = "weekly",
    changes: Changes = None,
    known: Known = None,
    in_transit: InTransitOption = InTransitChoice.lost,
    scenarios: Annotated[Path | None, typer.Option(help="Scenarios: .toml, .csv, or a workbook's sheet.")] = None,
    sweep: Annotated[
        list[str] | None,
        typer.Option(metavar="ADDRESS=LOW:HIGH:N", help="Such as minerals.copper.price_usd_per_t=-30%:+30%:25."),
    ] = None,
    tornado: Annotated[
        str | None,
        typer.Option(metavar="PCT|own", help="Every price so much, or its own weekly volatility, lower and higher."),
    ] = None,
    draws: Annotated[
        int | None, typer.Option(min=1, help="Draw weekly walks of all prices so often, from volatility.csv.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="With --draws: the same seed, the same prices.")] = 0,
    level: Annotated[float, typer.Option(min=50.0, max=99.9, help="With --draws: %, of the value at risk.")] = 95.0,
    break_even: Annotated[
        str | None, typer.Option(metavar="ADDRESS=LOW:HIGH", help="Where between the two the answer to --when turns.")
    ] = None,
    when: Annotated[
        str | None, typer.Option(help="plan, 'ticket OFFER', or cost, cash, short, unmet, changed < or > a number.")
    ] = None,
    gap: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Relative gap of each solve.")] = None,
    time_limit: Annotated[float | None, typer.Option(min=0.0, help="Seconds of each solve.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Processes; as many as cores.")] = None,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="tcp://HOST:PORT", help="A dask scheduler to solve scenarios; needs orebook[cluster]."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write; plans/NAME-whatif where left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Solve what-ifs from a base plan, so that only what must change changes.

    Exit status: 0 every scenario has a plan within the gap, else as `solve`; 70 a scenario failed.
    """
    from orebook.cli.whatif import run
    from orebook.cli.whatif_options import WhatIfOptions
    from orebook.scenarios.study_request import DrawSettings

    options = WhatIfOptions(
        model=model,
        changes=tuple(changes or ()),
        known=known,
        in_transit=in_transit.value,
        scenarios=scenarios,
        sweeps=tuple(sweep or ()),
        tornado=tornado,
        draws=DrawSettings(draws, seed, level / 100) if draws is not None else None,
        break_even=break_even,
        when=when,
        gap=gap,
        time_limit=time_limit,
        workers=workers,
        cluster=cluster,
        out=out,
        as_json=as_json,
    )
    raise typer.Exit(run(instance, options))


@app.command()
def hedge(
    instance: Instance,
    model: Annotated[str, typer.Option(help="A declared model, or a .toml file.")] = "weekly",
    tail: Annotated[
        float, typer.Option(min=1e-6, max=1.0, help="The part of the probability that is the worst.")
    ] = 0.1,
    tail_weight: Annotated[
        float, typer.Option(min=0.0, max=0.999, help="How much the mean of that part weighs; 0: the mean of all alone.")
    ] = 0.0,
    changes: Changes = None,
    gap: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Relative gap of each solve.")] = None,
    time_limit: Annotated[float | None, typer.Option(min=0.0, help="Seconds of solving, the audit apart.")] = None,
    audit: Annotated[bool, typer.Option("--audit/--no-audit", help="Confirm the proof by a second path.")] = True,
    out: Annotated[Path | None, typer.Option(help="Folder to write; plans/NAME-hedge where left out.")] = None,
    check: Annotated[
        int | None, typer.Option(min=1, max=3000, metavar="N", help="Hold the orders against so many fresh draws.")
    ] = None,
    check_seed: Annotated[int, typer.Option(min=0, help="With --check: the same seed, the same draws.")] = 2,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes, a future or draw each; as many as cores, at most 8.")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="tcp://HOST:PORT", help="A dask scheduler to solve futures; needs orebook[cluster]."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What to order before anyone knows which of the instance's futures comes, so that it does best over all of them.

    Exit status: as `solve`.
    """
    from orebook.cli.hedge import HedgeOptions, run

    options = HedgeOptions(
        model,
        tail,
        tail_weight,
        tuple(changes or ()),
        gap,
        time_limit,
        audit,
        out,
        as_json,
        check=check,
        check_seed=check_seed,
        workers=workers,
        cluster=cluster,
    )
    raise typer.Exit(run(instance, options))


@app.command()
def futures(
    instance: Instance,
    draws: Annotated[int, typer.Option(min=1, max=3000, help="How many to draw.")] = 500,
    keep: Annotated[int, typer.Option(min=1, max=3000, help="How many to keep, which stand for all.")] = 12,
    seed: Annotated[int, typer.Option(min=0, help="The same seed, the same futures.")] = 1,
    prices: Annotated[bool, typer.Option("--prices/--no-prices", help="Prices too, or hazards alone.")] = True,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR|FILE", help="A folder, or an .xlsx; the instance's where left out.")
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Draw futures from volatility, correlations and hazards, and write futures.csv and future_changes.csv of a few.

    Exit status: 0 written, 2 bad input, 70 not written.
    """
    from orebook.cli.futures import FuturesOptions, run

    raise typer.Exit(run(instance, FuturesOptions(draws, keep, seed, prices, out, force, as_json)))


@app.command()
def roll(
    instance: Instance,
    weeks: Annotated[int, typer.Option(min=1, max=520, help="Weeks to roll on.")] = 26,
    prices: Annotated[
        Path | None, typer.Option(help="The prices that come true: a CSV of mineral, date, price_usd_per_t.")
    ] = None,
    events: Annotated[
        Path | None, typer.Option(help="The changes that come true: a CSV of date, change and in_transit.")
    ] = None,
    start: Annotated[str | None, typer.Option(help="First Monday; the instance's own where left out.")] = None,
    way: Annotated[
        list[str] | None, typer.Option(help="plan, hedged, 'no changes', foresight or thumb; all where left out.")
    ] = None,
    model: Annotated[str, typer.Option(help="A declared model, or a .toml file.")] = "weekly",
    gap: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Relative gap of each solve.")] = None,
    time_limit: Annotated[float | None, typer.Option(min=0.0, help="Seconds of each solve.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes, a way each.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Folder to write; plans/NAME-roll where left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Plan, commit the first week, move on a week with the price that came true, and again; beside other ways of planning.

    Exit status: 0 every way came to its last week, 3 a week has no plan, 5 stopped; 2 bad input.
    """
    from orebook.cli.roll import RollOptions, run

    options = RollOptions(model, weeks, prices, start, tuple(way or ()), gap, time_limit, workers, out, as_json, events)
    raise typer.Exit(run(instance, options))


@app.command()
def drill(
    instance: Instance,
    drill: Annotated[
        Path,
        typer.Argument(
            metavar="DRILL", help="A .toml file, or a name among the instance's own drills.", show_default=False
        ),
    ],
    weeks: Annotated[
        int | None,
        typer.Option(min=1, max=520, help="Weeks to drill; where left out 4 or more, to two after the last shock."),
    ] = None,
    model: Annotated[str, typer.Option(help="A declared model, or a .toml file.")] = "weekly",
    gap: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Relative gap of each solve.")] = None,
    time_limit: Annotated[float, typer.Option(min=0.0, help="Seconds of each solve; twice in the first week.")] = 22.0,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes, a way each; as many as cores, at most 8.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder to write; plans/INSTANCE-DRILL where left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """A table-top exercise: shocks come week after week, and nobody knows a later one; beside foresight and a rule of thumb.

    Exit status: 0 every way came to its last week, 3 a week has no plan, 5 stopped; 2 bad input.
    """
    from orebook.cli.drill import DrillOptions, run

    raise typer.Exit(run(instance, drill, DrillOptions(weeks, model, gap, time_limit, workers, out, as_json)))


@app.command()
def compare(
    plans: Annotated[list[Path], typer.Argument(help="Plans' folders, the oldest first.", show_default=False)],
    causes: Annotated[
        bool, typer.Option("--causes/--no-causes", help="Of two plans: solve for what forced what.")
    ] = True,
    html: Annotated[Path | None, typer.Option(help="The page to write; one offline file.")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="The same as an Excel workbook with charts.")] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Set plans side by side; of two, say which input forced which ticket, and which change was a free choice."""
    from orebook.cli.compare import CompareOptions, run

    if len(plans) < 2:
        raise typer.BadParameter("name two plans or more", param_hint="PLANS")
    raise typer.Exit(run(plans, CompareOptions(causes, html, xlsx, force, as_json)))


@app.command()
def report(
    plan: Annotated[Path, typer.Argument(help="A plan's folder.", show_default=False)],
    html: Annotated[Path | None, typer.Option(help="The page to write; one offline file.")] = None,
    md: Annotated[Path | None, typer.Option(help="The same in short, as markdown.")] = None,
    pdf: Annotated[Path | None, typer.Option(help="The page as a PDF; needs orebook[pdf].")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="The plan as an Excel workbook.")] = None,
    redact: Annotated[list[Redact] | None, typer.Option(help="What to leave out; may stand often.")] = None,
    lender: Annotated[
        str | None,
        typer.Option(help="Instead: what this source of money may see, its own loan and the stock as its cover."),
    ] = None,
    force: Force = False,
) -> None:
    """Write a plan's report again, with the facts of `orebook explain`, whole or without what must not leave the house."""
    from orebook.cli.forms import Outputs
    from orebook.cli.report import ReportOptions, run

    hide = tuple(r.name for r in redact or ())
    raise typer.Exit(run(plan, ReportOptions(Outputs(html, md, pdf, xlsx, force), hide, lender)))


@app.command()
def statement(
    plan: Annotated[Path, typer.Argument(help="A plan's folder.", show_default=False)],
    member: Annotated[
        str | None, typer.Option(help="Of this member alone, to be handed to it; of all where left out.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="The page to write; one offline file.")] = None,
    md: Annotated[Path | None, typer.Option(help="The same as markdown.")] = None,
    pdf: Annotated[Path | None, typer.Option(help="The page as a PDF; needs orebook[pdf].")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="The same as an Excel workbook.")] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """What members of the reserve may draw, have drawn, owe and carry in a plan; tables where no file is named.

    Exit status: 0 done, 2 bad input, such as a plan of a reserve without members.
    """
    from orebook.cli.forms import Outputs
    from orebook.cli.statement import StatementOptions, run

    raise typer.Exit(run(plan, StatementOptions(member, Outputs(html, md, pdf, xlsx, force), as_json)))


@app.command("next-week")
def next_week(
    plan: Annotated[Path, typer.Argument(help="A plan's folder.", show_default=False)],
    out: Annotated[Path, typer.Option(help="The folder of the new instance, new or empty.", show_default=False)],
    approved: Annotated[
        Path | None, typer.Option(help="CSV of offer, week: the tickets approved; all of week 1 where left out.")
    ] = None,
    prices: Annotated[
        Path | None, typer.Option(help="CSV of mineral, price_usd_per_t: benchmarks of the new first week.")
    ] = None,
    received: Annotated[
        Path | None, typer.Option(help="CSV of mineral, site, tonnes, rest_week, paid_usd: what came in in the week.")
    ] = None,
    frozen_weeks: Annotated[
        int | None, typer.Option(min=0, help="Weeks of the new plan that stand; those wholly approved where left out.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Move an instance on by a week: orders of week 1 placed, goods received, money paid, later orders the prior plan.

    Exit status: 0 written, 2 bad input, or the folder holds anything.
    """
    from orebook.cli.next_week import NextWeekOptions, run

    raise typer.Exit(run(plan, NextWeekOptions(approved, prices, received, frozen_weeks, out, as_json)))


add_to(app)


def main() -> None:
    """The entry point."""
    own_process()
    app()
