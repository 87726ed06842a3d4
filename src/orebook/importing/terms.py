"""What a quote says in words: incoterms, and when it is paid."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orebook.exact import Fraction
from orebook.reading import letters

LEAVES_OUT = {
    **dict.fromkeys(("EXW", "FCA", "FAS", "FOB"), ("freight", "insurance")),
    **dict.fromkeys(("CFR", "CPT"), ("insurance",)),
    **dict.fromkeys(("CIF", "CIP", "DAP", "DPU", "DAT", "DDP"), ()),
}
"""incoterm -> what a price under it does not include of the way to the store."""
PAYS_DUTY = ("DDP",)
"""Under these the seller pays the duty: a price has it in it already."""
_TERM = re.compile(r"[^a-z]*([a-z]{3})(?:[^a-z].*)?")
_PCT = r"(\d{1,3}(?:[.,]\d+)?)\s*%"
_AHEAD = (
    r"(?:in\s+)?(?:advance|adv\b|upfront|up front|prepa\w+|down\s?payment|deposit|with (?:the )?order|"
    r"on order(?:ing)?|cash with order|cwo|"
    r"on (?:signing|signature|contract)|anzahlung|vorauskasse|acompte|à la commande|선급)"
)
_PART_AHEAD = re.compile(rf"{_PCT}\s*(?:t/t\s*)?{_AHEAD}|{_AHEAD}(?:\s+payment)?\s*(?:of\s*)?:?\s*{_PCT}")
_ALL_AHEAD = re.compile(rf"(?:(?:full|100\s*%|t/t|payment|cash)\s*)*(?:{_AHEAD}|cia\b)(?:\s*payment)?(?:\s*100\s*%)?")
_PART = re.compile(_PCT)
_NET = re.compile(r"(?:net|n|netto)\s*(\d{1,3})\b|(\d{1,3})\s*days?(?:\s+(?:net|after|from|credit|open account).*)?$")
_ARRIVAL = re.compile(
    r"(?:on|upon|at|against|cash on)\s+(?:delivery|arrival|receipt|acceptance)|cod\b|bei lieferung|à la livraison"
)
_PAPERS = re.compile(r"b/?l\b|bill of lading|documents|cad\b|d/p\b|shipment|dispatch|l/?c\b|letter of credit|at sight")


@dataclass(frozen=True, slots=True)
class Payment:
    """The part of a price paid with the order, in %, and the days after arrival in which the rest is; `lost` is what the terms
    say besides that a plan does not."""

    on_order_pct: Fraction
    lost: str | None = None
    days_after: int = 0


def incoterm_of(text: str) -> str | None:
    """The incoterm that a text begins with, such as `CIF Busan`."""
    found = _TERM.fullmatch(letters.plain(text).strip())
    term = found[1].upper() if found else ""
    return term if term in LEAVES_OUT else None


def paid_on_order(text: str) -> Payment | None:
    """What payment terms come to; None where they are not understood."""
    said = " ".join(letters.plain(text).replace(";", ",").split())
    if part := _PART_AHEAD.search(said):
        rest = said[part.end() :]
        return Payment(Fraction((part[1] or part[2]).replace(",", ".")), _lost(rest), _days_after(rest))
    if _ALL_AHEAD.fullmatch(said.rstrip(" .")):
        return Payment(Fraction(100))
    if net := _NET.fullmatch(said):
        return Payment(Fraction(0), days_after=int(net[1] or net[2]))
    if _ARRIVAL.search(said) or _PAPERS.search(said) or said in ("open account", "cash"):
        return Payment(Fraction(0), _lost(said), _days_after(said))
    return None


def _lost(rest: str) -> str | None:
    """What is due on papers, before the goods come: a plan pays it on arrival."""
    papers = _PAPERS.search(rest)
    return f"paid at {papers[0]}, before the goods arrive" if papers else None


def _days_after(rest: str) -> int:
    """Days of credit, where nothing is due on papers."""
    net = re.search(r"(?:net|after)\s*(\d{1,3})|(\d{1,3})\s*days", rest)
    return int(net[1] or net[2]) if net and not _PAPERS.search(rest) else 0
