"""Which what-ifs of a draft are known from week 2 where nobody says, and which from week 1."""

from __future__ import annotations

import pytest

from orebook.changes.expanding import expanded
from orebook.changes.grammar import parse
from orebook.schema.document import Document
from orebook.workbench.surprises import usual_week
from tests.builders import make_document


def document() -> Document:
    """An instance with a row of all that events speak of."""
    return make_document(
        {"weeks": 8, "budget_usd": 1e6},
        minerals=[{"mineral": "tin", "price_usd_per_t": 100}],
        use=[{"member": "east", "mineral": "tin", "daily_use_t": 1}],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "origin": "china", "commit_t": 1}],
        origins=[{"origin": "china"}],
        sites=[{"site": "old"}, {"site": "new"}],
        stock=[{"mineral": "tin", "site": "old", "tonnes": 5}],
        releases=[{"week": 1, "usd": 1e5}, {"week": 4, "usd": 1e5}],
        floors=[{"mineral": "tin", "floor_usd_per_t": 50, "mechanism": "minimum"}],
    )


@pytest.mark.parametrize(
    ("event", "week"),
    [
        ("origin_barred(origin=china, week=4)", 2),
        ("licence_delay(origin=china, weeks=2)", 2),
        ("house_out(house=traxys)", 2),
        ("house_out(house=traxys, week=3)", 2),
        ("offer_out(offer=a, week=2)", 2),
        ("store_lost(site=old)", 2),
        ("store_closed(site=old)", 2),
        ("release_slips(week=4, weeks=2)", 2),
        ("emergency_draw(days=5, week=3, members=east)", 2),
        ("budget_cut(pct=10)", 1),
        ("duty(origin=china, pct=25)", 1),
        ("floor(mineral=tin, usd_per_t=60)", 1),
        ("floor_lifted(mineral=tin)", 1),
        ("use_up(member=east, pct=10)", 1),
    ],
)
def test_surprises_are_known_from_week_2(event: str, week: int) -> None:
    """Bans, delays, what goes, money that slips, emergencies; by what the event comes to, as a draft says it."""
    changes = expanded(document(), [event])
    assert not any("(" in text for text in changes)
    assert usual_week(changes) == week


@pytest.mark.parametrize(
    ("change", "week"),
    [
        ("minerals.tin.price_usd_per_t=+10%", 1),
        ("instance.budget_usd=-20%", 1),
        ("offers.a.max_week_t=5", 1),
        ("offers.a.max_week_t=0.0", 2),
        ("offers.a.max_week_t=none", 1),
        ("origins.china.group=east", 1),
        ("origins.china.barred=yes", 2),
        ("origins+=origin:peru,group:other", 1),
        ("origins+=origin:peru,barred:yes", 2),
        ("offers+=offer:b,house:traxys,mineral:tin", 1),
        ("houses.traxys=none", 2),
        ("rules.shares=off", 1),
    ],
)
def test_a_cell_or_row_is_a_surprise_or_none(change: str, week: int) -> None:
    """Also beside changes that are none."""
    assert parse(change).text == change
    assert usual_week(["instance.target_days=5", change]) == week
