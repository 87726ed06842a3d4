"""Letters: those that cannot be seen, and those that look like another one."""

from __future__ import annotations

import unicodedata

_SPACES = ("Zs", "Zl", "Zp", "Cc")
_GAPS = frozenset(" \u3000")
"""The blanks that are typed as such: the plain one, and the wide one of East Asian keyboards."""
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters without a shape, which Unicode does not call format characters."""
_JOINERS = "\u200c\u200d"
_LATIN_ENDS = "\u02ff"
_CONTROLS = {"\t": "TAB", "\n": "LINE FEED", "\r": "CARRIAGE RETURN", "\x85": "NEXT LINE", "\x7f": "DELETE"}
LOST = "\ufffd"
"""What stands where a letter could not be decoded."""

_FROM = (
    "аеорсухіјѕһԁԛԝкАВЕКМНОРСТУХІЈЅԌ" + "αονικρυχγΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "օոսհ" + "ıɡɑӏΙ×" + "‐‑‒–—―−﹘˗⁃" + "’‘ʼ′´`" + "⁄∕"
)
_TO = "aeopcyxijshdqwkABEKMHOPCTYXIJSG" + "aovikpuxyABEZHIKMNOPTYX" + "onuh" + "igalIx" + "-" * 10 + "'" * 6 + "//"
_LIKE = str.maketrans(_FROM, _TO)
_STROKES = str.maketrans("lI|O", "1110")
_TOLD_APART = 4
"""From this many letters on, 1 and l or 0 and O are taken for slips; a shorter name may be a symbol, such as Al."""


def unseen(text: str) -> list[int]:
    """The places, from 0, of letters that cannot be seen or told from a blank; joiners that a script needs are none."""
    return [place for place, letter in enumerate(text) if _unseen(text, place, letter)]


def _unseen(text: str, place: int, letter: str) -> bool:
    if letter.isascii():
        return unicodedata.category(letter) == "Cc"
    if letter in _GAPS:
        return False
    if letter in _JOINERS:
        beside = text[place - 1 : place] + text[place + 1 : place + 2]
        return len(beside) < 2 or min(beside) <= _LATIN_ENDS
    if "\ufe00" <= letter <= "\ufe0f" or letter >= "\U000e0100":  # how the letter before is drawn: that of a picture
        return place == 0 or text[place - 1] <= _LATIN_ENDS
    return letter in _FILLERS or unicodedata.category(letter) in (*_SPACES, "Cf", "Co")


def seen(text: str) -> str:
    """The text without letters that cannot be seen, a plain blank for each that looks like one."""
    places = set(unseen(text))
    kept = (letter if place not in places else " " if is_gap(letter) else "" for place, letter in enumerate(text))
    return " ".join("".join(kept).split(" ")).strip()


def is_gap(letter: str) -> bool:
    """Whether a letter leaves a gap, as a blank does."""
    return unicodedata.category(letter) in _SPACES


def called(letter: str) -> str:
    """A letter by its number and name, such as U+200B ZERO WIDTH SPACE."""
    name = _CONTROLS.get(letter) or unicodedata.name(letter, "a letter without a name")
    return f"U+{ord(letter):04X} {name}"


def look(name: str) -> str:
    """What a name looks like: the same for names that differ in look-alike letters, case, width and blanks alone."""
    return "".join(plain(name).split())


def plain(name: str) -> str:
    """The name in lower case, with the plain letter for each that looks like one."""
    latin = unicodedata.normalize("NFKC", seen(name)).translate(_LIKE)
    return unicodedata.normalize("NFKC", latin.casefold())


def strokes(name: str) -> str:
    """What a name looks like where 1, l and I, or 0 and O, are drawn alike; case counts."""
    return name.translate(_STROKES) if len(name) >= _TOLD_APART else name


def difference(name: str, other: str) -> str | None:
    """The first letter in which two names of one look differ, where that can hardly be seen; else None."""
    if look(name) != look(other):
        return None
    place = next((k for k, (a, b) in enumerate(zip(name, other, strict=False)) if a != b), min(len(name), len(other)))
    here, there = name[place : place + 1], other[place : place + 1]
    if name == other or (here + there).isascii():
        return None
    if not here:
        return f"it lacks {called(there)} at the end"
    if unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", other):
        return f"its {ordinal(place + 1)} letter is {_written(name, place)}, not {_written(other, place)}"
    which = f"its {ordinal(place + 1)} letter is {called(here)}"
    return f"{which}, not {there if there.isascii() else called(there)}" if there else f"{which}, which is too many"


def _written(name: str, place: int) -> str:
    """A letter with the accents that follow it, by their numbers."""
    end = place + 1
    while end < len(name) and unicodedata.combining(name[end]):
        end += 1
    letters = unicodedata.normalize("NFC", name[place:end])
    return f'"{letters}" as {" ".join(f"U+{ord(letter):04X}" for letter in name[place:end])}'


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def mixed(name: str) -> int | None:
    """The place of a letter of another alphabet that looks Latin, in a word with Latin letters; None where none is."""
    start = 0
    for place in range(len(name) + 1):
        if place < len(name) and name[place].isalpha():
            continue
        word = name[start:place]
        odd = [k for k, c in enumerate(word) if not c.isascii() and c not in "ıɡɑ" and c.translate(_LIKE).isascii()]
        if odd and any(_latin(c) for c in word):
            return start + odd[0]
        start = place + 1
    return None


def _latin(letter: str) -> bool:
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN")
