"""What a member is handed: its own figures to the cent, which with the others' come to the plan's, and nothing of theirs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import Rows, make_problem
from tests.judge.cases import WEEKLY, decide
from tests.report.books import opened, rows
from tests.report.membered import ENTITLEMENTS, MEMBERS, OWED, USE, membered_plan, membered_problem

from orebook.accounting.statement import CARRIED, MemberStatement, MineralStatement, statements
from orebook.errors import InputError
from orebook.exact import ZERO, Fraction
from orebook.judge import judge
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.report.cents import parts, to_cent
from orebook.report.member import EVERY, figures, statement_html, statement_markdown, statement_of, statement_reports
from orebook.report.member.sections import sections
from orebook.report.pdf import for_paper
from orebook.report.table import Table

NAMES = ("acme", "borealis", "cygnus")


def of(name: str) -> MemberStatement:
    """A member's statement, in cents."""
    return statement_of(membered_plan(), name).members[0]


def mineral(name: str, what: str) -> MineralStatement:
    """One mineral of it."""
    return next(m for m in of(name).minerals if m.mineral == what)


def tables(name: str | None) -> dict[str, Table]:
    """The tables of the page by title."""
    return {t.title: t for s in sections(statement_of(membered_plan(), name)) for t in s.tables}


def texts(plan: Plan, name: str) -> Iterator[str]:
    """Every form as text: page, paper, markdown, JSON, and all parts of the workbook, its properties too."""
    files = statement_reports(plan, name)
    page, book = files["statement.html"], files["statement.xlsx"]
    assert isinstance(page, str)
    assert isinstance(book, bytes)
    yield unescape(page)
    yield unescape(for_paper(page))
    yield str(files["statement.md"]).replace("\\", "")
    yield str(files["statement.json"])
    with zipfile.ZipFile(BytesIO(book)) as whole:
        yield "\n".join(whole.read(part).decode() for part in whole.namelist())


def test_tonnes_by_hand() -> None:
    """acme: 20.75 less 4.125 taken and 3.375 still lent are 13.25; borealis 10.625 less 2.235; that of cygnus is endless."""
    assert tables("acme")["In tonnes"].rows == (
        ("gallium", "2.345", "0", "0", "0", "0", "2.345"),
        ("tin", "20.75", "13.635", "9.51", "6.748", "3.544", "13.25"),
    )
    tin = mineral("acme", "tin")
    assert (tin.returned_t, tin.owed_t) == (Fraction("6.7485"), Fraction("3.54375"))
    assert tables("borealis")["In tonnes"].rows == (("tin", "10.625", "2.235", "0", "1.257", "0", "8.39"),)
    assert tables("cygnus")["In tonnes"].rows == (
        ("gallium", "no limit", "1.515", "0", "0", "0.333", "no limit"),
        ("tin", "3.875", "0", "0", "0", "0", "3.875"),
    )


def test_days_are_of_the_members_own_use() -> None:
    """2.15 t of tin a day: 20.75 t are 9.65 days, 13.25 t 6.16; it uses no gallium, so that no days of it are told."""
    assert tables("acme")["In days of its own use"].rows == (("tin", "9.7", "6.3", "4.4", "3.1", "1.6", "6.2"),)
    (member,) = figures(statement_of(membered_plan(), "acme"))["members"]
    gallium, tin = member["minerals"]
    assert tin["left_days"] == pytest.approx(13.25 / 2.15)
    assert (gallium["left_t"], gallium["left_days"]) == (2.345, None)


def test_what_is_left_at_inventory_price_and_at_the_market_by_hand() -> None:
    """13.25 t at 91.30 are 1209.725, at the 120 of week 3 1590; of gallium no price is agreed: at the market alone, 2345."""
    assert tables("acme")["Left at the end"].rows == (
        ("gallium", "2.345", "", "1,000.00", "", "2,345.00"),
        ("tin", "13.25", "91.30", "120.00", "1,209.73", "1,590.00"),
    )
    assert tables("acme")["Left at the end"].note.endswith("USD 1,209.73, at the market USD 1,590.00.")
    assert tables("cygnus")["Left at the end"].rows == (("tin", "3.875", "93.15", "120.00", "360.96", "465.00"),)
    assert mineral("cygnus", "gallium").inventory_usd is None


