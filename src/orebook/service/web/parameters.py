"""What stands in addresses and headers: ids, names, numbers, places in lists."""

from __future__ import annotations

from typing import Annotated

from fastapi import Header, Path, Query

PLAIN = r"^[^\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]*$"
"""Text without characters that control something, such as the direction in which it is read."""
Limit = Annotated[int, Query(ge=1, le=200, description="most items of one page")]
After = Annotated[
    str | None, Query(max_length=200, description="where the page begins: `next` of the one before has it")
]
InstanceId = Annotated[
    str, Path(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9-]*$", examples=["vault-small"])
]
RunId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]
PlanId = RunId
FileName = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_-]{0,60}\.[a-z0-9]{2,5}$", examples=["tickets.csv"])]
IfNoneMatch = Annotated[
    str | None, Header(alias="If-None-Match", max_length=2_000, description="ETags of what is there already")
]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Subject = Annotated[str | None, Query(max_length=200, examples=["instances/vault"])]
Before = Annotated[int | None, Query(ge=1, le=2**31 - 1)]
Note = Annotated[str, Query(max_length=500, pattern=PLAIN, description="for the audit: why")]
