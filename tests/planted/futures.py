"""Faults in what a bar strands, and in what may come."""

from __future__ import annotations

from tests.planted.mutant import Mutant

UNDER_WAY, SETTLED = "under_way.py", "changes/settled.py"
WALKS, SELECTION, DRAWN = (f"scenarios/{name}.py" for name in ("price_walks", "forward_selection", "drawn_futures"))
BARS = "test_under_way.py::test_what_is_under_way_by_hand"
EARLY = "changes/test_futures.py::test_one_row_of_a_week_before_it_is_known_stays"
DRAWS = "scenarios/test_drawn_futures.py"

MUTANTS = [
    Mutant(
        "goods under way in the week in which they arrive",
        UNDER_WAY,
        "ticket.week <= week < _gone(ticket)",
        "ticket.week <= week <= _gone(ticket)",
        (BARS,),
    ),
    Mutant(
        "a bar in the last week that strands what is under way at its end",
        UNDER_WAY,
        "for week in self.weeks[:-1] if week.minerals",
        "for week in self.weeks if week.minerals",
        ("test_under_way.py::test_what_is_under_way_in_the_last_week_no_bar_of_the_plan_strands",),
    ),
    Mutant(
        "what is paid on arrival told as paid",
        "judge/judging.py",
        "order.on_order for order in ledger.orders",
        "order.order_cash for order in ledger.orders",
        ("test_under_way.py::test_what_is_paid_up_to_then_is_the_part_on_order_and_the_fee",),
    ),
    Mutant("a row of the week before it is known", SETTLED, "if early >= known:", "if early >= known - 1:", (EARLY,)),
    Mutant(
        "a blank probability that takes all that is left",
        "resolve.py",
        "left) / max(1, sum(row.probability is None for row in rows))",
        "left) / 1",
        ("changes/test_futures.py::test_blanks_are_filled_in",),
    ),
    Mutant(
        "walks whose median is today's price",
        WALKS,
        "- passed * spread**2 / 2",
        "- 0 * passed * spread**2 / 2",
        (f"{DRAWS}::test_walks_have_the_mean_the_spread_and_the_correlation_asked_for",),
    ),
    Mutant(
        "the draw kept that brings least",
        SELECTION,
        "self._next = int(after.argmin())",
        "self._next = int(after.argmax())",
        (f"{DRAWS}::test_each_step_keeps_the_draw_that_brings_most",),
    ),
    Mutant(
        "a set of hazards that joins the one least like it",
        DRAWN,
        "return min(kept_groups, key",
        "return max(kept_groups, key",
        (f"{DRAWS}::test_what_is_kept_is_a_table_of_futures_without_a_fault",),
    ),
]