def test_parts_of_the_costs_by_hand() -> None:
    """Shares 0.5, 0.3 and, blank, what is left: 0.2. Rent 0.7938, 0.47628 and 0.31752: 1.59 needs two cents more than
    0.79 + 0.47 + 0.31, for those of which most is cut off; of 5.001 cents of fees 2.5005 become 3."""
    told = [[float(getattr(of(name), what)) for what in CARRIED] for name in NAMES]
    assert told == [[0.79, 1.69, 15, 0.03], [0.48, 1.01, 9, 0.01], [0.32, 0.67, 6, 0.01]]
    assert [float(of(name).carried_usd) for name in NAMES] == [17.51, 10.5, 7]
    assert [of(name).carry_share for name in NAMES] == [Fraction("0.5"), Fraction("0.3"), Fraction("0.2")]


def test_the_fee_to_date_by_hand() -> None:
    """3 weeks of 523, 100 and 101 USD a year are 30.1731, 5.7692 and 5.8269, 41.77 in all: the last two are rounded up."""
    assert [float(of(name).fee_to_date_usd) for name in NAMES] == [30.17, 5.77, 5.83]


def test_members_come_to_the_plan_to_the_cent() -> None:
    """Each cost is the judge's, exactly before it is rounded and to the cent after; the last row says so."""
    plan = membered_plan()
    judged = plan.judgement
    exact = statements(plan.problem, judged.unmet, judged.returns, judged.exact_costs)
    for cost in CARRIED:
        assert sum(getattr(m, cost) for m in exact) == judged.exact_costs[cost]
        assert sum(getattr(of(name), cost) for name in NAMES) == to_cent(judged.exact_costs[cost])
    (table,) = (t for title, t in tables(None).items() if title == "All members, USD")
    assert table.rows[-1] == ("all members", "100 %", "1.59", "3.37", "30.00", "0.05", "35.01", "41.77")


def test_what_is_left_of_all_members_is_the_sum_of_theirs() -> None:
    """1209.73 + 801.66 (8.39 t at 95.55 are 801.6645) + 360.96, and at the market 1590 + 1006.80 + 465."""
    found = tables(None)["All members, USD where an inventory price is agreed"].rows
    assert [row[1:] for row in found] == [
        ("1,209.73", "1,590.00"),
        ("801.66", "1,006.80"),
        ("360.96", "465.00"),
        ("2,372.35", "3,061.80"),
    ]


def test_three_equal_parts_of_a_cent_go_to_the_first_named() -> None:
    """Without members.csv all that are named carry a third each, exactly: of 5.001 cents of fees 1.667 each."""
    plan = membered_plan(membered_problem(members=None))
    found = statement_of(plan).members
    assert [m.carry_share for m in found] == [Fraction(1, 3)] * 3
    assert [float(m.fees_usd) for m in found] == [0.02, 0.02, 0.01]
    assert [float(m.fee_to_date_usd) for m in found] == [0, 0, 0]


def test_of_equal_remainders_the_first_gets_the_cent() -> None:
    """82.5, 49.5 and 33 cents of 165: one cent is missing, and the first has it."""
    assert parts([Fraction("0.825"), Fraction("0.495"), Fraction("0.33")]) == (
        Fraction("0.83"),
        Fraction("0.49"),
        Fraction("0.33"),
    )
    assert parts([]) == ()


