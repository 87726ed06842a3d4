"""Draws that have found something, each of a kind: nothing is found of them any more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.prove.digits import try_digits
from tests.prove.tight import try_tight

pytestmark = pytest.mark.slow

DRAWS = {
    262: "a hair of one stage, served in full, is more than a thousandth of another's",
    4617: "a fee for an order without tonnes, which a largest share of its tonnes rules out",
    5239: "the same of a least share that nobody can have",
    6160: "a bound that the solver's tolerance has spoilt",
    6564: "the same fee, where policy gives way",
    7797: "a fee for a gram is cheaper than tonnes",
    8098: "frozen tickets that the solver calls no plan at its own tolerance",
    8923: "a fee that would settle a clash",
}


@pytest.mark.parametrize("draw", DRAWS)
def test_nothing_is_found(draw: int, tmp_path: Path) -> None:
    """Of a tight draw: no solver and no judge says otherwise."""
    assert try_tight(draw, tmp_path).found == ()


def test_grams_in_lots_are_not_left_to_a_hair(tmp_path: Path) -> None:
    """Draw 37 of hostile digits: a stage's hair is more than a gram, and its lots are whole grams."""
    assert try_digits(37, tmp_path).found == ()
