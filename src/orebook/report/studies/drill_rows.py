"""The rows of a drill's tables, the same on the page and in the workbook: ways set beside each other, target by target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orebook.rolling.drill_results import Asked, CoverByWeek, DrilledWay, Struck, TargetWhole
from orebook.rolling.drilled import CALM, DrillResult
from orebook.rolling.shock import Shock

TOLD_DAYS = 0.05
"""Days of cover that are worth a line."""


@dataclass(frozen=True)
class TargetRow:
    """A target of the plan, and the same of the other ways that have it."""

    target: TargetWhole
    beside: Mapping[str, TargetWhole]

    @property
    def back_days(self) -> float:
        """Days that shocks have set it back, against the same weeks without any, counted up to what is wanted."""
        calm = self.beside.get(CALM)
        return 0.0 if calm is None else calm.reached - self.target.reached


@dataclass(frozen=True)
class SetBack:
    """What a week's shocks did to a target: the days that were expected of it before and after."""

    week: int
    target: TargetWhole
    before_days: float
    after_days: float


def target_rows(result: DrillResult) -> list[TargetRow]:
    """The plan's targets, the most set back first, then the furthest from what is wanted."""
    plan = result.way("plan")
    others = {w.way: {(t.mineral, t.week): t for t in w.targets} for w in result.ways if w.way != "plan"}
    rows = [
        TargetRow(t, {way: found[t.mineral, t.week] for way, found in others.items() if (t.mineral, t.week) in found})
        for t in (plan.targets if plan else ())
    ]
    return sorted(rows, key=lambda r: (-r.back_days, r.target.reached - r.target.days, r.target.mineral, r.target.week))


def set_backs(result: DrillResult) -> Iterator[SetBack]:
    """What shocks did to the plan's targets, week by week, the hardest hit of a week first.

    Against the plan of the week before; in week 1 against that of no shock.
    """
    plan, calm = result.way("plan"), result.way(CALM)
    undisturbed = {(t.mineral, t.week): t for t in (calm.targets if calm else ())}
    for week in dict.fromkeys(shock.week for shock in result.drill.shocks):
        found = list[SetBack]()
        for target in plan.targets if plan else ():
            first = undisturbed.get((target.mineral, target.week))
            earlier = target.expected_days[: week - 1] if week > 1 else first.expected_days if first else ()
            before = earlier[week - 2 if week > 1 else 0] if len(earlier) >= max(1, week - 1) else None
            if before is None or len(target.expected_days) < week:
                continue
            after = target.expected_days[week - 1]
            if min(before, target.days) - after >= TOLD_DAYS:
                found.append(SetBack(week, target, before, after))
        yield from sorted(found, key=lambda s: (s.after_days - min(s.before_days, s.target.days), s.target.mineral))


def struck_of(way: DrilledWay | None, shock: Shock) -> tuple[Struck, ...]:
    """The goods that the shocks of its week lost or made late, of a way."""
    return tuple(s for s in (way.struck if way else ()) if s.week == shock.week)


def unserved(result: DrillResult) -> list[tuple[Asked, Mapping[str, float]]]:
    """The plan's withdrawals that were not served whole, and what each other way left unserved of the same, t."""
    plan = result.way("plan")
    others = {w.way: {(s.week, s.withdrawal): s.unmet_t for s in w.withdrawals} for w in result.ways if w.way != "plan"}
    return [
        (served, {way: found.get((served.week, served.withdrawal), 0.0) for way, found in others.items()})
        for served in (plan.without if plan else ())
    ]


def cover_rows(result: DrillResult) -> list[tuple[CoverByWeek, float]]:
    """Cover of the plan's minerals and the days wanted of each, the furthest from them at the end of the drill first."""
    plan = result.way("plan")
    wanted: dict[str, float] = {}
    for target in plan.targets if plan else ():
        wanted[target.mineral] = max(target.days, wanted.get(target.mineral, 0.0))
    rows = [(row, wanted[row.mineral]) for row in (plan.cover if plan else ()) if row.mineral in wanted]
    return sorted(rows, key=lambda pair: (pair[0].days[-1] / (pair[1] or 1.0), pair[0].mineral))


@dataclass(frozen=True)
class MemberRow:
    """A member: at the start and at the end of each week drilled, what it uses of which there is least, and the days of it."""

    member: str
    least: tuple[tuple[float, str], ...]


def member_rows(result: DrillResult) -> list[MemberRow]:
    """Members that use anything, the one first that is nearest to running out at the end of the drill."""
    plan = result.way("plan")
    mine: dict[str, list[CoverByWeek]] = {}
    for row in plan.cover if plan else ():
        for member in row.users:
            mine.setdefault(member, []).append(row)
    rows = []
    for member, covers in sorted(mine.items()):
        by_week = zip(*((c.start_days, *c.days) for c in covers), strict=True)
        least = (min((days, c.mineral) for days, c in zip(week, covers, strict=True)) for week in by_week)
        rows.append(MemberRow(member, tuple(least)))
    return sorted(rows, key=lambda r: (r.least[-1], r.member))


def lost_usd(way: DrilledWay) -> float:
    """What was paid for goods that shocks lost."""
    return sum(s.paid_usd for s in way.struck if s.arrives is None)


def days_short(way: DrilledWay) -> float:
    """Days that targets lack, as far as is known last, weighted by criticality."""
    return sum(t.criticality * (t.days - t.reached) for t in way.targets)