@given(st.lists(st.fractions(min_value=-10, max_value=1000, max_denominator=7000)))
def test_parts_are_whole_cents_of_the_nearest_sum(amounts: list[Fraction]) -> None:
    """Less than a cent off each, together the sum to the nearest cent; who loses more of a cent is not told less of it."""
    amounts = [Fraction(usd) for usd in amounts]
    told = parts(amounts)
    assert sum(told, ZERO) == to_cent(sum(amounts, ZERO))
    assert all(abs(x - y) < Fraction(1, 100) and (x * 100).denominator == 1 for x, y in zip(told, amounts, strict=True))
    up = [x for x, y in zip(amounts, told, strict=True) if y > x]
    down = [x for x, y in zip(amounts, told, strict=True) if y < x]
    assert min((x * 100 % 1 for x in up), default=1) >= max((x * 100 % 1 for x in down), default=0)


FIGURES = {
    "acme": (
        *("20.75", "13.635", "9.51", "6.748", "6.7485", "3.544", "3.54375", "13.25", "2.345", "2.15", "9.651", "6.163"),
        *("91.3", "91.30", "1209.73", "1590", "2345", "523", "30.17", "0.79", "1.69", "15.00", "17.51", "50 %"),
    ),
    "borealis": (
        *("10.625", "2.235", "1.257", "8.39", "1.23", "8.638", "6.821", "95.55", "801.66", "1006.8", "1006.80"),
        *("5.77", "0.48", "1.01", "9.00", "10.5", "10.50", "30 %"),
    ),
    "cygnus": (
        *("1.515", "0.333", "3.875", "0.61", "2.484", "812.4", "812.40", "93.15", "360.96", "465"),
        *("5.83", "0.32", "0.67", "6.00", "7.00", "20 %"),
    ),
}
"""By hand: tonnes, days, prices, USD and terms of each, as they may be written; none of another's."""


def _told(figure: str, text: str) -> bool:
    """Whether it stands there as a figure of its own."""
    return re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d|\.[1-9])", text) is not None


@pytest.mark.parametrize("form", range(5))
@pytest.mark.parametrize("name", NAMES)
def test_a_member_sees_nothing_of_another_in_any_form(name: str, form: int) -> None:
    """Neither the others' names and figures, nor withdrawals, stores, houses, offers, sources and names of the instance."""
    plan = membered_plan()
    own = list(texts(plan, name))[form].replace(",", "")
    others = [other for other in NAMES if other != name]
    inside = ("quiet", "cave", "traxys", "secret", "exim", "hush", "still-", "mute", "cave-case")
    assert name in own
    assert [word for word in (*others, *inside) if word in own.lower()] == []
    for other in others:
        theirs = list(texts(plan, other))[form].replace(",", "")
        assert sum(_told(figure, theirs) for figure in FIGURES[other]) >= 6
        assert [figure for figure in FIGURES[other] if _told(figure, own)] == []


def _others(listed: Rows, **columns: float) -> Rows:
    """Rows in which all but acme go by another name, with other figures in the columns that the rows have."""
    return [
        row
        if row["member"] == "acme"
        else row | {k: v for k, v in columns.items() if k in row} | {"member": f"{row['member']}-else"}
        for row in listed
    ]


def test_whatever_others_are_called_and_may_draw_a_members_statement_is_the_same() -> None:
    """To the last byte of every form, the digest apart: nothing of theirs is in it, in whatever shape.

    Their shares stay: on which of them the last cent falls hangs on all.
    """
    here = membered_plan()
    drawn = [row.model_dump() for row in here.problem.document.rows("withdrawals")]
    other = membered_problem(
        members=_others(MEMBERS, fee_usd_per_year=111),
        entitlements=_others(ENTITLEMENTS, tonnes=77, inventory_usd_per_t=96.66),
        use=_others(USE, daily_use_t=9.9),
        owed=_others(OWED),
        withdrawals=_others(drawn),
    )
    there = membered_plan(other)
    assert here.problem.digest != there.problem.digest
    assert list(_whole(here)) == list(_whole(there))


def _whole(plan: Plan) -> Iterator[str]:
    """Every form of acme's statement, without the digest."""
    return (text.replace(plan.problem.digest[:12], "") for text in texts(plan, "acme"))


def test_the_statement_itself_holds_nothing_of_another() -> None:
    """Whoever writes another form from it finds nothing that would have to be taken out."""
    assert [
        name for name in ("borealis", "cygnus", "cave", "hush") if name in repr(statement_of(membered_plan(), "acme"))
    ] == []


