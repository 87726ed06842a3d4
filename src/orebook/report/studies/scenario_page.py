"""A study of what-ifs as tables, and as one offline page: what was asked, charts where its kind has some, and the tables."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.report.rendering import render
from orebook.report.section import Chart, section
from orebook.report.studies.scenario_charts import curves, heats, histograms, swings
from orebook.report.studies.scenario_tables import (
    frequency_table,
    outcome_table,
    risk_table,
    tornado_table,
    turning_table,
)
from orebook.report.table import Table
from orebook.scenarios.study_result import StudyResult
from orebook.scenarios.sweeps import sweep

WALKS = (
    "Prices are weekly walks whose mean is today's price; week 1 is known. As ordered: the base plan's tickets at the prices "
    "drawn, and nothing else changes. With foresight: what could be had by who knew every price from week 1."
)


def study_tables(result: StudyResult) -> list[Table]:
    """The answer of a study: its risk, its turn, its tornado where no outcome is missing, else a row a scenario."""
    if result.risk is not None:
        return [risk_table(result.risk), frequency_table(result.risk)]
    if result.turn is not None and result.turn.sides:
        return [turning_table(result.turn)]
    if result.request.kind == "tornado" and result.complete:
        return [tornado_table(result.base, result.outcomes)]
    return [outcome_table(result.base, result.outcomes)]


def study_page(result: StudyResult) -> str:
    """The page of a study; charts need every outcome."""
    name = result.base_plan.problem.name
    said = f"{len(result.outcomes):,} scenarios of {name}, each solved from its base plan."
    said += f" {WALKS if result.request.kind == 'draws' else _known(result)}"
    every = outcome_table(result.base, result.outcomes)
    answer = [] if result.request.kind in ("scenarios", "ranges") else study_tables(result)
    return page(f"What if: {name}", said, study_charts(result) if result.complete else [], answer, every)


def _known(result: StudyResult) -> str:
    """Since when the changes are known."""
    weeks = {o.known for o in result.outcomes}
    if len(weeks) > 1:
        return "Changes are known from the week that each scenario says."
    return f"Changes are known from week {weeks.pop() or 1}." if weeks else ""


def study_charts(result: StudyResult) -> list[Chart]:
    """The charts of a study of which every scenario was solved; a list of scenarios and a break-even have none."""
    match result.request.kind:
        case "draws":
            return histograms(result.outcomes)
        case "tornado":
            return swings(result.outcomes)
        case "ranges":
            ranges = result.request.ranges
            addresses = [text.partition("=")[0].strip() for text in ranges]
            if len(addresses) == 1:
                return curves(addresses[0], result.outcomes)
            if len(addresses) == 2:
                return heats(addresses[0], addresses[1], result.outcomes, len(sweep(ranges[1])))
    return []


def page(title: str, said: str, charts: Sequence[Chart], answer: Sequence[Table], outcomes: Table) -> str:
    """The page; `said` is a sentence on what was asked, `outcomes` the table of every scenario."""
    sections = [
        section("answer", "The answer", said, charts=charts, tables=answer),
        section("scenarios", "Every scenario", tables=[outcomes]),
    ]
    return render("scenarios.html.j2", title=title, sections=sections, source="outcomes.json")
