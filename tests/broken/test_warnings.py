"""Suspicious instances are read with a warning, and refused under `strict`."""

from __future__ import annotations

from pathlib import Path

import pytest

from orebook import checks
from orebook.errors import InputError
from orebook.files.instances import inspect, read
from tests.broken.catalogue import Broken, catalogue
from tests.broken.good import GOOD, edited, write

WARNINGS = catalogue("warnings.txt")


@pytest.mark.parametrize("broken", WARNINGS, ids=lambda broken: broken.edit)
def test_one_edit_is_warned_of(broken: Broken, tmp_path: Path) -> None:
    """One edit of the good instance is warned of with exactly these messages, and refused under strict alone."""
    folder = write(tmp_path / "broken", broken.files())
    problem, findings = inspect(folder)
    assert problem is not None
    assert [str(f) for f in findings] == broken.says
    assert {f.severity for f in findings} == {"warning"}
    assert read(folder).digest == problem.digest
    with pytest.raises(InputError) as refused:
        read(folder, strict=True)
    assert list(refused.value.findings) == findings


def test_every_check_of_meaning_has_a_suspicious_instance(tmp_path: Path) -> None:
    """No check is in the list of checks without an instance here that it warns of."""
    seen = {"place_without_offer", "use_draws_nothing"}  # they need several edits: see below
    for number, broken in enumerate(WARNINGS):
        _, findings = inspect(write(tmp_path / str(number), broken.files()))
        seen |= {f.check for f in findings}
    assert {check.__name__ for check in (*checks.SLIPS, *checks.WARNINGS)} <= seen


def test_without_origins_a_duty_on_an_origin_that_no_offer_has_is_suspicious(tmp_path: Path) -> None:
    """Where no table lists the origins, the offers' origins are all there is to hold a duty against."""
    speak_of_places = ("origins.csv", "shares.csv", "floors.csv", "future_changes.csv", "hazards.csv")
    files = {k: v for k, v in GOOD.items() if k not in speak_of_places}
    files["futures.csv"] = "future\nas it stands\n"
    files["duties.csv"] = "origin,mineral,duty_pct\nchina,tin,25\nprru,*,2\n"
    _, findings = inspect(write(tmp_path / "broken", files))
    assert [(f.check, str(f)) for f in findings] == [
        ("place_without_offer", 'duties.csv:3 origin: no offer is from "prru"; did you mean "peru"?')
    ]


def test_a_frozen_ticket_serves_a_target(tmp_path: Path) -> None:
    """An offer that takes no new order still serves a target by the ticket that stands from the prior plan."""
    # cobalt-1's 5 t of the frozen week 1 arrive in week 3; its least order, 11 t, is over its maximum, 10 t
    files = edited("offers.csv", ",0.5,,10,", ",0.5,11,10,")
    files["prior.csv"] = "offer,week,tonnes\ncobalt-1,1,5\n"
    _, findings = inspect(write(tmp_path / "broken", files))
    assert [f.check for f in findings] == ["offer_never_open"]


def test_use_alone_draws_nothing(tmp_path: Path) -> None:
    """Use by member with neither withdrawals nor targets by week is what a newcomer takes for demand."""
    files = {k: v for k, v in GOOD.items() if k not in ("withdrawals.csv", "targets.csv")}
    assert [(f.check, str(f)) for f in inspect(write(tmp_path / "use", files))[1]] == [
        (
            "use_draws_nothing",
            "use.csv: counts days of cover, and takes nothing out of the stores; write use_draws = true into "
            "instance.toml where it is drawn every week, or list in withdrawals.csv what is drawn, if any is",
        )
    ]
    files["withdrawals.csv"] = GOOD["withdrawals.csv"]
    assert inspect(write(tmp_path / "drawn", files))[1] == []
