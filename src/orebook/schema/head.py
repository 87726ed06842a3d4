"""`instance.toml`: what holds for the whole instance."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from orebook.schema.base import Bounded, Count, Name, NonNegative, Number, Percent, Share, Text, YesNo, column, required


class Head(Bounded):
    """The scalars of an instance."""

    name: Name = required("", "short name; plans go to plans/NAME")
    title: Text = column("", "one line for people")
    start: date | None = column("date", "first day of week 1")
    weeks: Annotated[int, Field(ge=1, le=520)] = required("weeks", "T, the length of the plan")
    target_days: NonNegative = column("days", "target of minerals without their own", 60.0)
    budget_usd: NonNegative | None = column("USD", "cash over the plan; none: no limit")
    max_restricted_content_pct: Percent | None = column("%", "most restricted content of an unlicensed offer")
    min_esg_score: Number | None = column("score", "least score of an offer; a blank score passes")
    frozen_weeks: Count = column("weeks", "weeks in which the prior plan's tickets stand", 0)
    max_market_share: Share | None = column("1", "largest part of a mineral's weekly market")
    max_houses: Count | None = column("houses", "houses engaged in the whole plan")
    use_draws: YesNo = column(
        "yes/no", "every week's use is drawn: 7 days of it by each member, besides what withdrawals.csv lists", False
    )
    assumed: Text = column("", "inputs without a source: tables and TABLE.COLUMN, with ; between; changes no plan")
