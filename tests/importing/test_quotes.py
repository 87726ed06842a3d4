"""Quotes: prices and quantities in any unit, breaks, terms, monthly caps, commissions; every value by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import orebook
from orebook.problem import Problem
from tests.importing.books import TIN, Rows, quotes


def _problem(imported: orebook.Imported) -> Problem:
    assert imported.problem is not None, "\n".join(map(str, imported.faults))
    return imported.problem


def _said(imported: orebook.Imported, check: str) -> list[str]:
    return [str(finding) for finding in imported.findings if finding.check == check]


@pytest.mark.parametrize(
    ("head", "typed", "usd_per_t"),
    [
        ("Price (USD/kg)", 31.5, 31500),
        ("Price (USD/lb)", 14, 30864.71671),  # 14 / 0.00045359237
        ("Price in US cents/lb", 1400, 30864.71671),
        ("Price USD per troy oz", 0.95, 30543.20924),  # 0.95 / 0.0000311034768
        ("price_usd_per_t", "31,500", 31500),
        ("Price", "USD 31.5/kg", 31500),
        ("Price", "$31,500 per t", 31500),
        ("Price (USD/t)", "31.5k", 31500),
        ("Price (USD/t)", "(31,500.00)", -31500),
    ],
)
def test_prices_in_any_unit(head: str, typed: Any, usd_per_t: float) -> None:
    """In the head or in the cell; a negative price is a fault of the instance, at the cell."""
    imported = quotes(["Supplier", "Metal", head], ["Traxys", "Tin", typed], ["Brix", "Tin", "USD 30,000.5 /t"])
    if usd_per_t < 0:
        assert {fault.cell for fault in imported.faults} == {
            "Quotes!C2",
            "Quotes!C2 (offers.traxys-tin.price_usd_per_t)",
        }
        return
    assert _problem(imported).offers["traxys-tin"].price_usd_per_t == usd_per_t


def test_unit_and_currency_in_columns_beside() -> None:
    """EUR a pound at 1.2: 12 * 1.2 / 0.00045359237; a minimum of 500 kg; a rate of the mapping goes first."""
    heads: list[Any] = ["Supplier", "Metal", "Price", "Price unit", "Ccy", "MOQ", "MOQ unit"]
    row: list[Any] = ["Traxys", "Tin", 12, "per lb", "EUR", 500, "kg"]
    imported = quotes(heads, row, FX=[["Currency", "Rate (USD)"], ["EUR", 1.2]])
    offer = _problem(imported).offers["traxys-tin"]
    assert (offer.price_usd_per_t, offer.min_order_t) == (31746.56575, 0.5)
    again = orebook.import_book(
        {"Quotes": [heads, row]},
        imported.mapping.model_copy(update={"rates": {"EUR": 1.0}, "block": imported.mapping.block[:1]}),
    )
    assert _problem(again).offers["traxys-tin"].price_usd_per_t == 26455.47146


def test_a_unit_of_measure_of_price_and_quantity() -> None:
    """`MT` alone is both: the price is per tonne, the quantity in tonnes."""
    imported = quotes(
        ["Supplier", "Metal", "Quantity offered", "UOM", "Unit rate", "Currency"], ["a", "Tin", 40, "MT", 31000, "USD"]
    )
    offer = _problem(imported).offers["a-tin"]
    assert (offer.price_usd_per_t, offer.max_t) == (31000, 40)


def test_unclear_numbers_are_decided_by_their_column() -> None:
    """`1.500` is 1500 beside `1.234,5` and 1.5 beside `1,234.5`; without either it is asked, and never guessed."""
    heads: list[Any] = ["Supplier", "Metal", "Price (USD/kg)", "MOQ (kg)"]
    comma = quotes(heads, ["a", "Tin", 30, "1.500"], ["b", "Tin", 30, "1.234,5"])
    point = quotes(heads, ["a", "Tin", 30, "1.500"], ["b", "Tin", 30, "1,234.5"])
    asked = quotes(heads, ["a", "Tin", 30, "1.500"])
    assert [_problem(i).offers["a-tin"].min_order_t for i in (comma, point)] == [1.5, 0.0015]
    assert asked.problem is None
    assert asked.mapping.decimal == "?"
    assert _said(asked, "unclear_number") == [
        'Quotes!D2: "1.500" is 1.5 or 1500; say in the mapping which mark is for decimals: decimal = "." or ","'
    ]


def test_dots_as_thousands_are_asked_whatever_the_rest_of_the_book_has() -> None:
    """`1.500` beside `22,000` elsewhere may be a paste from a sheet with the other mark; said of its column it is read."""
    heads: list[Any] = ["Supplier", "Metal", "Price (USD/t)", "MOQ (kg)"]
    imported = quotes(heads, ["a", "Tin", "30,500.00", "1.500"], ["b", "Tin", "30,000.50", "22,000"])
    assert [f.cell for f in imported.faults] == ["Quotes!D2"]
    block = imported.mapping.block[0]
    column = block.columns["MOQ (kg)"].model_copy(update={"decimal": ","})
    for mark, tonnes in ((".", [0.0015, 22]), (",", [1.5, 0.022])):
        column = block.columns["MOQ (kg)"].model_copy(update={"decimal": mark})
        said = block.model_copy(update={"columns": {**block.columns, "MOQ (kg)": column}})
        mapping = imported.mapping.model_copy(update={"block": (said, *imported.mapping.block[1:])})
        book: dict[str, Rows] = {
            "Quotes": [heads, ["a", "Tin", "30,500.00", "1.500"], ["b", "Tin", "30,000.50", "22,000"]]
        }
        read = _problem(orebook.import_book({**book, "Minerals": TIN}, mapping))
        assert [o.min_order_t for o in read.document.offers] == tonnes


def test_names_that_look_alike_are_one() -> None:
    """`tin` and `TIN ` are Tin, with a word; the record says so."""
    imported = quotes(["Supplier", "Metal", "Price (USD/kg)"], ["a", "TIN ", 30], ["A", "tin", 31])
    assert list(_problem(imported).minerals) == ["Tin"]
    assert {o.house for o in _problem(imported).document.offers} == {"a"}
    assert [f.cell for f in imported.findings if f.check == "name_alike"] == ["Quotes!B2", "Quotes!A3", "Quotes!B3"]


def test_days_that_may_be_two() -> None:
    """10/1/2027 is in January beside 24/1/2027, and in October beside 1/24/2027; by itself it is asked."""
    heads: list[Any] = ["Supplier", "Metal", "Price (USD/kg)", "Valid until"]
    as_of: Rows = [["Stock as of 27-Nov-2026"], ["Metal", "Quantity (t)"], ["Tin", 4]]
    day_first = quotes(heads, ["a", "Tin", 30, "10/1/2027"], ["b", "Tin", 30, "24/1/2027"], As_of=as_of)
    assert _problem(day_first).document.offers[0].to_week == 6
    alone = quotes(heads, ["a", "Tin", 30, "10/1/2027"], As_of=as_of)
    assert ["may be two days" in f.message for f in alone.faults] == [True]


def test_a_unit_that_means_several_things_is_asked() -> None:
    """A ton is a tonne, a short or a long one; an ounce of tin is none of precious metals."""
    imported = quotes(["Supplier", "Metal", "Price", "Unit", "Ccy"], ["a", "Tin", 30000, "per ton", "USD"])
    assert imported.mapping.asks() == ['units."ton"']
    assert [f.check for f in imported.faults] == ["unclear_unit"]
    assert quotes(["Supplier", "Metal", "Price (USD/oz)"], ["a", "Tin", 0.95]).mapping.asks() == ['units."oz"']


def test_unclear_prices_are_decided_by_the_benchmark() -> None:
    """`31.500` USD/t beside a reference price of 30 000 is 31 500; the record says so."""
    imported = quotes(["Supplier", "Metal", "Price (USD/t)"], ["a", "Tin", "31.500"])
    assert _problem(imported).offers["a-tin"].price_usd_per_t == 31500
    assert "as the benchmark tells" in imported.trace("offers.a-tin.price_usd_per_t")[0].how


def test_ten_times_off_the_benchmark_asks_for_a_yes() -> None:
    """31.5 typed as a number under USD/t is a thousandth; accepted in the mapping it stands."""
    heads: list[Any] = ["Supplier", "Metal", "Price (USD/t)"]
    row: list[Any] = ["a", "Tin", 31.5]
    imported = quotes(heads, row)
    assert [f.cell for f in imported.faults] == ["Quotes!C2"]
    assert imported.faults[0].message.endswith('accept = ["offers.a-tin.price_usd_per_t"]')
    mapping = imported.mapping.model_copy(update={"accept": ("offers.a-tin.price_usd_per_t",)})
    assert (
        _problem(orebook.import_book({"Quotes": [heads, row], "Minerals": TIN}, mapping))
        .offers["a-tin"]
        .price_usd_per_t
        == 31.5
    )


def test_breaks_as_prices() -> None:
    """11.7 under 11.9 from 100 t is 0.2/11.9 = 1.680672269 % off, which comes out to the cent; 11.5: 3.361344538 %."""
    heads: list[Any] = [
        "Supplier",
        "Metal",
        "Price (USD/kg)",
        "Break 1 qty (t)",
        "Break 1 price",
        "Break 2 qty (t)",
        "Break 2 price",
    ]
    minerals: Rows = [["Mineral", "Reference price (USD/kg)", "Daily use (t/day)"], ["Tin", 11.6, 1]]
    imported = quotes(heads, ["a", "Tin", 11.9, 100, "11.7 USD/kg", 300, "11.5 USD/kg"], Minerals=minerals)
    tiers = [(t.from_t, t.discount_pct) for t in _problem(imported).document.rows("tiers")]
    assert tiers == [(0, 0), (100, 1.680672269), (300, 3.361344538)]
    for starts, price in ((100, 11700), (300, 11500)):
        discount = next(d for f, d in tiers if f == starts)
        assert round(11900 * (1 - discount / 100), 2) == price
    assert "to within" in imported.trace("tiers.a-tin/100.discount_pct")[0].how


def test_prices_by_quantity_in_the_heads() -> None:
    """The lowest quantity's is the quote, and the least order; the others are tiers of it."""
    rows: Rows = [
        ["Price list in USD per t"],
        ["Supplier", "Metal", "10-99 t", "100-499 t", "500+ t"],
        ["a", "Tin", 32000, 31000, 30400],
    ]
    imported = quotes([], Quotes=rows)
    offer = _problem(imported).offers["a-tin"]
    assert (offer.price_usd_per_t, offer.min_order_t) == (32000, 10)
    assert [(t.from_t, t.discount_pct) for t in _problem(imported).document.rows("tiers")] == [
        (0, 0),
        (100, 3.125),
        (500, 5),
    ]


