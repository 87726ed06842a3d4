"""futures.csv, future_changes.csv and hazards.csv: what may come of the plan's first weeks. All of it is assumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from instances.vault.make.reserve import Row

BANNED = ("gallium", "germanium", "antimony")
"""What China banned on 2024-12-03; suspended until 2026-11-27."""

FUTURES: list[Row] = [
    {"future": "as it stands", "probability": 0.4, "note": "nothing changes within the plan"},
    {
        "future": "ban returns",
        "probability": 0.15,
        "known_week": 2,
        "note": "gallium, germanium, antimony: no new orders",
    },
    {
        "future": "licences slower",
        "probability": 0.15,
        "known_week": 3,
        "note": "two weeks more, for goods under way too",
    },
    {
        "future": "exports stopped",
        "probability": 0.1,
        "known_week": 4,
        "in_transit": "lost",
        "note": "meant for rare earths; tables bar an origin whole",
    },
    {"future": "copper dearer", "probability": 0.1, "known_week": 2, "note": "by a quarter for the rest of the plan"},
    {"future": "release slips", "probability": 0.1, "known_week": 5, "note": "that of week 7 comes in week 9"},
]
"""`known_week` is the first week at whose start it is known that this future has come."""

HAZARDS: list[Row] = [
    {"hazard": "licences slower", "change": "licence_delay(origin=china, weeks=2)", "chance": 0.15},
    {"hazard": "exports stopped", "change": "origin_barred(origin=china, week=$week)", "chance": 0.1},
    {"hazard": "release slips", "change": "release_slips(week=7, weeks=2)", "chance": 0.1, "to_week": 6},
]
"""What may strike in any week, for drawing more futures."""

_CHANGES = {
    "licences slower": "licence_delay(origin=china, weeks=2)",
    "exports stopped": "origin_barred(origin=china, week=4)",
    "copper dearer": "minerals.copper.price_usd_per_t=+25%",
    "release slips": "release_slips(week=7, weeks=2)",
}


def future_rows() -> list[Row]:
    """A row a future, blank where the table's own default holds."""
    columns = ("future", "probability", "known_week", "in_transit", "note")
    return [{column: row.get(column) for column in columns} for row in FUTURES]


def change_rows(offers: Sequence[Row]) -> list[Row]:
    """A row a change, numbered in the order in which they are made."""
    return [
        {"future": row["future"], "n": n, "change": change}
        for row in FUTURES
        for n, change in enumerate(_changes(str(row["future"]), offers), 1)
    ]


def _changes(future: str, offers: Sequence[Row]) -> Iterator[str]:
    if future in _CHANGES:
        yield _CHANGES[future]
    if future == "ban returns":
        banned = (o for o in offers if o["origin"] == "china" and o["mineral"] in BANNED)
        yield from (f"offers.{o['offer']}.max_week_t=0" for o in banned)


def hazard_rows() -> list[Row]:
    """A row a hazard."""
    columns = ("hazard", "change", "chance", "from_week", "to_week")
    return [{column: row.get(column) for column in columns} for row in HAZARDS]
