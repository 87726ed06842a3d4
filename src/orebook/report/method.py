"""How everything here is known, and the commands that do it again."""

from __future__ import annotations

import shlex
from collections import Counter

from orebook import formats as f
from orebook.hedged import HedgedPlan
from orebook.report.report_input import Brief
from orebook.report.table import Column, Table
from orebook.schema.facts import Fact, Kind, Method

KNOWN: dict[Method, str] = {
    "arithmetic": "worked out by the judge, without a solver",
    "bound": "a bound that no plan can beat, worked out with the solver",
    "solve": "solved again with the changes made; a range is what the solves prove",
}


HEDGED: tuple[Kind, ...] = ("stance", "turn", "worth", "tail")
"""What facts about hedged plans alone are of."""


def texts(brief: Brief) -> tuple[str, ...]:
    """What the figures stand on."""
    stamp, weights = brief.plan.document.instance, brief.plan.model.weights
    figures = (
        f"Every figure of tickets, cover, money and stores follows from the tickets, puts, outs and draws in plan.json and "
        f"from the instance {stamp.name} (digest {stamp.digest}), worked out in exact arithmetic without the solver."
    )
    days = (
        f"A day of cover is one day of use of a mineral. Weighted days count each day short by its criticality, "
        f"and a day short of the critical part {f.plain(weights.critical_weight, 6)} times on top. A stage keeps "
        f"what the stages before it reached, within their slack. Model {brief.plan.model.name}, digest "
        f"{brief.plan.document.model.digest}."
    )
    return figures, days, *_of_facts(brief)


def _of_facts(brief: Brief) -> tuple[str, ...]:
    if not brief.facts:
        return ()
    known = Counter(fact.method for fact in brief.facts)
    ways = "; ".join(f"{known[method]:,} {how}" for method, how in KNOWN.items() if known[method])
    return (
        f"{f.count(len(brief.facts), 'fact')} explain the plan: {ways}. Each is done again with the command beside it: "
        f"solve, and compare. Where minerals are held, their tickets were kept as they are for that fact.",
    )


def check(brief: Brief) -> str:
    """The command that judges the plan again."""
    what = "PLAN" if brief.hedged else "plan.json"
    return f"orebook verify INSTANCE {what} --model {shlex.quote(brief.plan.model.name)}{_sets(brief)}"


def facts(brief: Brief) -> Table:
    """A row a fact: what it says, how it is known, and the command that gives its figures."""
    minerals = len(brief.plan.problem.minerals)
    columns: list[Column[Fact]] = [
        ("fact", "words", lambda x: x.says),
        ("about", "left", lambda x: x.kind),
        ("known by", "left", lambda x: x.method),
        ("minerals held", "right", lambda x: f"{len(x.held)} of {minerals}" if x.held else ""),
        ("does it again", "words", lambda x: command(brief, x)),
    ]
    said = [fact for fact in brief.facts if fact.says]
    return Table.of("Every fact, and how to have it again", said, columns).fold()


def command(brief: Brief, fact: Fact) -> str:
    """The command that reproduces a fact: its changes solved, or the question that it answers asked again."""
    if not fact.changes:
        return " ".join(("orebook explain", *map(shlex.quote, _question(fact))))
    model = shlex.quote(brief.plan.model.name)
    sets = "".join(f" --set {shlex.quote(change)}" for change in fact.changes)
    if brief.hedged and fact.kind in HEDGED:
        return f"orebook hedge INSTANCE --model {model}{_risk(brief.hedged)}{_sets(brief)}{sets}"
    return f"orebook solve INSTANCE --model {model}{_sets(brief)}{sets}"


def _risk(hedged: HedgedPlan) -> str:
    """The options of what is minimised, where they are not those that hold without them."""
    risk = hedged.document.risk
    weight = f" --tail {f.plain(risk.tail, 9)} --tail-weight {f.plain(risk.tail_weight, 9)}"
    return weight if risk.tail_weight else ""


def _question(fact: Fact) -> tuple[str, ...]:
    """What the fact answers, as `orebook explain` asks it; of a plan as a whole everything."""
    about = fact.about
    asked: dict[Kind, tuple[str, ...]] = {
        "clash": ("INSTANCE", "--clash"),
        "shortage": ("PLAN", "--mineral", about.mineral or ""),
        "ticket": ("PLAN", "--ticket", f"{about.offer}/{about.week}"),
        "offer": ("PLAN", "--offer", about.offer or ""),
        "rule": ("PLAN", "--rule", about.rule or ""),
        "margin": ("PLAN", "--margins"),
        "baseline": ("PLAN", "--baselines"),
        "exposed": ("PLAN", "--exposed"),
        "ration": ("PLAN", "--ration"),
        "rotation": ("PLAN", "--rotation"),
        "whole": ("PLAN", "--whole"),
        **{kind: ("PLAN", f"--{kind}") for kind in HEDGED},
    }
    return asked.get(fact.kind, ("PLAN",))


def dropped(brief: Brief) -> str:
    """How many answers failed their check and are not here; empty where none did."""
    n = len(brief.dropped)
    return f"{f.count(n, 'ANSWER')} DROPPED, as {'its' if n == 1 else 'their'} check failed." if n else ""


def _sets(brief: Brief) -> str:
    changes = (brief.hedged or brief.plan).document.instance.changes
    return "".join(f" --set {shlex.quote(change)}" for change in changes)
