"""What knowing the future would be worth (EVPI), and what planning for all futures is (VSS): as hedge.json has them."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.explanations.hedging.joint_questions import JointQuestions
from orebook.schema.facts import About, Fact, Figures
from orebook.schema.stages import FIGURE_OF

KNOWING, HEDGING = "knowing", "hedging"


def worth(asked: JointQuestions) -> Iterator[Fact]:
    """Two facts, by the leading stage; `found_usd` is the difference of the plans found, without proof. None without stage.

    Where the instance's own orders of now are no plan for all futures, or none is known, `plain` is 0.
    """
    worth = asked.hedged.document.worth
    if worth is None:
        return
    figure = FIGURE_OF[worth.stage]
    knowing: Figures = {figure: worth.evpi}
    if worth.evpi_usd is not None:
        knowing["found_usd"] = worth.evpi_usd
    hedging: Figures = {"plain": int(worth.plain is not None), "plain_tickets": len(worth.plain_tickets)}
    if worth.vss is not None:
        hedging[figure] = worth.vss
    if worth.vss_usd is not None:
        hedging["found_usd"] = worth.vss_usd
    for against, figures in ((KNOWING, knowing), (HEDGING, hedging)):
        yield Fact(kind="worth", about=About(against=against), figures=figures, method="solve")