def test_breaks_in_rows_of_their_own() -> None:
    """Rows that differ in where their price begins are one offer; so are those of a sheet of breaks."""
    one = quotes(
        ["Supplier", "Metal", "From qty (t)", "Price (USD/t)"], ["a", "Tin", 0, 32000], ["a", "Tin", 100, 31000]
    )
    other = quotes(
        ["Supplier", "Metal", "Price (USD/t)"],
        ["a", "Tin", 32000],
        Breaks=[["Supplier", "Metal", "From qty (t)", "Break price (USD/t)"], ["a", "Tin", 100, 31000]],
    )
    for imported in (one, other):
        assert list(_problem(imported).offers) == ["a-tin"]
        assert [(t.from_t, t.discount_pct) for t in _problem(imported).document.rows("tiers")] == [(0, 0), (100, 3.125)]


def test_a_break_in_another_unit_than_its_column() -> None:
    """5000 under (t) of what is sold by half a tonne a month is refused, and a fix is written beside it, to be uncovered."""
    heads: list[Any] = [
        "Supplier",
        "Metal",
        "Price (USD/t)",
        "MOQ",
        "MOQ unit",
        "Break 1 qty (t)",
        "Break 1 price (USD/t)",
        "Max qty / month (t)",
    ]
    row: list[Any] = ["a", "Tin", 30000, 20, "kg", 5000, 29700, 6]
    imported = quotes(heads, row)
    assert [(f.check, f.cell) for f in imported.faults] == [("far_off", "Quotes!F2")]
    fixed = imported.mapping_text.replace("# [[fix]]", "[[fix]]")
    for key in ("sheet", "head", "row", "was", "read"):
        fixed = fixed.replace(f"# {key} = ", f"{key} = ")
    assert 'read = "5000 kg"' in fixed


