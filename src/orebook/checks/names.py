"""Names that no table has to know, and that look misspelt all the same."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.checks.context import CheckContext
from orebook.findings import Finding
from orebook.reading import letters, suggest
from orebook.schema.tables import DutyRow, FloorRow, OriginRow, ShareRow, SiteRow, UseRow, WithdrawalRow


def place_without_offer(case: CheckContext) -> Iterator[Finding]:
    """Without origins.csv: an origin in duties, floors or shares that no offer is from."""
    if case.sheet(OriginRow).present:
        return
    origins = {offer.origin for offer in case.problem.offers.values() if offer.origin is not None}
    known = suggest.Suggestions(origins)
    for sheet, column in (
        (case.sheet(DutyRow), "origin"),
        (case.sheet(FloorRow), "origin"),
        (case.sheet(ShareRow), "name"),
    ):
        for entry in sheet.entries:
            name = entry.cells.get(column)
            if name is not None and name not in known.known and entry.cells.get("by", "origin") == "origin":
                says = f'no offer is from "{name}"; {known.mend(name)}'
                yield sheet.warning("place_without_offer", entry, column, says)


def near_name(case: CheckContext) -> Iterator[Finding]:
    """A storage class that no mineral has, or a member that uses nothing, where one is spelt almost so."""
    classes = {mineral.storage_class for mineral in case.problem.minerals.values()}
    sites = case.sheet(SiteRow)
    for entry, row in sites.rows():
        accepted = case.problem.sites[row.site].accepts or frozenset()
        for name in sorted(accepted - classes):
            like = suggest.nearest(name, classes - accepted)
            if like is not None:
                says = f'no mineral is of class "{name}"; {suggest.meant(name, like)}'
                yield sites.warning("near_name", entry, "accepts", says)
    use = case.sheet(UseRow)
    members = use.names("member")
    looks, known = set(map(letters.look, members)), suggest.Suggestions(members)
    withdrawals = case.sheet(WithdrawalRow)
    for line, withdrawal in withdrawals.rows():
        if not withdrawal.member or letters.look(withdrawal.member) in looks:
            continue  # known, or named by `names_alike`
        like = known.nearest(withdrawal.member)
        if like is not None:
            says = f'"{withdrawal.member}" is no member in {use.file}; {suggest.meant(withdrawal.member, like)}'
            yield withdrawals.warning("near_name", line, "member", says)
