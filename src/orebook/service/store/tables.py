"""The tables of the store. Moments are seconds since 1970, UTC; what is JSON is small: documents and results are files."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

STATES = ("queued", "running", "optimal", "feasible", "infeasible", "failed", "cancelled")
ENDED = STATES[2:]
"""States that no run leaves."""
WITH_PLAN = ("optimal", "feasible")
PLAN_KINDS = ("solve", "whatif")
"""Kinds of run that make a plan."""


class Base(DeclarativeBase):
    """All of them; constraints are named, so that a migration can name them too."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(column_0_label)s",
        }
    )
    type_annotation_map = {dict[str, Any]: JSON, list[str]: JSON, list[dict[str, Any]]: JSON}  # noqa: RUF012


class Instance(Base):
    """An instance by the name in its addresses; `version` is its newest."""

    __tablename__ = "instances"
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str]
    title: Mapped[str | None]
    version: Mapped[int]
    at: Mapped[float]


class Version(Base):
    """One state of an instance; never changed. `document` is the hash of its JSON."""

    __tablename__ = "versions"
    instance_id: Mapped[str] = mapped_column(ForeignKey("instances.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    document: Mapped[str]
    findings: Mapped[list[dict[str, Any]]]
    size: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[float]


class Run(Base):
    """A piece of work. `attempt` counts the workers that took it, of whom the last writes its end; `losses` those that died.

    `best` is the hash of the best plan so far, from which the next attempt goes on.
    """

    __tablename__ = "runs"
    __table_args__ = (Index("ix_runs_state_at", "state", "at"), Index("ix_runs_instance_id_at", "instance_id", "at"))
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(default="")
    instance_id: Mapped[str] = mapped_column(ForeignKey("instances.id"))
    version: Mapped[int]
    plan: Mapped[str | None] = mapped_column(String(32), index=True)
    asked: Mapped[dict[str, Any]]
    wall_s: Mapped[float]
    by: Mapped[str]
    at: Mapped[float]
    started_at: Mapped[float | None]
    ended_at: Mapped[float | None]
    attempt: Mapped[int] = mapped_column(default=0)
    losses: Mapped[int] = mapped_column(default=0)
    beat: Mapped[int] = mapped_column(default=0)
    worker: Mapped[str | None]
    stop: Mapped[bool] = mapped_column(default=False)
    cancel: Mapped[bool] = mapped_column(default=False)
    progress: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]
    best: Mapped[str | None] = mapped_column(String(64))


class File(Base):
    """A file of a run's results; its content lies beside the database under its hash."""

    __tablename__ = "files"
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]


class Ticket(Base):
    """What became of a plan's ticket: proposed, approved, ordered."""

    __tablename__ = "tickets"
    plan_id: Mapped[str] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    offer: Mapped[str] = mapped_column(primary_key=True)
    week: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    by: Mapped[str]
    at: Mapped[float]


class Key(Base):
    """A key of the API: the hash of its secret, and what it may do. That of a log-in has its `owner`."""

    __tablename__ = "keys"
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    name: Mapped[str]
    hash: Mapped[str] = mapped_column(String(64))
    scopes: Mapped[list[str]]
    at: Mapped[float]
    revoked_at: Mapped[float | None]
    expires_at: Mapped[float | None]
    used_at: Mapped[float | None]
    owner: Mapped[str | None] = mapped_column(String(80))


class IdempotentReply(Base):
    """A request that carried an Idempotency-Key, and what was answered."""

    __tablename__ = "once"
    who: Mapped[str] = mapped_column(String(120), primary_key=True)
    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    request: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    answer: Mapped[dict[str, Any]]
    at: Mapped[float]


class Audit(Base):
    """Who did what and when. The database refuses to change or delete a row; `hash` follows from the row before."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[float]
    who: Mapped[str]
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]]
    hash: Mapped[str | None] = mapped_column(String(64))