def test_leads_and_validity() -> None:
    """45 days are 7 weeks, `6-8 weeks` 8; valid to Friday 15 January is week 7; a quote that has lapsed is left out."""
    heads: list[Any] = ["Supplier", "Metal", "Price (USD/kg)", "Lead time", "Valid from", "Valid until"]
    imported = quotes(
        heads,
        ["a", "Tin", 30, "45 days", date(2026, 11, 30), "15-Jan-2027"],
        ["b", "Tin", 30, "6-8 weeks", "w2", "w5"],
        ["c", "Tin", 30, "2 months", date(2026, 12, 9), "31.12.2026"],
        ["d", "Tin", 30, "10 days", date(2026, 11, 2), "20 Nov 2026"],
        As_of=[["Stock as of 27-Nov-2026"], ["Metal", "Quantity (t)"], ["Tin", 4]],
    )
    offers = _problem(imported).offers
    seen = {name: (o.lead_weeks, o.from_week, o.to_week) for name, o in offers.items()}
    assert seen == {"a-tin": (7, 1, 7), "b-tin": (8, 2, 5), "c-tin": (9, 2, 5)}
    assert _said(imported, "row_left_out") == [
        "Quotes!F5: the quote has lapsed before week 1, and is left out of offers"
    ]


def test_a_bid_stands_for_so_many_days() -> None:
    """From the day of the book, 27 November 2026: 30 days end on 27 December, in week 4."""
    imported = quotes(
        ["Bidder", "Metal", "Bid price (USD/kg)", "Bid validity (days)"],
        ["a", "Tin", 30, 30],
        As_of=[["Stock as of 27-Nov-2026"], ["Metal", "Quantity (t)"], ["Tin", 4]],
    )
    assert _problem(imported).offers["a-tin"].to_week == 4