def test_one_without_a_row_is_entitled_to_none_and_without_a_table_all_are_without_limit() -> None:
    """borealis, whose row is gone, is served nothing; where nobody has a row there is no limit, and nothing left of one."""
    kept = [row for row in ENTITLEMENTS if row["member"] != "borealis"]
    problem = membered_problem(entitlements=kept, withdrawals=None)
    bare = statement_of(_served_nothing(problem), "borealis")
    (tin,) = bare.members[0].minerals
    assert "inventory price is agreed" not in statement_markdown(bare)
    assert (tin.entitled_t, tin.left_t, tin.inventory_usd) == (ZERO, ZERO, None)
    free = statement_of(_served_nothing(membered_problem(entitlements=None, withdrawals=None)), "borealis")
    assert (free.members[0].minerals[0].entitled_t, free.members[0].minerals[0].left_t) == (None, None)
    assert "Of nothing is there a limit" in statement_markdown(free)


def _served_nothing(problem: Problem) -> Plan:
    judgement = judge(problem, decide(), WEEKLY)
    return Plan.assemble(problem, WEEKLY, judgement, status="feasible", stages=(), given_up=(), repeatable=True)


def test_a_plan_made_without_regard_to_entitlements_says_so() -> None:
    """Then what is left may be below 0, and the page says why."""
    free = WEEKLY.model_copy(update={"rules": {n: r for n, r in WEEKLY.rules.items() if n != "entitlement"}})
    less = [{**row, "tonnes": 1} if row["member"] == "borealis" else row for row in ENTITLEMENTS]
    statement = statement_of(membered_plan(membered_problem(entitlements=less), free), "borealis")
    assert statement.members[0].minerals[0].left_t == Fraction("-1.235")
    assert "without regard to what members may draw" in statement_html(statement)
    assert "without regard" not in statement_html(statement_of(membered_plan(), "borealis"))


def test_what_comes_to_be_known_holds_at_the_end() -> None:
    """From week 2 acme may draw 30 t and uses 3 t a day; it is told so of the whole plan: 10 days, and 22.5 t left."""
    news = membered_problem().change("entitlements.acme/tin.tonnes=30", "use.acme/tin.daily_use_t=3", known=2)
    tin = statement_of(membered_plan(news), "acme").members[0].minerals[-1]
    assert [tin.entitled_t, tin.use_t_per_day, tin.left_t] == [Fraction(30), Fraction(3), Fraction("22.5")]


def test_who_is_no_member_is_refused() -> None:
    """With what was probably meant; of a reserve without members nobody has a statement."""
    with pytest.raises(InputError, match='"acmee" is no member; did you mean "acme"'):
        statement_of(membered_plan(), "acmee")
    with pytest.raises(InputError, match="has no members"):
        statement_of(_served_nothing(make_problem()))


def test_the_workbook_adds_up() -> None:
    """Rows as on the page; what all come to is what the sums are held against."""
    book = statement_reports(membered_plan(), EVERY)["statement.xlsx"]
    assert isinstance(book, bytes)
    carried = rows(opened(book)["Carried"], "Carried")
    assert [row["carried USD"] for row in carried] == [17.51, 10.5, 7]
    minerals = rows(opened(book)["Minerals"], "Minerals")
    assert [(m["member"], m["mineral"], m["left t"]) for m in minerals] == [
        ("acme", "gallium", 2.345),
        ("acme", "tin", 13.25),
        ("borealis", "tin", 8.39),
        ("cygnus", "gallium", "no limit"),
        ("cygnus", "tin", 3.875),
    ]
    assert book == statement_reports(membered_plan(), EVERY)["statement.xlsx"]
    for sheet in ("Carried", "Minerals"):
        apart = [
            r for r in opened(book, values=True)[sheet].iter_rows(values_only=True) if r[0] == "all rows less that"
        ]
        found = [cell for cell in apart[0][1:] if cell is not None]
        assert found
        assert found == [0] * len(found)
