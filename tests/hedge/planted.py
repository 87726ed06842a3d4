"""Faults planted in the folder of a hedged plan: each an edit of hedge.json and of the futures' plan.json, read from JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.hedge.cases import hedged_fates, hedged_later_news

Folder = dict[str, Any]
"""`hedge`: hedge.json; a future's name: its plan.json."""
Fault = Callable[[Folder], None]

STILL = "as it stands"
CASES = {"fates": hedged_fates, "later": hedged_later_news}
"""Hedged plans that hold, by name."""


def set_to(*path: str | int, to: Any) -> Fault:
    """A figure replaced."""

    def plant(folder: Folder) -> None:
        *way, last = path
        place: Any = folder
        for step in way:
            place = place[step]
        assert place[last] != to
        place[last] = to

    return plant


def add_to(*path: str | int, by: float) -> Fault:
    """A figure moved."""

    def plant(folder: Folder) -> None:
        *way, last = path
        place: Any = folder
        for step in way:
            place = place[step]
        place[last] += by

    return plant


def left_out(*path: str | int) -> Fault:
    """A row or a field that is not there any more."""

    def plant(folder: Folder) -> None:
        *way, last = path
        place: Any = folder
        for step in way:
            place = place[step]
        del place[last]

    return plant


def both(*faults: Fault) -> Fault:
    """Edits that belong together."""

    def plant(folder: Folder) -> None:
        for fault in faults:
            fault(folder)

    return plant


def appended(*path: str | int, row: Any) -> Fault:
    """A row more."""

    def plant(folder: Folder) -> None:
        place: Any = folder
        for step in path:
            place = place[step]
        place.append(row)

    return plant


def another_plan(future: str, of: str) -> Fault:
    """The plan of one future in the folder of another, with the other's name on it."""

    def plant(folder: Folder) -> None:
        kept = {k: folder[future][k] for k in ("future", "known_week", "in_transit", "instance")}
        folder[future] = {**folder[of], **kept}

    return plant


def measured(name: str, stage: str) -> tuple[str | int, ...]:
    """Where hedge.json has a future's measure; `name` is its place."""
    return "hedge", "futures", int(name), "measures", stage


