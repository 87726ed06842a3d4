"""What is wanted of the reserve, and whether it can be had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orebook.checks.context import CheckContext
from orebook.exact import Fraction, exact
from orebook.findings import Finding
from orebook.problem import Problem, Target
from orebook.reading.quoting import figure
from orebook.schema.tables import MineralRow, TargetRow, WithdrawalRow


def target_out_of_reach(case: CheckContext) -> Iterator[Finding]:
    """A target that stock and orders under way do not meet, and that no offer can serve in time."""
    arrivals = _first_arrivals(case)
    minerals, targets = case.sheet(MineralRow), case.sheet(TargetRow)
    lines = {row.mineral: entry for entry, row in minerals.rows()}
    listed = {row.key(): entry for entry, row in targets.rows()}
    for target in case.problem.targets:
        held = _held(case.problem, target)
        use = exact(case.problem.minerals[target.mineral].use_t_per_day)
        arrives = arrivals.get(target.mineral)
        if held >= exact(target.days) * use or (arrives is not None and arrives <= target.week):
            continue
        comes = f"the first order arrives in week {arrives}" if arrives else "no offer of it can be ordered"
        says = (
            f'{figure(target.days)} days of "{target.mineral}" cannot be reached by week {target.week}: '
            f"stock and inbound give {figure(float(held / use), 4)} days, and {comes}"
        )
        entry = listed.get((target.mineral, target.week))
        if entry is not None:
            yield targets.warning("target_out_of_reach", entry, "days", says)
        else:
            yield minerals.warning("target_out_of_reach", lines[target.mineral], "mineral", says)


def _first_arrivals(case: CheckContext) -> dict[str, int]:
    """mineral -> the first week in which an order of it can arrive; minerals that nobody can order are left out."""
    first: dict[str, int] = {}
    for offer in case.problem.offers.values():
        weeks, _ = case.open[offer.name]
        if weeks:
            arrives = case.problem.arrives(offer, weeks[0])
            first[offer.mineral] = min(arrives, first.get(offer.mineral, arrives))
    return first


def _held(problem: Problem, target: Target) -> Fraction:
    """Tonnes from stock and inbound orders up to the target's week, withdrawals left out."""
    tonnes = [t for (mineral, _), t in problem.stock.items() if mineral == target.mineral]
    tonnes += [i.tonnes for i in problem.inbound if i.mineral == target.mineral and i.week <= target.week]
    return sum((exact(t) for t in tonnes), Fraction(0))


def target_without_use(case: CheckContext) -> Iterator[Finding]:
    """A target for a mineral that nobody uses: its days are no tonnes."""
    sheet = case.sheet(TargetRow)
    for entry, row in sheet.rows():
        if case.problem.minerals[row.mineral].use_t_per_day == 0:
            says = f'"{row.mineral}" has no use, so days of cover mean nothing; give it one, or take the row out'
            yield sheet.warning("target_without_use", entry, "mineral", says)


def withdrawal_without_use(case: CheckContext) -> Iterator[Finding]:
    """A withdrawal of a mineral that nobody uses: what goes unserved is counted in tonnes, not in days."""
    sheet = case.sheet(WithdrawalRow)
    said: set[str] = set()
    for entry, row in sheet.rows():
        if case.problem.minerals[row.mineral].use_t_per_day == 0 and row.mineral not in said:
            said.add(row.mineral)
            says = f'"{row.mineral}" has no use, so a tonne not served counts as one day; give it a use'
            yield sheet.warning("withdrawal_without_use", entry, "mineral", says)


def idle_mineral(case: CheckContext) -> Iterator[Finding]:
    """A mineral that nobody uses and nobody draws: nothing would ever be bought of it."""
    drawn = {w.mineral for w in case.problem.withdrawals.values()}
    committed: dict[str, float] = defaultdict(float)
    for offer in case.problem.offers.values():
        committed[offer.mineral] += offer.commit_t
    sheet = case.sheet(MineralRow)
    for entry, row in sheet.rows():
        used = case.problem.minerals[row.mineral].use_t_per_day > 0
        if not used and row.mineral not in drawn and not committed[row.mineral]:
            says = f'nobody uses or draws "{row.mineral}", so none is bought; give its use, or take it out'
            yield sheet.warning("idle_mineral", entry, "mineral", says)
