"""Bars against a mark: what there was, what the plan adds, and what it is held against; drawn as text here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isnan


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bar, in the chart's unit: from 0 to `before`, on to `after`; `mark` is None where there is none."""

    label: str
    before: float
    after: float
    mark: float | None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A chart of bars; `names` says what before, after and mark are, and is empty where there is no such thing."""

    title: str
    unit: str
    names: tuple[str, str, str]
    bars: tuple[Bullet, ...]
    end: float | None = None
    """Where the axis ends; None: where `full` finds it best."""

    keys = ("before", "bought", "mark")
    """Their classes in a drawing."""

    @property
    def full(self) -> float:
        """Where the axis ends: all of it, but no more than twice the highest mark, at which longer bars are cut."""
        if self.end is not None:
            return self.end
        most = max((b.after for b in self.bars), default=0.0)
        marks = [b.mark for b in self.bars if b.mark]
        return min(max(most, *marks), 2 * max(marks)) if marks else most

    @property
    def known(self) -> bool:
        """Whether there is anything to draw, and nothing of it is withheld."""
        return any(b.after > 0 or b.mark for b in self.bars) and not any(isnan(b.after) for b in self.bars)

    @property
    def says(self) -> str:
        """The chart in a sentence, for who cannot see it."""
        most = max(self.bars, key=lambda b: b.after)
        return f"{len(self.bars):,} bars in {self.unit}, the longest {most.label}."

    def first(self, limit: int) -> Bullets:
        """The first bars only."""
        return replace(self, bars=self.bars[:limit])

    @property
    def cut(self) -> str:
        """A line on the bars that do not fit; empty where all do."""
        over = sum(b.after > self.full for b in self.bars)
        return f"Bars end at {self.full:,.0f} {self.unit}; {over:,} would be longer." if over else ""


def text_bar(bullet: Bullet, full: float, width: int) -> str:
    """The bar as text: `=` before, `#` added, `.` missing up to the mark `|`."""

    def cell(x: float) -> int:
        return round(min(x, full) / full * width) if full > 0 else 0

    before, after = cell(min(bullet.before, bullet.after)), cell(bullet.after)
    bar = "=" * before + "#" * (after - before)
    if bullet.mark is None or cell(bullet.mark) == 0:
        return bar
    mark = cell(bullet.mark)
    bar = bar.ljust(mark, ".")
    return f"{bar[: mark - 1]}|{bar[mark:]}"


def text_chart(chart: Bullets, width: int = 40) -> str:
    """All bars as lines of text under a line that explains the signs."""
    label = max((len(b.label) for b in chart.bars), default=0)
    key = "   ".join(f"{sign} {name}" for sign, name in zip("=#|", chart.names, strict=True) if name)
    lines = [f"{key}   ({chart.unit}; full width {chart.full:,.1f})", ""]
    lines += [f"{b.label:<{label}}  {text_bar(b, chart.full, width)}".rstrip() for b in chart.bars]
    return "\n".join(lines)
