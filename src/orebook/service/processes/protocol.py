"""HTTP as uvicorn speaks it, but that a connection has to say soon what it wants."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class PromptProtocol(H11Protocol):
    """Closes connections whose head does not come; those that are quiet between two requests have a time of their own."""

    head_s = 20.0
    """Seconds from a connection, or the first byte of another request on it, to the end of the request's head."""
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A connection, of which nothing is known."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """More of a request, which may be less than its head."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """An answer is sent; a part of the next request may be there."""
        super().on_response_complete()
        self._look()

    def _look(self) -> None:
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0]:
            self._await_head()
        else:
            self._head_came()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is gone."""
        self._head_came()
        super().connection_lost(exc)

    def _await_head(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(self.head_s, self._close)

    def _head_came(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close(self) -> None:
        self._late = None
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()


def prompt_protocol(head_s: float) -> type[H11Protocol]:
    """The protocol with another time for heads."""
    return type("PromptProtocol", (PromptProtocol,), {"head_s": head_s})
