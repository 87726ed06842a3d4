"""Native charts: what the tables beside them hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from orebook.formats import scale
from orebook.report.workbook.table_areas import Area

if TYPE_CHECKING:
    from xlsxwriter import Workbook

DARK, MID, PALE, MARK = "#1F3A4D", "#4A90B8", "#B8C0C6", "#C0392B"
AMOUNT, PERCENT = "#,##0", "0%"
SCALED = {"USD bn": "0.0,,,", "USD m": "#,##0,,", "USD": AMOUNT}
"""Unit that amounts of USD read best in -> the format of an axis in it."""
Axis = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Series:
    """A column under a name and in a colour, drawn as bars, as a line, or as marks alone."""

    name: str
    values: Area
    colour: str
    drawn: Literal["bars", "line", "marks"] = "bars"


def bars(
    book: Workbook,
    title: str,
    labels: Area,
    series: tuple[Series, ...],
    *,
    unit: str,
    most: float | None,
    form: str = AMOUNT,
) -> Any:
    """Upright bars over each other, the first furthest back, with lines and marks on top; `most` ends the axis."""
    chart = book.add_chart({"type": "column"})
    over = book.add_chart({"type": "line"})
    for one in series:
        shape = {"gap": 60, "overlap": 100, "fill": {"color": one.colour}} if one.drawn == "bars" else _line(one)
        entry = {"name": one.name, "categories": f"={labels.address}", "values": f"={one.values.address}", **shape}
        (chart if one.drawn == "bars" else over).add_series(entry)
    if any(one.drawn != "bars" for one in series):
        chart.combine(over)
    top = {} if most is None else {"max": most}
    scaled = _scaled(unit, max(one.values.most for one in series), form)
    chart.set_y_axis({"min": 0, **top, **_QUIET, **scaled})
    chart.set_x_axis({"num_font": {"size": 8, "rotation": -60 if len(labels.values) > 12 else 0}})
    return _dressed(chart, title)


def lying(
    book: Workbook, title: str, labels: Area, series: tuple[Series, ...], *, unit: str, beside: bool = False
) -> Any:
    """Lying bars over each other, the first furthest back, or beside each other; read from the top."""
    chart = book.add_chart({"type": "bar"})
    for one in series:
        place = {"categories": f"={labels.address}", "values": f"={one.values.address}"}
        chart.add_series(
            {"name": one.name, **place, "gap": 40, "overlap": 0 if beside else 100, "fill": {"color": one.colour}}
        )
    chart.set_y_axis({"reverse": True, "crossing": "max", "num_font": {"size": 8}})
    chart.set_x_axis({"min": 0, **_QUIET, **_scaled(unit, max(one.values.most for one in series))})
    return _dressed(chart, title)


def curve(book: Workbook, title: str, across: Area, series: tuple[Series, ...], *, units: tuple[str, str]) -> Any:
    """Points joined by straight lines; `units` are those across and up."""
    chart = book.add_chart({"type": "scatter", "subtype": "straight_with_markers"})
    for one in series:
        place = {"categories": f"={across.address}", "values": f"={one.values.address}"}
        marker = {"type": "circle", "size": 5, "fill": {"color": one.colour}, "border": {"color": one.colour}}
        chart.add_series({"name": one.name, **place, "line": {"color": one.colour, "width": 1.5}, "marker": marker})
    least, most = (end(v for v in across.values if isinstance(v, int | float)) for end in (min, max))
    chart.set_x_axis({"min": least, "max": most, "label_position": "low", **_QUIET, **_scaled(units[0], most)})
    chart.set_y_axis({**_QUIET, **_scaled(units[1], series[0].values.most)})
    return _dressed(chart, title)


_QUIET: Axis = {"major_gridlines": {"visible": True, "line": {"color": "#E3E7EA"}}}


def _scaled(unit: str, most: float, form: str = AMOUNT) -> Axis:
    """The name of an axis and how its amounts are written: USD by what is read best."""
    if unit not in ("USD", "cost USD"):
        return {"name": unit, "num_format": form}
    best = scale(most)[0]
    return {"name": best, "num_format": SCALED[best]}


def _line(one: Series) -> dict[str, Any]:
    if one.drawn == "line":
        return {"line": {"color": one.colour, "width": 2.25}}
    mark = {"type": "long_dash", "size": 9, "fill": {"color": one.colour}, "border": {"color": one.colour}}
    return {"line": {"none": True}, "marker": mark}


def _dressed(chart: Any, title: str) -> Any:
    chart.set_title({"name": title, "name_font": {"size": 12, "color": DARK}, "overlay": False})
    chart.set_legend({"position": "bottom"})
    return chart
