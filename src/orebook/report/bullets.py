"""Bars against a mark: what there was, what the plan adds, and what it is held against. Drawn as text or as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bullet:
    """One bar, in the chart's unit: from 0 to `before`, on to `after`; `mark` is None where there is none."""

    label: str
    before: float
    after: float
    mark: float | None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A chart of bars; `names` says what before, after and mark are."""

    title: str
    unit: str
    names: tuple[str, str, str]
    bars: tuple[Bullet, ...]

    @property
    def full(self) -> float:
        """Where the axis ends: all of it, but no more than twice the highest mark, at which longer bars are cut."""
        most = max((b.after for b in self.bars), default=0.0)
        marks = [b.mark for b in self.bars if b.mark]
        return min(max(most, *marks), 2 * max(marks)) if marks else most

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
    before, after, mark = chart.names
    label = max((len(b.label) for b in chart.bars), default=0)
    lines = [f"= {before}   # {after}   | {mark}   ({chart.unit}; full width {chart.full:,.1f})", ""]
    lines += [f"{b.label:<{label}}  {text_bar(b, chart.full, width)}".rstrip() for b in chart.bars]
    return "\n".join(lines)


def svg(chart: Bullets, width: int) -> str:
    """The chart as an SVG `width` px wide; colours are the page's variables, so that it follows light and dark."""
    import vl_convert

    spec, version = _vega_lite(chart, width)
    drawn: str = vl_convert.vegalite_to_svg(spec, vl_version=version)
    return drawn


def _vega_lite(chart: Bullets, width: int) -> tuple[dict[str, Any], str]:
    import altair as alt

    full = chart.full
    values = [
        {
            "label": b.label,
            "before": min(b.before, full),
            "after": min(b.after, full),
            "mark": None if b.mark is None or b.mark > full else b.mark,
        }
        for b in chart.bars
    ]
    axis = alt.Axis(orient="top", title=chart.unit, format="~g" if full < 10 else ",~r", tickCount=max(2, width // 120))
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=width * 2 // 5))
    )
    drawn = (
        alt.layer(
            base.mark_bar(height=12, color="var(--bought)").encode(
                x=alt.X("after:Q", axis=axis, scale=alt.Scale(domain=[0, full or 1], nice=False))
            ),
            base.mark_bar(height=6, color="var(--before)").encode(x="before:Q"),
            base.mark_tick(thickness=3, height=16, opacity=1, color="var(--mark)").encode(x="mark:Q"),
        )
        .properties(
            width=width,
            height=alt.Step(20),
            background="transparent",
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        )
        .configure_axis(
            labelColor="currentColor",
            titleColor="currentColor",
            gridColor="var(--line)",
            domainColor="var(--line)",
            tickColor="var(--line)",
            labelFontSize=12,
            titleFontSize=12,
        )
        .configure_view(stroke=None)
    )
    return drawn.to_dict(), ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
