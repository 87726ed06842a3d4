"""What comes out of a plan: the summary on a terminal, and the files of its folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orebook.files.hedge_folder import hedge_texts
from orebook.files.plan_folder import plan_texts
from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.report.page import html, markdown
from orebook.report.summary import summary
from orebook.report.tables import cash_csv, cover_csv, tickets_csv
from orebook.report.workbook import plan_workbook
from orebook.schema.facts import Fact
from orebook.schema.hidden import Hidden

__all__ = ["files_of", "html", "markdown", "plan_workbook", "reports_of", "summary"]


def files_of(plan: Plan, facts: Iterable[Fact] = (), dropped: Sequence[str] = ()) -> dict[str, bytes | str]:
    """The folder of a plan, file name -> content; its report has the facts and counts the answers that were dropped."""
    known = tuple(facts)
    return {
        **plan_texts(plan),
        "tickets.csv": tickets_csv(plan),
        "cover.csv": cover_csv(plan),
        "cash.csv": cash_csv(plan),
        **reports_of(plan, known, dropped),
    }


def files_of_hedge(
    hedged: HedgedPlan, facts: Iterable[Fact] = (), dropped: Sequence[str] = ()
) -> dict[str, bytes | str]:
    """The folder of a hedged plan, path -> content: the files of its main plan, hedge.json, its report, a folder a future."""
    main = files_of(hedged.main)
    return {**main, **hedge_texts(hedged), **reports_of(hedged, tuple(facts), dropped)}


def reports_of(
    plan: Plan | HedgedPlan, facts: Sequence[Fact], dropped: Sequence[str], hide: Sequence[Hidden] = ()
) -> dict[str, bytes | str]:
    """The reports among those files, without what is to be hidden."""
    return {
        "report.md": markdown(plan, facts, hide, dropped),
        "report.html": html(plan, facts, hide, dropped),
        "plan.xlsx": plan_workbook(plan, facts, hide, dropped),
    }
