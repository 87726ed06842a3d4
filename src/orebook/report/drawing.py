"""Charts as inline SVG of a given width in px; colours are classes of the page, so that they follow light, dark and print.

What a colour says, a shape says too: what was before is a thin bar in a thick one, a mark is a tick, a bound is a band.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import ceil, floor, log10

from orebook.report.bullets import Bullet, Bullets
from orebook.report.curve import Curve
from orebook.report.heat import Heat

ROW, TOP, CHAR = 20, 36, 7.4
"""px of a bar's row, of the axis, and of a letter at 12 px."""
LEFT, RIGHT, HIGH, FOOT = 56, 26, 240, 40
"""px left of a curve, right of any chart, of a whole curve, and under it."""


def svg(chart: Bullets | Curve | Heat, width: int) -> str:
    """The chart as an SVG element without any id; its name is for the page to say."""
    if isinstance(chart, Heat):
        return _heat(chart, width)
    return _bullets(chart, width) if isinstance(chart, Bullets) else _curve(chart, width)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers from `low` to `high`, about as many as there is room for."""
    span = (high - low) or 1.0
    raw = span / max(1, most)
    unit = 10.0 ** floor(log10(raw))
    step = next(s * unit for s in (1, 2, 2.5, 5, 10) if s * unit >= raw * (1 - 1e-9))
    return [n * step for n in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]


def _bullets(chart: Bullets, width: int) -> str:
    label = min(max(len(b.label) for b in chart.bars) * CHAR + 12, 0.42 * width)
    room, full, high = width - label - RIGHT, chart.full or 1.0, TOP + ROW * len(chart.bars) + 4
    marks = ticks(0.0, full, max(2, int(room / 60)))
    parts = [_text(width - 2, 12, chart.unit, "end")]
    for x in marks:
        at = label + x / full * room
        parts += [_line(at, TOP - 4, at, high, "grid"), _text(at, 28, _short(x), "middle")]
    for n, bar in enumerate(chart.bars):
        parts.append("".join(_bar(chart, bar, label, room, TOP + ROW * n)))
    return _svg(width, high, parts)


def _bar(chart: Bullets, bar: Bullet, left: float, room: float, y: float) -> Iterator[str]:
    full = chart.full or 1.0

    def at(x: float) -> float:
        return max(0.0, min(x, full)) / full * room

    yield f"<g><title>{escape(_title(chart, bar))}</title>"
    yield _text(left - 8, y + 14, _fit(bar.label, left - 10), "end")
    yield _rect(left, y + 4, at(bar.after), 12, "bought")
    yield _rect(left, y + 7, at(min(bar.before, bar.after)), 6, "before")
    if bar.after > full:
        x = left + room
        yield f'<path class="bought" d="M{x + 2:.1f} {y + 2}l8 8l-8 8z"/>'
    if bar.mark is not None and bar.mark <= full:
        yield _rect(left + at(bar.mark) - 1.5, y + 1, 3, 18, "mark")
    yield "</g>"


def _title(chart: Bullets, bar: Bullet) -> str:
    amounts = zip(chart.names, (bar.before, bar.after, bar.mark), strict=True)
    return f"{bar.label}: " + ", ".join(f"{name} {x:,.6g}" for name, x in amounts if name and x is not None)


def _curve(chart: Curve, width: int) -> str:
    xs = [p.x for p in chart.points]
    low, high = min([0.0, *(p.low for p in chart.points)]), max([0.0, *(p.high for p in chart.points)])
    span, wide = (high - low) or 1.0, (xs[-1] - xs[0]) or 1.0
    room, tall = width - LEFT - RIGHT, HIGH - TOP - FOOT

    def x(value: float) -> float:
        return LEFT + (value - xs[0]) / wide * room

    def y(value: float) -> float:
        return TOP + (high - value) / span * tall

    parts = [_text(0, 12, chart.unit, "start"), _text(width - 2, HIGH - 4, chart.x_unit, "end")]
    for tick in ticks(low, high, 4):
        parts += [
            _line(LEFT, y(tick), width - RIGHT, y(tick), "grid"),
            _text(LEFT - 6, y(tick) + 4, _short(tick), "end"),
        ]
    parts += [_text(x(t), HIGH - FOOT + 16, _short(t), "middle") for t in ticks(xs[0], xs[-1], int(room / 90))]
    band = [(p.x, p.high) for p in chart.points] + [(p.x, p.low) for p in reversed(chart.points)]
    parts.append(f'<polygon class="band" points="{" ".join(f"{x(a):.1f},{y(b):.1f}" for a, b in band)}"/>')
    line = " ".join(f"{x(p.x):.1f},{y(p.high):.1f}" for p in chart.points)
    parts.append(f'<polyline class="line" points="{line}"/>')
    parts += [f'<circle class="before" cx="{x(p.x):.1f}" cy="{y(p.high):.1f}" r="4"/>' for p in chart.points]
    if chart.here is not None:
        parts.append(_line(x(chart.here), TOP - 6, x(chart.here), HIGH - FOOT, "here"))
    return _svg(width, HIGH, parts)


def _heat(chart: Heat, width: int) -> str:
    left = min(max(len(name) for name in (*chart.rows, chart.down)) * CHAR + 12, 0.35 * width)
    wide, tall = (width - left - 2) / len(chart.columns), ROW + 6
    low, high = chart.ends
    parts = [_text(width - 2, 12, f"{chart.across}, across; {chart.down}, down; {chart.unit}", "end")]
    every = max(1, round(max(map(len, chart.columns)) * CHAR / wide + 0.3))
    for n, name in enumerate(chart.columns):
        if n % every == 0:
            parts.append(_text(left + (n + 0.5) * wide, 30, _fit(name, every * wide), "middle"))
    for m, (name, row) in enumerate(zip(chart.rows, chart.cells, strict=True)):
        y = TOP + m * tall
        parts.append(_text(left - 8, y + 17, _fit(name, left - 10), "end"))
        for n, value in enumerate(row):
            x, label = left + n * wide, "no plan" if value is None else f"{value:,.6g} {chart.unit}"
            parts.append(f"<g><title>{escape(f'{name}, {chart.columns[n]}: {label}')}</title>")
            if value is not None:
                shade = 0.1 + 0.6 * (value - low) / ((high - low) or 1.0)
                parts.append(
                    f'<rect class="bought" fill-opacity="{shade:.2f}" x="{x:.1f}" y="{y:.1f}" '
                    f'width="{wide - 1:.1f}" height="{tall - 1}"/>'
                )
            short = "-" if value is None else _short(round(value, 1))
            if len(short) * CHAR <= wide:
                parts.append(_text(x + wide / 2, y + 17, short, "middle"))
            parts.append("</g>")
    return _svg(width, TOP + tall * len(chart.rows) + 4, parts)


def _svg(width: int, high: float, parts: list[str]) -> str:
    inside = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{high:.0f}" '
        f'viewBox="0 0 {width} {high:.0f}" aria-hidden="true">\n{inside}\n</svg>'
    )


def _rect(x: float, y: float, width: float, height: float, name: str) -> str:
    return f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height}"/>'


def _line(x: float, y: float, to_x: float, to_y: float, name: str) -> str:
    return f'<line class="{name}" x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _fit(label: str, width: float) -> str:
    most = int(width / CHAR)
    return label if len(label) <= most else f"{label[: most - 1]}\N{HORIZONTAL ELLIPSIS}"


def _short(x: float) -> str:
    return f"{x:,.6g}" if abs(x) < 1e5 else f"{x / 1e6:,.6g} m"
