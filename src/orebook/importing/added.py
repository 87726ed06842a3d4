"""Rows that a book does not spell out: houses and stores that it names, origins by group, benchmarks, classes."""

from __future__ import annotations

from orebook.importing.blocs import is_in
from orebook.importing.figures import Cells, Figure, tidy
from orebook.importing.holdings import STORE
from orebook.importing.making import Making


def add_origins(making: Making) -> None:
    """The origins of offers, each in the first group of the mapping that lists it; `*` lists all the others."""
    groups = making.mapping.groups
    for cells in list(making.rows("offers").values()):
        origin = cells.get("origin")
        if origin is None or (origin.value,) in making.rows("origins") or not groups:
            continue
        named = [g for g, members in groups.items() if any(is_in(str(origin.value), m) for m in members)]
        others = [g for g, members in groups.items() if "*" in members]
        row: Cells = {"origin": origin}
        if group := next(iter([*named, *others]), None):
            row["group"] = Figure(group, "mapping", group, (f"groups.{group}",))
        making.add("origins", row, origin.cell)
    _drop_idle_duties(making)


def _drop_idle_duties(making: Making) -> None:
    """Duties of groups that no offer's origin is in: there is nothing that they would be paid on."""
    used = {cells["group"].value for cells in making.rows("origins").values() if "group" in cells}
    for group in making.mapping.groups.keys() - used:
        idle = [key for key in making.rows("duties") if key[0] == group]
        for key in idle:
            cells = making.tables["duties"].pop(key)
            says = f'no offer comes from an origin of "{group}"; its duties are left out'
            making.notes.warn("duty_left_out", cells["duty_pct"].cell, says, cells["duty_pct"].typed)


def add_missing(making: Making) -> list[str]:
    """Rows that other tables need: houses and stores that are named, minerals without a benchmark; which inputs are assumed."""
    for cells in making.rows("offers").values():
        _once(making, "houses", "house", cells["house"])
    listed = bool(making.rows("sites"))
    for table in ("stock", "inbound"):
        for cells in making.rows(table).values():
            if (
                (making.rows("sites") or cells["site"].value != STORE)
                and _once(making, "sites", "site", cells["site"])
                and listed
            ):
                site = cells["site"]
                says = f'"{site.value}" is no store of the sheet of stores; it is added without limits'
                making.notes.warn("added_row", site.cell, says, site.typed)
    return _benchmarks(making)


def _once(making: Making, table: str, column: str, name: Figure) -> bool:
    """Add the row of a name where there is none yet; whether it was."""
    there = making.tables.setdefault(table, {})
    if (name.value,) in there:
        return False
    there[name.value,] = {column: name}
    return True


def _benchmarks(making: Making) -> list[str]:
    """Minerals that no sheet gives a benchmark have the middle one of their quotes."""
    listed = {key[0] for key in making.rows("minerals")}
    assumed = []
    for mineral, figure in _named(making).items():
        row = making.tables.setdefault("minerals", {}).setdefault((mineral,), {"mineral": figure})
        if mineral in making.listed_prices:
            row.setdefault("price_usd_per_t", making.listed_prices[mineral])
        if "price_usd_per_t" in row:
            continue
        if mineral not in listed and listed:
            where = f'add it there, or say which it is in the mapping: names."{mineral}"'
            says = f'"{mineral}" is not on the sheet of minerals; {where}'
            making.notes.fault("unknown_mineral", figure.cell, says, figure.typed)
            del making.tables["minerals"][mineral,]
            continue
        offers = [cells for cells in making.rows("offers").values() if cells["mineral"].value == mineral]
        quotes = sorted((c["price_usd_per_t"] for c in offers if "price_usd_per_t" in c), key=lambda f: f.number)
        if not quotes:
            says = f'"{mineral}" has neither a reference price nor a quote; add one'
            if "price_usd_per_t" not in making.notes.asked:
                making.notes.fault("no_benchmark", figure.cell, says, figure.typed)
            del making.tables["minerals"][mineral,]
            continue
        middle = quotes[(len(quotes) - 1) // 2]
        row["price_usd_per_t"] = middle.then(middle.value, "the middle one of its quotes, for no benchmark is given")
        says = f'"{mineral}" has no reference price; the middle one of its quotes is taken, {tidy(middle.value)} USD/t'
        making.notes.warn("assumed_benchmark", figure.cell, says)
        assumed.append("minerals.price_usd_per_t")
    return sorted(set(assumed))


def _named(making: Making) -> dict[str, Figure]:
    """Every mineral that any table names, and where first."""
    named: dict[str, Figure] = {}
    for table in ("minerals", "offers", "stock", "inbound", "use", "withdrawals", "targets", "prices"):
        for cells in making.rows(table).values():
            named.setdefault(str(cells["mineral"].value), cells["mineral"])
    return named


def add_classes(making: Making) -> None:
    """Minerals without a storage class have that of the store in which their stock lies, where it takes one alone."""
    if not making.mapping.class_from_stock:
        return
    for (mineral,), row in making.rows("minerals").items():
        stores = [c["site"] for key, c in making.rows("stock").items() if key[0] == mineral]
        classes = {
            str(site["accepts"].value): site["accepts"]
            for s in stores
            if "accepts" in (site := making.rows("sites").get((s.value,), {}))
        }
        if "storage_class" not in row and len(classes) == 1:
            ((name, figure),) = classes.items()
            if ";" not in name:
                row["storage_class"] = figure.then(
                    name, f"the class of {stores[0].value}, where its stock lies"
                ).with_cells([stores[0]])
