"""A drill as one offline page: in short, each shock, who went without, cover week by week, what is whole when, and the ways."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.report.heat import Heat
from orebook.report.rendering import render
from orebook.report.section import Section, section
from orebook.report.studies import drill_tables as tables
from orebook.report.studies import drill_week_tables as week_tables
from orebook.report.studies.drill_rows import cover_rows, struck_of
from orebook.report.studies.drill_words import in_short, shock_says
from orebook.rolling.drilled import DrillResult

CHART_ROWS = 25
"""Minerals of the map; the table has the rest."""


def drill_page(result: DrillResult) -> str:
    """The page of a drill."""
    title = f"Drill: {result.drill.name}"
    return render("scenarios.html.j2", title=title, sections=list(_sections(result)), source="drill.json")


def _sections(result: DrillResult) -> Iterator[Section]:
    plan, drill = result.way("plan"), result.drill
    said = f"{result.problem.title or result.problem.name}. Nobody knows a shock before its week, but foresight."
    points = tuple(filter(None, in_short(result)))
    yield section("answer", "In short", drill.note, said, points=points, tables=[tables.ways_table(result)])
    shocks = tuple(shock_says(result, shock) for shock in drill.shocks)
    weeks = dict.fromkeys(shock.week for shock in drill.shocks)
    struck = {shock.week: tables.struck_table(struck_of(plan, shock)) for shock in drill.shocks}
    hit = [table for week in weeks for table in (struck[week], tables.set_back_table(result, week))]
    yield section("shocks", "What each shock did", points=shocks, tables=hit)
    yield section("without", "Who went without", *_without(result), tables=[tables.unserved_table(result)])
    yield section("whole", "When it is whole again", tables=[tables.targets_table(result)])
    cover = week_tables.cover_table(result)
    runs_out = week_tables.members_table(result)
    yield section("cover", "Days of cover, week by week", charts=[_map(result)], tables=[runs_out, cover])
    helped = week_tables.helped_table(result)
    yield section("helped", "What would have helped", *_helped(result), tables=[helped])
    ordered = [week_tables.orders_table(plan)] if plan else []
    yield section("weeks", "What was done", tables=[week_tables.weeks_table(result), *ordered])


def _without(result: DrillResult) -> Iterator[str]:
    plan = result.way("plan")
    if plan is not None and not plan.without:
        yield "Nobody: every withdrawal is served whole."


def _helped(result: DrillResult) -> Iterator[str]:
    if not result.helped:
        yield "Nothing that could have been ordered before the last shock: foresight ordered no more of anything."


def _map(result: DrillResult) -> Heat:
    """Days of cover that are missing, mineral by week."""
    rows = cover_rows(result)[:CHART_ROWS]
    weeks = len(rows[0][0].days) if rows else 0
    return Heat(
        "Days of cover that are missing",
        "days",
        "mineral",
        "end of week",
        tuple(row.mineral for row, _ in rows),
        tuple(str(week) for week in range(1, weeks + 1)),
        tuple(tuple(max(0.0, wanted - days) for days in row.days) for row, wanted in rows),
    )
