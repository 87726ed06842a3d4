"""What can be wrong or suspicious in an instance whose cells read well: one function a check, all listed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from orebook.checks import (
    alike,
    floors,
    funding,
    futures,
    keys,
    leaving,
    marks,
    meaning,
    members,
    money,
    names,
    notes,
    offers,
    past,
    prices,
    references,
    risk,
    spans,
    stores,
    targets,
    tiers,
    totals,
)
from orebook.checks.context import CheckContext
from orebook.extensions import brought
from orebook.findings import Finding
from orebook.problem import Problem
from orebook.reading.book import Book

FAULTS: tuple[Callable[[Book], Iterator[Finding]], ...] = (
    keys.empty_table,
    keys.duplicate_key,
    keys.use_in_two_tables,
    references.unknown_name,
    references.unknown_place,
    references.origin_is_group,
    tiers.tier_ends_early,
    tiers.tiers_overlap,
    tiers.incremental_tiers,
    spans.week_beyond_plan,
    spans.day_for_week,
    spans.known_outside,
    spans.strikes_outside,
    spans.window_reversed,
    spans.shares_reversed,
    funding.undrawn_without_limit,
    floors.payer_without_cfd,
    floors.upside_not_ours,
    members.loan_terms,
    members.carry_shares,
    leaving.surplus_without_limit,
    leaving.bid_below_zero,
    leaving.same_mineral,
    leaving.conversion_ring,
    spans.calendar_ends,
    marks.unknown_input,
    risk.pair_of_one,
    risk.pair_twice,
    futures.probabilities_apart,
)
"""Checks of a book; what any of them finds makes the instance unusable."""

SLIPS: tuple[Callable[[Book], Iterator[Finding]], ...] = (
    totals.totals_row,
    notes.note_row,
    alike.names_alike,
    alike.mixed_letters,
    alike.placeholder_name,
)
"""Checks of how a book was typed, whether or not it has faults besides; what they find is refused under `--strict` only."""

WARNINGS: tuple[Callable[[CheckContext], Iterator[Finding]], ...] = (
    prices.costs_nothing,
    prices.off_by_a_unit,
    prices.far_off_benchmark,
    prices.price_and_premium,
    offers.offer_never_open,
    offers.commitment_out_of_reach,
    targets.target_out_of_reach,
    targets.target_without_use,
    targets.withdrawal_without_use,
    targets.idle_mineral,
    past.rows_past_plan,
    past.plan_ends_empty,
    past.use_draws_nothing,
    past.lead_in_days,
    stores.room_without_size,
    stores.stock_over_store,
    stores.stock_over_ceiling,
    stores.class_not_accepted,
    stores.inbound_after_plan,
    money.releases_below_budget,
    money.funding_shares_too_small,
    meaning.no_house_allowed,
    meaning.prior_offer_gone,
    meaning.prior_after_plan,
    meaning.share_without_offer,
    meaning.split_cannot_hold,
    names.place_without_offer,
    names.near_name,
    members.member_not_listed,
    members.not_entitled,
    members.owed_after_plan,
    leaving.bid_never_filled,
    leaving.conversion_too_slow,
    leaving.lapses_within_plan,
    futures.future_left_out,
    futures.futures_alike,
)
"""Checks of what an instance means; what they find is refused under `--strict` only."""


def faults(book: Book) -> list[Finding]:
    """Every fault in how the rows of a book fit together."""
    return [finding for check in FAULTS for finding in check(book)]


def slips(book: Book) -> list[Finding]:
    """Every slip of typing that a row shows by itself or beside its neighbours."""
    return [finding for check in SLIPS for finding in check(book)]


def warnings(problem: Problem, book: Book) -> list[Finding]:
    """Everything suspicious in a problem; the book says where each row of it stands."""
    case = CheckContext.of(problem, book)
    return [finding for check in (*WARNINGS, *brought("checks").values()) for finding in check(case)]


def in_file_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file, row and column; those of a whole file come first."""
    return sorted(findings, key=lambda f: (f.file, f.row or 0, f.column or "", f.message))