NOW: list[tuple[str, str, Fault]] = [
    ("fates", "a ticket now is left out", left_out("hedge", "tickets", 0)),
    ("fates", "a ticket now of other tonnes", set_to("hedge", "tickets", 0, "tonnes", to=9.0)),
    ("fates", "a ticket now of another week", set_to("hedge", "tickets", 0, "week", to=2)),
    ("fates", "a ticket now of another offer", set_to("hedge", "tickets", 0, "offer", to="b")),
    ("fates", "a ticket now that costs a dollar less", add_to("hedge", "tickets", 0, "order_cash_usd", by=-1.0)),
    ("fates", "a ticket now at another price", set_to("hedge", "tickets", 0, "paid_usd_per_t", to=90.0)),
    ("fates", "a ticket now that arrives earlier", set_to("hedge", "tickets", 0, "arrives", to=2)),
    ("later", "a ticket of the second week now is left out", left_out("hedge", "tickets", 1)),
    ("later", "one week too few is now", set_to("hedge", "now_weeks", to=1)),
    ("fates", "more weeks are now", set_to("hedge", "now_weeks", to=3)),
]
FUTURES: list[tuple[str, str, Fault]] = [
    ("fates", "another probability", set_to("hedge", "futures", 1, "probability", to=0.2)),
    ("fates", "another known week", set_to("hedge", "futures", 1, "known_week", to=3)),
    ("fates", "another fate of goods", set_to("hedge", "futures", 1, "in_transit", to="refund")),
    ("fates", "a future is left out", left_out("hedge", "futures", 2)),
    ("fates", "a future that is not the instance's", set_to("hedge", "futures", 2, "future", to="other")),
    ("later", "a future listed twice", lambda f: f["hedge"]["futures"].append(f["hedge"]["futures"][1])),
    ("fates", "a measure off by a dollar", add_to(*measured("1", "cost"), by=1.0)),
    ("fates", "a cover that is not reached", add_to(*measured("3", "cover"), by=1.0)),
    ("fates", "a measure left out", left_out(*measured("1", "cost"))),
    ("fates", "lost goods left out", left_out("hedge", "futures", 1, "lost", 0)),
    ("fates", "less lost than was", set_to("hedge", "futures", 1, "lost", 0, "tonnes", to=5.0)),
    ("fates", "less paid on what is lost", add_to("hedge", "futures", 1, "lost", 0, "paid_usd", by=-1.0)),
    ("fates", "more given back of what is lost", add_to("hedge", "futures", 3, "lost", 0, "refunded_usd", by=2.0)),
    ("fates", "late goods left out", left_out("hedge", "futures", 2, "late", 0)),
    ("fates", "late goods in time", set_to("hedge", "futures", 2, "late", 0, "arrives", to=3)),
    ("fates", "goods past the plan's end in its last week", set_to("hedge", "futures", 4, "late", 0, "arrives", to=4)),
    ("fates", "a bound over the value of a future alone", set_to("hedge", "futures", 1, "alone", "cost", 0, to=4000.0)),
    ("fates", "a future alone better than it can be", set_to("hedge", "futures", 1, "alone", "cost", 1, to=2000.0)),
]
WORTH: list[tuple[str, str, Fault]] = [
    ("fates", "R off by a dollar", both(add_to("hedge", "stages", 1, "final", by=-1.0))),
    ("fates", "a value better than the plans", add_to("hedge", "stages", 1, "value", by=-5.0)),
    ("fates", "a value, its bound and its end better than the plans", lambda f: _better(f["hedge"]["stages"][1], 5.0)),
    ("fates", "a bound over its value", set_to("hedge", "stages", 1, "bound", to=1800.0)),
    ("fates", "a gap that is not there", set_to("hedge", "stages", 1, "gap", to=0.5)),
    ("fates", "a wide gap called none", set_to("hedge", "stages", 1, "bound", to=1000.0)),
    ("fates", "a stage left out", left_out("hedge", "stages", 0)),
    ("later", "the mean where the worst part counts", set_to("hedge", "risk", "tail_weight", to=0.0)),
    ("later", "another worst part", set_to("hedge", "risk", "tail", to=0.5)),
    ("fates", "knowing is worth less", add_to("hedge", "worth", "evpi", 0, by=-3.0)),
    ("fates", "knowing is worth more", add_to("hedge", "worth", "evpi", 1, by=3.0)),
    ("later", "hedging is worth less", add_to("hedge", "worth", "vss", 0, by=-3.0)),
    ("later", "hedging is worth more", add_to("hedge", "worth", "vss", 1, by=3.0)),
    ("later", "hedging is worth nothing that is told", set_to("hedge", "worth", "vss", to=None)),
    ("later", "a bound over the value of the plain plan", set_to("hedge", "worth", "plain", 0, to=1e6)),
    ("fates", "knowing is worth other dollars", add_to("hedge", "worth", "evpi_usd", by=1.0)),
    ("later", "hedging is worth other dollars", add_to("hedge", "worth", "vss_usd", by=1.0)),
    ("later", "the leading stage is another", set_to("hedge", "worth", "stage", to="cover")),
    ("fates", "a plain ticket of a week that is not now", lambda f: _plain_ticket(f, week=3)),
    ("fates", "a plain ticket of an offer that is not there", lambda f: _plain_ticket(f, offer="z")),
    ("fates", "a value and its bound better than the plans", lambda f: _better(f["hedge"]["stages"][1], 5.0, "")),
    ("fates", "a cover alone with its bound over it", set_to("hedge", "futures", 0, "alone", "cover", 0, to=2.0)),
    ("fates", "goods in time, told to come after the plan", lambda f: _late(f["hedge"]["futures"][2])),
]
PLANS: list[tuple[str, str, Fault]] = [
    ("fates", "a ticket now changed in one future", set_to("bar", "tickets", 0, "tonnes", to=9.0)),
    ("fates", "a ticket now left out in one future", left_out("bar", "tickets", 0)),
    ("later", "a ticket of a shared week changed in one future", set_to("late", "tickets", 1, "tonnes", to=5.0)),
    ("later", "goods put elsewhere in a shared week", lambda f: _moved(f["bar"], 2)),
    ("later", "a withdrawal from elsewhere in a shared week", set_to("bar", "outs", 0, "site", to="shed")),
    ("later", "a draw off by a dollar in a shared week", add_to("bar", "draws", 0, "usd", by=1.0)),
    ("later", "a dollar from another source in a shared week", lambda f: _swapped(f["bar"]["draws"])),
    ("later", "a dollar less is paid back", add_to("bar", "repays", 0, "usd", by=-1.0)),
    ("later", "goods put away twice in a later week", lambda f: f["bar"]["puts"].append(dict(f["bar"]["puts"][-1]))),
    ("fates", "an engaged house left out", set_to(STILL, "engaged", to=["east"])),
    ("later", "no house is engaged", set_to("bar", "engaged", to=[])),
    ("fates", "a house engaged that is not there", appended(STILL, "engaged", row="north")),
    ("fates", "an engaged house left out, its fee too", lambda f: _unengaged(f[STILL])),
    ("fates", "a lost ticket that comes", set_to("bar", "tickets", 0, "lost", to=False)),
    ("fates", "a ticket paid in full though it is lost", set_to("bar", "tickets", 0, "paid_usd", to=1002.0)),
    ("fates", "more given back", set_to("refunded", "tickets", 0, "refunded_usd", to=302.0)),
    ("fates", "another receipt", add_to("refunded", "receipts", 0, "usd", by=-10.0)),
    ("fates", "what is not due left out", set_to("bar", "costs", "not_due_usd", to=0.0)),
    ("fates", "cash off by a dollar", add_to("late", "costs", "cash_usd", by=1.0)),
    ("fates", "a late ticket in time", set_to("late", "tickets", 0, "arrives", to=3)),
    ("fates", "an end that the plan does not come to", add_to("late", "stages", 1, "final", by=-1.0)),
    ("fates", "cover that is not there", add_to("bar", "cover", 0, "stock_t", by=1.0)),
    ("fates", "the name of another future", set_to("bar", "future", to="late")),
    ("fates", "no name of a future", left_out("bar", "future")),
    ("fates", "a plan that knows it earlier", set_to("bar", "known_week", to=3)),
    ("fates", "a plan with another fate of goods", set_to("bar", "in_transit", to="arrive")),
    ("fates", "a plan for other changes", set_to("bar", "instance", "changes", to=["origins.chile.barred=yes"])),
    ("fates", "the plan of another future", another_plan("bar", "late")),
    ("fates", "nothing is ordered in one future", lambda f: f["bar"].update(tickets=[], puts=[], draws=[])),
]
FAULTS = [*NOW, *FUTURES, *WORTH, *PLANS]


