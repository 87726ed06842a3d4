"""Named events: each comes to changes that do what its documentation says, and is refused where it names nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

import orebook
from orebook.changes.events import EVENTS
from orebook.changes.expanding import usage
from orebook.errors import InputError
from orebook.problem import Problem
from tests.builders import make_problem
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


def _tables(**tables: list[dict[str, object]]) -> Problem:
    """Tin, 1 t a day, offered from china and peru; both in the group `far`, chile in none; four weeks."""
    rows: dict[str, list[dict[str, object]]] = {
        "minerals": [{"mineral": m, "price_usd_per_t": 100} for m in ("tin", "zinc")],
        "use": [
            {"member": "m", "mineral": "tin", "daily_use_t": 1},
            {"member": "n", "mineral": "tin", "daily_use_t": 2},
        ],
        "offers": [
            {"offer": o, "house": "traxys", "mineral": "tin", "origin": o, "commit_t": 5, "to_week": 3}
            for o in ("china", "peru", "chile")
        ],
        "origins": [
            {"origin": "china", "group": "far", "barred_from_week": 2},
            {"origin": "peru", "group": "far"},
            {"origin": "chile"},
        ],
    }
    return make_problem({"weeks": 4}, **{**rows, **tables})


@pytest.mark.parametrize(("week", "lapsed"), [(3, True), (4, False)])
def test_what_was_committed_lapses_only_where_orders_do(week: int, lapsed: bool) -> None:
    """Offers end in week 3: out from week 3 on they lose it and their commitments; out from week 4 on nothing changes."""
    if not lapsed:
        with pytest.raises(InputError, match="changes nothing"):
            _tables().change(f"house_out(house=traxys, week={week})")
        return
    after = _tables().change(f"house_out(house=traxys, week={week})")
    assert {(o.to_week, o.commit_t) for o in after.offers.values()} == {(2, 0)}


@pytest.mark.parametrize(
    "text",
    [
        "house_out(house=traxys, week=99)",
        "offer_out(offer=china, week=0)",
        "origin_barred(origin=peru, week=5)",
        "emergency_draw(days=1, week=5)",
        "emergency_draw(days=1, week=1, replenish_by=5)",
    ],
)
def test_a_week_that_the_plan_does_not_have_is_refused(text: str) -> None:
    """Four weeks: what is said of another would change nothing, or only half of what is said."""
    with pytest.raises(InputError, match="is no week of the plan, which has weeks 1 to 4"):
        _tables().change(text)


def test_a_group_stands_for_its_origins() -> None:
    """`far` is china and peru; the bar of china from week 2 stays, as it comes sooner than week 3."""
    barred = _tables().change("origin_barred(origin=far, week=3)").origins
    assert {name: o.barred_from_week for name, o in barred.items()} == {"china": 2, "peru": 3, "chile": None}
    late = _tables().change("licence_delay(origin=far, weeks=2)").origins
    assert {name: o.extra_lead_weeks for name, o in late.items()} == {"china": 2, "peru": 2, "chile": 0}


@pytest.mark.parametrize(
    ("text", "paid"),
    [
        ("duty(origin=china, pct=25)", (25, 25, 3, 3)),
        ("duty(origin=china, pct=25, mineral=tin)", (25, 2, 3, 3)),
        ("duty(origin=far, pct=25)", (25, 25, 25, 25)),
        ("duty(origin=far, pct=25, mineral=tin)", (25, 2, 25, 3)),
    ],
)
def test_a_duty_is_paid_on_all_that_it_names(text: str, paid: tuple[float, ...]) -> None:
    """Whatever rows came first: china pays 1 % on tin and 2 % on all else, peru 3 % on all, the group 4 % on tin."""
    rows = [("china", "tin", 1), ("china", "*", 2), ("peru", "*", 3), ("far", "tin", 4)]
    problem = _tables(duties=[{"origin": o, "mineral": m, "duty_pct": p} for o, m, p in rows]).change(text)
    group = {"china": "far", "peru": "far"}

    def pays(origin: str, mineral: str) -> float:
        order = [(origin, mineral), (origin, "*"), (group[origin], mineral), (group[origin], "*")]
        return next(problem.duties[key] for key in order if key in problem.duties)

    assert tuple(pays(o, m) for o in ("china", "peru") for m in ("tin", "zinc")) == paid


@pytest.mark.parametrize(
    ("targets", "week", "days"),
    [
        ([], 2, {2: 10, 4: 10}),
        ([], 4, {4: 10}),
        ([(2, 5), (4, 20)], 2, {2: 20, 4: 20}),
        ([(2, 30), (4, 20)], 2, {2: 30, 4: 20}),
        ([(4, 20)], 3, {3: 20, 4: 20}),
    ],
)
def test_the_cover_wanted_last_is_wanted_in_the_week_too(
    targets: list[tuple[int, float]], week: int, days: dict[int, float]
) -> None:
    """A lower target there is raised, a higher one stays, and the last one stays."""
    listed: dict[str, list[dict[str, object]]] = {}
    if targets:
        listed["targets"] = [{"mineral": "tin", "week": w, "days": d} for w, d in targets]
    after = _tables(**listed).change(f"emergency_draw(days=1, week=1, replenish_by={week})")
    assert {t.week: t.days for t in after.targets if t.mineral == "tin"} == days


def test_a_draw_of_another_week_stays_though_its_name_is_taken() -> None:
    """A plan moved on a week has a draw named by what was week 2: one of the new week 2 is another row."""
    one = _tables().change("emergency_draw(days=2, week=2, members=n)")
    (name,) = one.withdrawals
    moved = one.change(f"withdrawals.{name}.week=1").change("emergency_draw(days=1, week=2, members=n)")
    assert [(w.name, w.week) for w in moved.withdrawals.values()] == [(name, 1), (f"{name}-more", 2)]


def test_draws_of_one_week_add_up_and_name_members_that_are_there() -> None:
    """Two days and a half in two draws, by both members; a member that is not there is refused."""
    twice = _tables().change("emergency_draw(days=2, week=2)", "emergency_draw(days=0.5, week=2, members=n)")
    assert {w.member: w.tonnes for w in twice.withdrawals.values()} == {"m": 2, "n": 5}
    with pytest.raises(InputError, match='members "x" is not there'):
        _tables().change("emergency_draw(days=2, week=2, members=m;x)")


def test_draws_are_within_entitlements_and_of_a_kind() -> None:
    """m uses 1 t a day and may draw 8 in all, of which it asks for 3 already: 5 of 10 days; n, entitled to none, nothing."""
    entitled = _tables(
        withdrawals=[{"withdrawal": "j", "member": "m", "mineral": "tin", "week": 1, "tonnes": 3}],
        entitlements=[{"member": "m", "mineral": "tin", "tonnes": 8}],
    )
    after = entitled.change("emergency_draw(days=10, week=2)")
    assert {w.name: w.tonnes for w in after.withdrawals.values()} == {"j": 3, "emergency-m-tin-2": 5}
    with pytest.raises(InputError, match="changes nothing"):
        entitled.change("entitlements.m/tin.max_week_t=2", "emergency_draw(days=10, week=1)")
    lent = entitled.change("emergency_draw(days=1, week=1, members=m, kind=loan, repay_week=2, premium_pct=5)")
    loan = lent.withdrawals["emergency-m-tin-1"]
    assert (loan.kind, loan.repay_week, loan.premium_pct, loan.tonnes) == ("loan", 2, 5, 1)
    with pytest.raises(InputError, match="a loan comes back in a week"):
        entitled.change("emergency_draw(days=1, week=1, members=m, kind=loan)")
    with pytest.raises(InputError, match='"gift" is not one of take, loan, sale'):
        entitled.change("emergency_draw(days=1, week=1, members=m, kind=gift)")
