"""What quotes say in words of delivery and payment, as freight and as the part paid with the order."""

from __future__ import annotations

from math import ceil

from orebook.exact import ZERO, Fraction, exact
from orebook.importing.figures import Cells, factor_text, tidy
from orebook.importing.making import Making
from orebook.importing.mapping import Incoterm
from orebook.importing.terms import LEAVES_OUT, PAYS_DUTY, incoterm_of, paid_on_order


def add_delivery(making: Making, cells: Cells) -> None:
    """What a term of delivery leaves out is added as freight, as far as the mapping says what it costs."""
    said = cells.get("incoterm")
    if said is None:
        return
    term = incoterm_of(str(said.value))
    if term is None:
        says = f'"{said.typed}" is no incoterm that is known; nothing is added for it'
        making.notes.warn("unknown_incoterm", said.cell, says, said.typed)
        return
    if term in PAYS_DUTY:
        says = "under DDP the price has the duty in it; a duty in the instance would be paid twice"
        making.notes.warn("duty_in_price", said.cell, says, said.typed)
    missing = LEAVES_OUT[term]
    if not missing or "freight_usd_per_t" in cells:
        return
    costs, price = making.mapping.incoterms.get(term, Incoterm()), cells.get("price_usd_per_t")
    freight = exact(costs.freight_usd_per_t) if "freight" in missing else ZERO
    insurance = exact(costs.insurance_pct) / 100 * price.number if price is not None else ZERO
    if freight + insurance == 0:
        left = f"{term} leaves out {' and '.join(missing)}, and none is added"
        says = f"{left}; say in the mapping what it costs: incoterms.{term}"
        making.notes.warn("not_carried_over", said.cell, says, said.typed)
        return
    how = [f"{factor_text(freight)} USD/t freight"] if freight else []
    if insurance and price is not None:
        how.append(f"{factor_text(exact(costs.insurance_pct))} % insurance on {tidy(price.value)}")
    added = said.then(freight + insurance, f"{term}, by the mapping: {' + '.join(how)}")
    cells["freight_usd_per_t"] = added.with_cells([price]) if insurance and price is not None else added


def add_payment(making: Making, cells: Cells) -> None:
    """The part paid with the order; whatever else terms say is told, and not carried over."""
    said = cells.get("terms")
    if said is None or "pay_on_order_pct" in cells:
        return
    payment = paid_on_order(str(said.value))
    if payment is None:
        says = f'"{said.typed}" is not understood; all is paid with the order, which is the safe side'
        making.notes.warn("not_carried_over", said.cell, says, said.typed)
        return
    part = f"{factor_text(payment.on_order_pct)} % with the order, the rest on arrival"
    cells["pay_on_order_pct"] = said.then(payment.on_order_pct, part)
    if payment.days_after and "pay_after_weeks" not in cells:
        weeks = ceil(payment.days_after / 7)
        how = f"{payment.days_after} days after arrival, up to whole weeks"
        cells["pay_after_weeks"] = said.then(Fraction(weeks), how)
    if payment.lost is not None:
        says = f"the rest is {payment.lost}; the plan pays it on arrival"
        making.notes.warn("not_carried_over", said.cell, says, said.typed)
