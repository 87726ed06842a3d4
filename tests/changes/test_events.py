"""Named events: each comes to changes that do what its documentation says, and is refused where it names nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import orebook
from orebook.changes.events import EVENTS
from orebook.changes.expanding import usage
from orebook.errors import InputError
from orebook.problem import Problem
from tests.properties.edits import edited

SMALL = Path(__file__).parents[2] / "instances" / "vault-small"


@pytest.fixture(scope="module")
def small() -> Problem:
    """The problem of vault-small."""
    return orebook.read(SMALL)


def test_a_house_takes_no_orders_from_a_week_on(small: Problem) -> None:
    """Its offers end the week before; from week 1 on nothing can be ordered, and nothing has to be."""
    later = small.change("house_out(house=traxys, week=3)")
    own = [o for o in later.offers.values() if o.house == "traxys"]
    assert own
    assert all(o.to_week <= 2 or o.max_week_t == 0 for o in own)
    assert {o.name: o for o in later.offers.values() if o.house != "traxys"} == {
        o.name: o for o in small.offers.values() if o.house != "traxys"
    }
    now = small.change("house_out(house=traxys)")
    assert all(o.max_week_t == 0 and o.commit_t == 0 for o in now.offers.values() if o.house == "traxys")


def test_an_origin_is_barred_or_its_licences_take_longer(small: Problem) -> None:
    """The bar holds from the week on; a delay adds to what there is; an origin without a row gets one."""
    assert small.change("origin_barred(origin=china, week=2)").origins["china"].barred_from_week == 2
    before = small.origins["china"].extra_lead_weeks
    assert small.change("licence_delay(origin=china, weeks=2)").origins["china"].extra_lead_weeks == before + 2
    unknown = edited(small, lambda content: content.update(origins=None, duties=None, shares=None, floors=None))
    assert unknown.change("origin_barred(origin=bolivia, week=2)").origins["bolivia"].barred_from_week == 2


def test_duties_and_floors_move(small: Problem) -> None:
    """A duty takes the place of the one there; a floor moves, or comes as a minimum, or falls."""
    assert small.change("duty(origin=china, pct=12.5)").duties["china", "*"] == 12.5
    changed = small.change("floor(mineral=ndpr, origin=australia, usd_per_t=123456.5)")
    assert [f.floor_usd_per_t for f in changed.floors if (f.mineral, f.origin) == ("ndpr", "australia")] == [123456.5]
    fresh = small.change("floor(mineral=copper, usd_per_t=9000)").floors
    assert [(f.floor_usd_per_t, f.mechanism) for f in fresh if f.mineral == "copper"] == [(9000, "minimum")]
    assert not [f for f in small.change("floor_lifted(mineral=ndpr)").floors if f.mineral == "ndpr"]


def test_stores_and_money(small: Problem) -> None:
    """A lost store takes what is in it along; a cut takes as much of each release; one that slips is added to its week."""
    site = next(iter(small.stock))[1]
    lost = small.change(f"store_lost(site={site})")
    assert site not in lost.sites
    assert not [key for key in lost.stock if key[1] == site]
    assert small.change(f"store_closed(site={site})").sites[site].inbound_t_per_week == 0
    assert small.budget_usd is not None
    assert small.released is not None
    cut = small.change("budget_cut(pct=10)")
    assert cut.budget_usd == pytest.approx(0.9 * small.budget_usd)
    assert cut.released == pytest.approx({w: 0.9 * usd for w, usd in small.released.items()})
    first, second = sorted(small.released)[:2]
    slipped = small.change(f"release_slips(week={first}, weeks={second - first})")
    assert slipped.released == {second: small.released[first] + small.released[second]}


def test_a_draw_takes_days_of_use_and_may_be_replenished(small: Problem) -> None:
    """Every use row of the member is drawn for; with a week, the cover wanted last is wanted then too."""
    member = small.document.rows("use")[0].member
    use = {u.mineral: u.daily_use_t for u in small.document.rows("use") if u.member == member}
    drawn = small.change(f"emergency_draw(days=3, week=2, members={member}, replenish_by=3)")
    new = {w.mineral: w.tonnes for name, w in drawn.withdrawals.items() if name not in small.withdrawals}
    assert new == pytest.approx({mineral: 3 * t for mineral, t in use.items()})
    for mineral in use:
        days = {t.week: t.days for t in drawn.targets if t.mineral == mineral}
        assert days[3] == days[max(days)] or (mineral, 3) in {(t.mineral, t.week) for t in small.targets}
    assert small.change(f"use_up(member={member}, pct=50)").minerals[next(iter(use))].use_t_per_day > 0


def test_events_are_kept_as_changes_and_follow_each_other(small: Problem) -> None:
    """What a plan records are changes of the contract's grammar; an event sees what the texts before it did."""
    texts = ("offers.traxys-copper-chile=none", "offer_out(offer=hartree-copper-canada)")
    assert small.change(*texts).changes == (texts[0], "offers.hartree-copper-canada.max_week_t=0")
    with pytest.raises(InputError, match="hartree-copper-canada"):
        small.change("offer_out(offer=hartree-copper-canda)")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("hause_out(house=traxys)", 'did you mean "house_out"'),
        ("house_out(hous=traxys)", r"write house_out\(house=..., week=1\)"),
        ("house_out()", "house is missing"),
        ("house_out(house=traxis)", 'did you mean "traxys"'),
        ("house_out(house=traxys, week=two)", "is not a whole number"),
        ("budget_cut(pct=-3)", "is not a number from 0 up"),
        ("floor_lifted(mineral=copper)", "no row of floors.csv"),
    ],
)
def test_what_names_nothing_is_refused(small: Problem, text: str, says: str) -> None:
    """The fault's file is the event as it was typed, and it says what would be right."""
    with pytest.raises(InputError, match=says) as refused:
        small.change(text)
    assert refused.value.findings[0].file


def test_every_event_is_documented() -> None:
    """Each has a sentence and a usage that names its arguments."""
    for name, event in EVENTS.items():
        assert (event.__doc__ or "").strip().endswith(".")
        assert usage(name).startswith(f"{name}(")