def _better(stage: dict[str, Any], by: float, end: str = "final") -> None:
    for name in ("value", "bound", *([end] if end else [])):
        stage[name] -= by


def _plain_ticket(folder: Folder, **what: Any) -> None:
    folder["hedge"]["worth"]["plain_tickets"].append({"offer": "a", "week": 1, "tonnes": 1.0, **what})


def _late(future: dict[str, Any]) -> None:
    """Goods that come in the last week, told to come after it."""
    future["late"][0]["arrives"] = None


def _moved(plan: dict[str, Any], week: int) -> None:
    """A tonne put into the other store in a week, as much of the mineral arriving as ever."""
    of_week = [p for p in plan["puts"] if p["week"] == week]
    first = max(of_week, key=lambda p: float(p["tonnes"]))
    other = "vault" if first["site"] == "shed" else "shed"
    first["tonnes"] -= 1.0
    plan["puts"] = [p for p in plan["puts"] if p not in of_week or p["site"] != other]
    plan["puts"].append(
        {**first, "site": other, "tonnes": 1.0 + sum(p["tonnes"] for p in of_week if p["site"] == other)}
    )


def _swapped(draws: list[dict[str, Any]]) -> None:
    """A dollar of week 2 from the other source."""
    loan, own = [d for d in draws if d["week"] == 2]
    loan["usd"] -= 1.0
    own["usd"] += 1.0


def _unengaged(plan: dict[str, Any]) -> None:
    """The fee of Chile's house taken off wherever it stands."""
    plan["engaged"] = ["east"]
    plan["draws"][0]["usd"] -= 50.0
    for part in ("engage_fees_usd", "cash_usd", "total_usd"):
        plan["costs"][part] -= 50.0
    plan["stages"][1]["final"] -= 50.0