@pytest.mark.parametrize(
    ("terms", "pct", "weeks", "said"),
    [
        ("30% advance, 70% on B/L", 30, 0, "paid at b/l, before the goods arrive"),
        ("Net 60", 0, 9, None),
        ("Net 30", 0, 5, None),
        ("T/T in advance", 100, 0, None),
        ("100% on delivery", 0, 0, None),
        ("advance payment 40 %, rest on arrival", 40, 0, None),
        ("as agreed", 100, 0, "all is paid with the order"),
    ],
)
def test_payment_terms(terms: str, pct: float, weeks: int, said: str | None) -> None:
    """The part with the order and the weeks until the rest; whatever else they say is told, and not carried over."""
    imported = quotes(["Supplier", "Metal", "Price (USD/kg)", "Payment terms"], ["a", "Tin", 30, terms])
    offer = _problem(imported).offers["a-tin"]
    assert (offer.pay_on_order_pct, offer.pay_after_weeks) == (pct, weeks)
    lost = _said(imported, "not_carried_over")
    assert [said in text for text in lost if said] == [True] * len(lost)
    assert bool(lost) == (said is not None)


def test_what_a_term_of_delivery_leaves_out() -> None:
    """FOB with 150 USD/t freight and 0.5 % insurance on 30 000: 300; CFR the insurance alone; a freight column stays."""
    heads: list[Any] = ["Supplier", "Metal", "Price (USD/kg)", "Incoterm", "Freight (USD/t)"]
    rows: list[list[Any]] = [
        ["a", "Tin", 30, "FOB Callao", None],
        ["b", "Tin", 30, "CFR Busan", None],
        ["c", "Tin", 30, "CIF Busan", None],
        ["d", "Tin", 30, "EXW", 80],
    ]
    bare = quotes(heads, *rows)
    assert [text.split(":")[0] for text in _said(bare, "not_carried_over")] == ["Quotes!D2", "Quotes!D3"]
    costs = {"freight_usd_per_t": 150, "insurance_pct": 0.5}
    terms = {term: type(bare.mapping.incoterms["FOB"]).model_validate(costs) for term in ("FOB", "CFR", "CIF", "EXW")}
    told = orebook.import_book(
        {"Quotes": [heads, *rows], "Minerals": TIN}, bare.mapping.model_copy(update={"incoterms": terms})
    )
    assert [o.freight_usd_per_t for o in _problem(told).offers.values()] == [300, 150, 0, 80]
    assert _said(told, "not_carried_over") == []


