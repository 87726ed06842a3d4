"""Letters that cannot be seen are found, and names that look alike are told apart by their letters."""

from __future__ import annotations

import pytest

from orebook.reading import letters

ZWNJ = "\u200c"


@pytest.mark.parametrize("letter", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200e", "\u202e", "\u3164", "\u2063"])
def test_letters_without_a_shape_are_found_wherever_they_stand(letter: str) -> None:
    """Zero-width, soft hyphen, byte order and direction marks, fillers: at either end and between."""
    for name, place in ((f"{letter}tin", 0), (f"t{letter}in", 1), (f"tin{letter}", 3)):
        assert letters.unseen(name) == [place]
        assert letters.seen(name) == "tin"


@pytest.mark.parametrize("letter", ["\u00a0", "\u2009", "\u202f", "\t", "\n", "\u2028", "\x85"])
def test_what_only_looks_like_a_blank_becomes_one(letter: str) -> None:
    """No-break and thin blanks, tabs and line ends."""
    assert letters.unseen(f"san{letter}juan") == [3]
    assert letters.seen(f"san{letter}juan") == "san juan"


@pytest.mark.parametrize(
    "name", ["são", "sa\u0303o", "鉛", "三井\u3000物産", f"می{ZWNJ}خواهم", "🪙\ufe0f", "a b", "क्\u200dष"]
)
def test_letters_that_a_script_needs_are_let_be(name: str) -> None:
    """Accents, wide blanks, joiners between letters that they join, and the mark that makes a picture of a sign."""
    assert letters.unseen(name) == []
    assert letters.seen(name) == name


@pytest.mark.parametrize(
    ("name", "other", "says"),
    [
        ("tr\u0430xys", "traxys", "its 3rd letter is U+0430 CYRILLIC SMALL LETTER A, not a"),
        ("traxys", "tr\u0430xys", "its 3rd letter is U+0061 LATIN SMALL LETTER A, not U+0430 CYRILLIC SMALL LETTER A"),
        ("trax\u1e8f\u0073", "traxys", None),  # y with a dot: it can be seen
        ("\u039fmega", "Omega", "its 1st letter is U+039F GREEK CAPITAL LETTER OMICRON, not O"),
        ("tin\u20101", "tin-1", "its 4th letter is U+2010 HYPHEN, not -"),
        ("sa\u0303o", "são", 'its 2nd letter is "ã" as U+0061 U+0303, not "ã" as U+00E3'),
        ("\uff54in", "tin", "its 1st letter is U+FF54 FULLWIDTH LATIN SMALL LETTER T, not t"),
        ("Tin", "tin", None),  # the case can be seen
        ("tin", "zinc", None),
    ],
)
def test_the_letter_that_differs_is_named(name: str, other: str, says: str | None) -> None:
    """By place, number and name, where two names look the same."""
    assert letters.difference(name, other) == says


def test_names_of_one_look() -> None:
    """Case, width, blanks and look-alikes aside; accents count, for they can be seen."""
    assert letters.look("Tr\u0430\uff58ys ") == letters.look("traxys")
    assert letters.look("são") == letters.look("sa\u0303o") != letters.look("sao")
    assert letters.strokes("lot-1") == letters.strokes("lot-l")
    assert letters.strokes("Al") != letters.strokes("A1")  # short names may be symbols


def test_alphabets_mixed_in_a_word() -> None:
    """A Cyrillic letter among Latin ones is found; a word of its own alphabet, and alpha-tin, are as they are meant."""
    assert letters.mixed("tr\u0430xys") == 2
    assert letters.mixed("норникель") is None
    assert letters.mixed("α-tin") is None
