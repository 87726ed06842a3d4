"""What `orebook serve` listens at."""

from __future__ import annotations

import socket

from orebook.service.serving import listening_at


def test_an_answer_is_sent_at_once() -> None:
    """A connection that is taken does not wait with the body of an answer until its head is confirmed."""
    with listening_at("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()) as client:
        taken, address = listening.accept()
        with taken:
            assert address == client.getsockname()
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
