"""Words that stand for no name: those of a totals row, of a note, and those that fill a blank."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TOTALS = _set(
    "total totals totale totali totaal totalt totales totaux итого всего итог toplam razem celkem összesen yhteensä samtals "
    "sum sums summe summa summen somme suma soma somma gesamt gesamtsumme insgesamt zwischensumme endsumme subtotal "
    "average averages avg mean median durchschnitt mittelwert moyenne promedio gemiddelde 平均 평균 "
    "subtotals subtotaal subtotale σ ∑ 合計 合计 总计 總計 総計 总和 總和 小計 小计 共计 합계 총계 총합 소계 المجموع الإجمالي"
)
_WEAK = _set("all both overall altogether combined everything whole alle alles tout tous todo todos tutti 全部 전체")
_FILLERS = _set(
    "of the for in by over per and sub grand general generale general général partial cumulative amount quantity qty row rows "
    "count net gross here above der des de du di del la le und et y e general usd us t mt kg m cbm tonnes tons days week "
    "weeks mineral minerals house houses offer offers origin origins site sites store stores source sources funding money "
    "budget limit stock inbound capacity room use demand member members withdrawal withdrawals reserve"
)
_WORD = re.compile(r"[^\W\d_]+|∑")

_NOTE = re.compile(
    r"(notes?|n\.?b\.?|sources?|quellen?|stand|(last )?updated?|as of|prepared by|remarks?|comments?|legend|footnotes?|end of|"
    r"hinweise?|anmerkung(en)?|bemerkung(en)?|nota|fuente|备注|注|来源|出典|備考|비고|주|출처)(\s*[:：]|\s+\S+\s+\S+)",
    re.IGNORECASE,
)
_SENTENCE = 7
"""Words of a name that is none."""

_PLACEHOLDERS = _set(
    "nan null nil none na n/a n.a n.a. n/k n/d tbc tbd tba todo t.b.c. t.b.d. blank (blank) empty (empty) (none) (null) "
    "(leer) leer missing undefined unknown unbekannt inconnu false falsch faux true wahr xx xxx "
    "- -- --- – — ― ? ?? ??? . .. ... … _ __ x? 0 0.0 # k.a. k.a s/o"
)
_TO_COME = re.compile(
    r"(to be (confirmed|determined|decided|advised|announced|defined)|not (available|applicable|known|given|set))\.?"
)


def is_total(name: str) -> bool:
    """Whether a name reads like that of a totals row: `Total`, `Summe`, `Grand total (USD)`, but not `Total Energies`."""
    words = _words(name)
    return bool(_TOTALS.intersection(words)) and all(word in _TOTALS | _WEAK | _FILLERS for word in words)


def may_be_total(name: str) -> bool:
    """Whether a name would do for a totals row, such as `All sites`, where the numbers say so too."""
    words = _words(name)
    return is_total(name) or (bool(_WEAK.intersection(words)) and all(word in _WEAK | _FILLERS for word in words))


def is_note(name: str) -> bool:
    """Whether a name reads like a line written under a table: `Note: as of November`, or a whole sentence."""
    return bool(_NOTE.match(name.strip())) or len(name.split()) >= _SENTENCE


def is_placeholder(name: str) -> bool:
    """Whether a name is what fills a cell that has none: `TBC`, `NULL`, `-`, `?`."""
    typed = " ".join(name.casefold().split())
    return typed in _PLACEHOLDERS or typed.rstrip(".") in _PLACEHOLDERS or bool(_TO_COME.fullmatch(typed))


def _words(name: str) -> list[str]:
    return _WORD.findall(name.casefold())
