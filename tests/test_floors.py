"""Every room has a floor under its coverage, and one under it is told."""

from __future__ import annotations

import tomllib

from tests.floors import floors, parts, raised, rooms, told


def test_every_room_has_a_floor() -> None:
    """Each package under `src/orebook`, and the modules beside them; none that is not there any more."""
    assert set(floors()) == rooms()


def test_a_room_under_its_floor_is_told() -> None:
    """5 of 10 and 4 of 10 lines of `judge` are 45 %: over a floor of 45, under one of 46; a module beside is its own room."""
    files = {
        "src/orebook/judge/judge.py": {"summary": {"covered_lines": 5, "num_statements": 10}},
        "src/orebook/judge/rules/budget.py": {"summary": {"covered_lines": 4, "num_statements": 10}},
        "src/orebook/plan.py": {"summary": {"covered_lines": 3, "num_statements": 3}},
    }
    found = parts({"files": files})
    assert found == {"judge": 45.0, "orebook": 100.0}
    assert told(found, {"judge": 45, "orebook": 90})[1]
    lines, held = told(found, {"judge": 46, "orebook": 90})
    assert not held
    assert [line for line in lines if "UNDER" in line] == ["  45.0 %  judge        floor 46 %  UNDER IT"]


def test_floors_are_raised_and_never_lowered() -> None:
    """What was measured is rounded down; a floor that is over it stays; every room is there and no other."""
    text = raised({"judge": 97.9, "solver": 12.0, "gone": 100.0}, {"judge": 90, "solver": 50})
    new = tomllib.loads(text)["floors"]
    assert (new["judge"], new["solver"]) == (97, 50)
    assert set(new) == rooms()


def test_a_room_that_no_test_ran_is_under_its_floor() -> None:
    """Nothing is known of it: it counts for nothing; so does one that has no floor yet."""
    assert not told({}, {"judge": 1})[1]
    assert not told({"new": 99.9}, {})[1]
