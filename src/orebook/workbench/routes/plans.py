"""A plan: what is bought, and what becomes of it."""

from __future__ import annotations

from fastapi import Request, Response

from orebook.report import cover, money, stores
from orebook.service.access import Reader
from orebook.service.context import Ctx
from orebook.service.routes import plans as api
from orebook.service.routes.common import PlanId
from orebook.workbench.opened import opened
from orebook.workbench.pages import router as pages
from orebook.workbench.pages import shown

router = pages()


@router.get("/plans/{plan_id}")
def page(ctx: Ctx, who: Reader, request: Request, plan_id: PlanId) -> Response:
    """The plan."""
    plan = opened(ctx, plan_id)
    return shown(
        request,
        "plan.html.j2",
        out=api.get(ctx, who, plan_id),
        plan=plan,
        tickets=api.list_tickets(ctx, who, plan_id).items,
        cover=cover.listed(plan),
        cover_says=cover.headline(plan),
        cover_chart=cover.chart(plan, cover.CHART_BARS),
        money_chart=money.chart(plan),
        money_table=money.by_week(plan),
        stores_table=stores.table(plan),
    )