def test_a_most_a_month_is_an_offer_a_month() -> None:
    """80 t a month, open from week 1 (December) to week 8 (January): two offers of 80 t; the second has weeks 6 to 8."""
    heads: list[Any] = [
        "Supplier",
        "Metal",
        "Price (USD/kg)",
        "Valid from",
        "Valid until",
        "Max qty / month (t)",
        "MOQ (t)",
    ]
    as_of: Rows = [["Stock as of 27-Nov-2026"], ["Metal", "Quantity (t)"], ["Tin", 4]]
    row: list[Any] = ["a", "Tin", 30, date(2026, 11, 30), date(2027, 1, 24), 80, 20]
    imported = quotes(heads, row, As_of=as_of)
    offers = _problem(imported).offers
    assert [(n, o.from_week, o.to_week, o.max_t) for n, o in offers.items()] == [
        ("a-tin-2026-12", 1, 5, 80),
        ("a-tin-2027-01", 6, 8, 80),
    ]
    book: dict[str, Rows] = {"Quotes": [heads, row], "Minerals": TIN, "As_of": as_of}
    limits = {}
    for choice in ("week", "plan", "loose"):
        read = orebook.import_book(book, imported.mapping.model_copy(update={"monthly_cap": choice}))
        offer = _problem(read).offers["a-tin"]
        limits[choice] = (offer.max_week_t, offer.max_t)
    # a week of five in December is 16 t, which is under the least order of 20 t
    assert limits == {"week": (None, 80), "plan": (None, 80), "loose": (80, 160)}


def test_commissions_of_quotes() -> None:
    """One a house; where two quotes differ the least is the house's, and 0.5 % of 30 000 is 150 USD/t of freight."""
    imported = quotes(
        ["Supplier", "Metal", "Origin", "Price (USD/kg)", "Commission"],
        ["a", "Tin", "Peru", 30, "1.0%"],
        ["a", "Tin", "China", 30, "1.5%"],
        ["b", "Tin", "Peru", 30, "2%"],
    )
    problem = _problem(imported)
    assert {name: house.commission_pct for name, house in problem.houses.items()} == {"a": 1, "b": 2}
    freight = {name: offer.freight_usd_per_t for name, offer in problem.offers.items()}
    assert freight == {"a-tin-peru": 0, "a-tin-china": 150, "b-tin-peru": 0}
    assert len(_said(imported, "commission_as_freight")) == 1


def test_failed_cells_and_placeholders_are_listed() -> None:
    """A price that is `#REF!` or `TBC` leaves its row out; a blank minimum is its default."""
    imported = quotes(
        ["Supplier", "Metal", "Price (USD/kg)", "MOQ (t)"],
        ["a", "Tin", "#REF!", 5],
        ["b", "Tin", "TBC", 5],
        ["c", "Tin", 30, "n/a"],
        ["d", "Tin", 31, "-"],
    )
    assert list(_problem(imported).offers) == ["c-tin", "d-tin"]
    assert [f.cell for f in imported.findings if f.check in ("failed_cell", "placeholder")] == [
        "Quotes!C2",
        "Quotes!C3",
        "Quotes!D4",
    ]
    assert len(_said(imported, "row_left_out")) == 2


def test_names_that_no_table_may_hold() -> None:
    """A slash is written as a dash, and the record says so; two offers of one name are numbered."""
    imported = quotes(["Supplier", "Metal", "Price (USD/kg)"], ["A/B", "Tin", 30], ["A/B", "Tin", 31])
    assert list(_problem(imported).offers) == ["a-b-tin", "a-b-tin-2"]
    assert _problem(imported).offers["a-b-tin"].house == "A-B"
    assert "letters that no name may hold" in imported.trace("offers.a-b-tin.house")[0].how


def test_per_cent_and_parts_of_one() -> None:
    """1.5 under % is 1.5 %; 0.015 and 0.02 without a word may be either, and are asked; `fraction` makes them 1.5 and 2."""
    heads: list[Any] = ["Supplier", "Metal", "Price (USD/kg)", "Commission"]
    asked = quotes(heads, ["a", "Tin", 30, 0.015], ["b", "Tin", 30, 0.02])
    assert [f.check for f in asked.faults] == ["unclear_percent"]
    said = quotes([*heads[:3], "Commission (fraction)"], ["a", "Tin", 30, 0.015], ["b", "Tin", 30, 0.02])
    assert [h.commission_pct for h in _problem(said).houses.values()] == [1.5, 2]
    plain = quotes([*heads[:3], "Commission %"], ["a", "Tin", 30, 0.5], ["b", "Tin", 30, 0.75])
    assert [h.commission_pct for h in _problem(plain).houses.values()] == [0.5, 0.75]
