"""A drill in sentences: what a board reads before any table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orebook import formats as f
from orebook.report.studies.drill_rows import days_short, lost_usd, member_rows, struck_of, target_rows
from orebook.rolling.drill_results import DrilledWay, Struck
from orebook.rolling.drilled import CALM, DrillResult
from orebook.rolling.shock import Shock

NAMED = 3
"""Minerals that a sentence names."""

MEMORY = (
    " It keeps shares and splits over all weeks at once, and is held by them; a plan that is surprised counts what is "
    "still to be bought anew each week. Each solve may also end a gap from its best."
)
"""How foresight can end worse."""


def in_short(result: DrillResult) -> Iterator[str]:
    """What came, who went without, when it is whole again and what it cost; a sentence or two each."""
    plan, calm = result.way("plan"), result.way(CALM)
    if plan is None:
        yield "No week was planned."
        return
    yield _targets(result, plan, calm)
    yield _whole_again(result, plan)
    yield _without(plan)
    yield _runs_out(result)
    yield _cost(result, plan, calm)
    yield from _beside(result, plan)
    yield from _helped(result)


def _targets(result: DrillResult, plan: DrilledWay, calm: DrilledWay | None) -> str:
    met = len(plan.targets) - len(plan.missed)
    says = f"{met:,} of {f.count(len(plan.targets), 'target')} {'is' if met == 1 else 'are'} whole on time"
    if calm is not None:
        says += f"; {len(calm.targets) - len(calm.missed):,} would be, had no shock come"
    back = [row for row in target_rows(result) if row.back_days > 0]
    if not back:
        return f"{says}. No target is set back."
    worst = (f"{r.target.mineral} to {f.reached(r.target.reached, r.target.days)} days" for r in back[:NAMED])
    many = "1 target is" if len(back) == 1 else f"{len(back):,} targets are"
    return f"{says}. {many} set back, most of all {', '.join(worst)}."


def _whole_again(result: DrillResult, plan: DrilledWay) -> str:
    """Of the targets that shocks set back, when they are met again."""
    rows = [row for row in target_rows(result) if row.back_days > 0]
    again = sorted((r.target.whole_from, r.target.mineral) for r in rows if r.target.whole_from is not None)
    never = [r.target for r in rows if r.target.whole_from is None]
    parts = [f"{mineral} in week {week}" for week, mineral in again]
    if never:
        causes = defaultdict[str, int](int)
        for target in never:
            for cause in target.kept_by:
                causes[cause] += 1
        listed = ", ".join(f"{cause} ({n:,})" for cause, n in sorted(causes.items(), key=lambda c: (-c[1], c[0])))
        parts.append(
            f"{f.count(len(never), 'target')} not up to week {plan.seen_to}, kept by {listed or 'nothing told'}"
        )
    return f"Of those set back, whole again: {'; '.join(parts)}." if parts else ""


def _without(plan: DrilledWay) -> str:
    if not plan.withdrawals:
        return "Nobody asked for anything."
    if not plan.without:
        return f"Every withdrawal is served whole: {len(plan.withdrawals):,} of {len(plan.withdrawals):,}."
    by_member = defaultdict[str, dict[str, tuple[float, float]]](dict)
    for served in plan.without:
        mine = by_member[served.member or "no member"]
        days, tonnes = mine.get(served.mineral, (0.0, 0.0))
        mine[served.mineral] = (days + (served.days or 0.0), tonnes + served.unmet_t)
    told = (f"{member} without {_missing(mine)}" for member, mine in sorted(by_member.items()))
    are = "is" if len(plan.without) == 1 else "are"
    return f"{len(plan.without):,} of {f.count(len(plan.withdrawals), 'withdrawal')} {are} not served whole: {'. '.join(told)}."


def _missing(mine: dict[str, tuple[float, float]]) -> str:
    """What a member went without, most days of its use first."""
    most = sorted(((days, tonnes, mineral) for mineral, (days, tonnes) in mine.items()), key=lambda m: (-m[0], m[2]))
    listed = (
        f"{f.tonnes(tonnes)} t of {mineral}" + (f", {f.days(days)} days of its use" if days else "")
        for days, tonnes, mineral in most[:NAMED]
    )
    more = f" and of {len(most) - NAMED:,} minerals more" if len(most) > NAMED else ""
    return f"{'; '.join(listed)}{more}"


def _runs_out(result: DrillResult) -> str:
    """Who is nearest to running out when the drill ends."""
    told = (
        f"{row.member} with {f.days(row.least[-1][0])} days of {row.least[-1][1]}"
        for row in member_rows(result)[:NAMED]
    )
    listed = "; ".join(told)
    return f"Nearest to running out at the end of week {result.weeks}: {listed}." if listed else ""


def _cost(result: DrillResult, plan: DrilledWay, calm: DrilledWay | None) -> str:
    paid = f"{f.usd(plan.result.total_usd)} in {f.count(len(plan.weeks), 'week')}, with carrying"
    if calm is not None:
        apart = plan.result.total_usd - calm.result.total_usd
        paid += f": {f.usd(abs(apart))} {'more' if apart >= 0 else 'less'} than had no shock come"
    lost = lost_usd(plan)
    return f"It cost {paid}." + (f" {f.usd(lost)} were paid for goods that are lost." if lost else "")


def _beside(result: DrillResult, plan: DrilledWay) -> Iterator[str]:
    """The rule of thumb and foresight against the plan."""
    names = {"thumb": "The rule of thumb", "foresight": "Foresight, which knows every shock from week 1,"}
    for name, called in names.items():
        way = result.way(name)
        if way is None or way.ended:
            continue
        apart = days_short(way) - days_short(plan)
        than = f"{f.days(abs(apart))} weighted days {'further' if apart > 0 else 'less'} short of all targets than the plan"
        says = "as short of all targets as the plan" if f.days(abs(apart)) == "0.0" else than
        why = MEMORY if name == "foresight" and apart > 0 and says == than else ""
        yield f"{called} ends {says}, and pays {f.usd(way.result.total_usd)}.{why}"


def _helped(result: DrillResult) -> Iterator[str]:
    helped = result.helped
    if helped:
        first = ", ".join(f"{f.tonnes(h.tonnes - h.plan_t)} t of {h.offer} in week {h.week}" for h in helped[:NAMED])
        more = f", and {len(helped) - NAMED:,} orders more" if len(helped) > NAMED else ""
        yield f"What would have helped: {first}{more}, ordered before the last shock."


def shock_says(result: DrillResult, shock: Shock) -> str:
    """A shock and what it did to goods under way."""
    note = f" {shock.note}" if shock.note else ""
    return f"Week {shock.week}: {'; '.join(shock.changes)}.{note} {_on_the_way(struck_of(result.way('plan'), shock))}"


def _on_the_way(struck: tuple[Struck, ...]) -> str:
    lost = [s for s in struck if s.arrives is None]
    late = [s for s in struck if s.arrives is not None]
    parts = [
        f"{f.tonnes(sum(s.tonnes for s in found))} t of {f.count(len({s.mineral for s in found}), 'mineral')} are {what}"
        for found, what in ((lost, "lost"), (late, "late"))
        if found
    ]
    return f"Of what is under way {'; '.join(parts)}." if parts else "Nothing under way is lost or late."
