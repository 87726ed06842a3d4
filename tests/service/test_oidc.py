"""Logging in at an issuer of the tests' own, on this machine."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import RSAKey

from orebook.service.settings import Settings
from orebook.service.store import keys
from orebook.workbench.app import create_app

SCOPES = "read approve fly"


@contextmanager
def pages(home: Path, **settings: Any) -> Iterator[TestClient]:
    """The service with its pages."""
    with TestClient(create_app(Settings(home=home, **settings)), base_url="http://127.0.0.1") as client:
        yield client


class Issuer:
    """Lets everybody in as the same planner."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one"})
        self.nonce, self.url = "", ""
        self.more: dict[str, Any] = {"email_verified": True}
        app = FastAPI()
        app.get("/.well-known/openid-configuration")(self.about)
        app.get("/authorize")(self.authorize)
        app.post("/token")(self.token)
        app.get("/keys")(self.keys)
        self.server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None))

    def about(self) -> dict[str, Any]:
        """Where everything is."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def authorize(self, request: Request) -> RedirectResponse:
        """Yes."""
        asked = request.query_params
        self.nonce = asked["nonce"]
        return RedirectResponse(f"{asked['redirect_uri']}?code=any&state={asked['state']}")

    def token(self) -> dict[str, Any]:
        """Who it is, signed."""
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.url,
            "aud": "orebook",
            "sub": "7",
            "email": "ada@example.org",
            "nonce": self.nonce,
        }
        claims |= {"iat": now, "exp": now + 60, **self.more}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return {"access_token": "any", "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def keys(self) -> dict[str, Any]:
        """The key that it signs with."""
        return {"keys": [self.key.as_dict(private=False)]}


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    """It, listening."""
    found = Issuer()
    thread = threading.Thread(target=found.server.run, daemon=True)
    thread.start()
    while not found.server.started:
        time.sleep(0.02)
    port = found.server.servers[0].sockets[0].getsockname()[1]
    found.url = f"http://127.0.0.1:{port}"
    yield found
    found.server.should_exit = True
    thread.join()


@pytest.fixture
def told(issuer: Issuer) -> dict[str, Any]:
    """Settings of a service that knows the issuer."""
    issuer.more = {"email_verified": True, "orebook_scopes": SCOPES, "groups": ["buyers", "cooks"]}
    return {"oidc_issuer": issuer.url, "oidc_client_id": "orebook", "oidc_client_secret": "secret"}


def logged_in(client: TestClient, issuer: Issuer) -> int:
    """To the issuer and back; the status of the answer."""
    to = client.get("/login", follow_redirects=False).headers["location"]
    issuer.nonce, state = (parse_qs(urlsplit(to).query)[name][0] for name in ("nonce", "state"))
    return client.get(f"/login/back?code=any&state={state}", follow_redirects=False).status_code


def left(client: TestClient) -> int:
    """Out, as the page's button does it."""
    client.get("/instances")
    token = client.cookies["orebook_csrf"]
    return client.post("/leave", headers={"Origin": "http://127.0.0.1", "X-CSRF-Token": token}).status_code


def test_who_logs_in_may_do_what_the_issuer_says(issuer: Issuer, tmp_path: Path, told: dict[str, Any]) -> None:
    """There and back: 401 before; then reading and approving are open, planning is not, and the audit has who it is."""
    with pages(tmp_path, **told) as client:
        assert client.get("/v1/instances").status_code == 401
        to = client.get("/login", follow_redirects=False).headers["location"]
        assert to.startswith(f"{issuer.url}/authorize?")
        assert parse_qs(urlsplit(to).query)["code_challenge_method"] == ["S256"]
        assert client.get("/login/back?code=any&state=forged", follow_redirects=False).status_code == 401
        assert logged_in(client, issuer) == 303
        assert client.get("/v1/instances").status_code == 200
        answer = client.post("/v1/runs", json={"kind": "solve", "instance": "vault"}, headers=own(client))
        assert answer.status_code == 403
        newest = client.get("/v1/audit?limit=1").json()["items"][0]
        assert newest["detail"] == {"issuer": issuer.url, "sub": "7", "scopes": ["read", "approve"]}
        assert re.fullmatch(r"oidc:[0-9a-f]{16} \(ada@example\.org\)", newest["who"])


def test_who_leaves_is_out_wherever_the_cookie_went(issuer: Issuer, tmp_path: Path, told: dict[str, Any]) -> None:
    """A copy of the cookie opens nothing afterwards; a page elsewhere cannot send anybody out."""
    with pages(tmp_path, **told) as client:
        assert logged_in(client, issuer) == 303
        copied = client.cookies["session"]
        assert client.get("/logout").status_code == 404
        assert client.post("/leave", headers={"Origin": "https://evil.example.org"}).status_code == 403
        assert client.get("/v1/instances").status_code == 200
        assert left(client) == 204
        client.cookies.set("session", copied)
        assert client.get("/v1/instances").status_code == 401


def test_a_log_in_is_taken_back_as_a_key_is(issuer: Issuer, tmp_path: Path, told: dict[str, Any]) -> None:
    """It stands among the keys with whose it is and its end, and revoked there it opens nothing."""
    with pages(tmp_path, **told) as client:
        assert logged_in(client, issuer) == 303
        with client.app.state.context.store.database.write() as session:  # type: ignore[attr-defined]
            (key,) = keys.listed(session)
            assert key.owner is not None
            assert key.owner.startswith("oidc:")
            assert key.expires_at is not None
            assert keys.revoke(session, key.id, "test")
        assert client.get("/v1/instances").status_code == 401


@pytest.mark.parametrize(
    ("claims", "require", "status"),
    [
        ({"orebook_scopes": ""}, None, 403),
        ({"orebook_scopes": None}, None, 403),
        ({"orebook_scopes": "fly"}, None, 403),
        ({}, "groups=buyers", 303),
        ({}, "groups=sellers", 403),
        ({"groups": "buyers"}, "groups=buyers", 303),
        ({}, "team=buyers", 403),
    ],
)
def test_only_who_is_meant_comes_in(
    issuer: Issuer, tmp_path: Path, told: dict[str, Any], claims: dict[str, Any], require: str | None, status: int
) -> None:
    """Who has no scope, or not the claim that is asked for, is known to the issuer and stays out."""
    issuer.more |= claims
    with pages(tmp_path, **told, oidc_require=require) as client:
        assert logged_in(client, issuer) == status
        assert client.get("/v1/instances").status_code == (200 if status == 303 else 401)


def test_a_mail_that_is_not_verified_is_no_name(issuer: Issuer, tmp_path: Path, told: dict[str, Any]) -> None:
    """Anybody may say that it is theirs: the subject stands in its place."""
    issuer.more |= {"email_verified": False, "email": "key:0123456789ab"}
    with pages(tmp_path, **told) as client:
        assert logged_in(client, issuer) == 303
        assert client.get("/v1/audit?limit=1").json()["items"][0]["who"].endswith(" (7)")


def own(client: TestClient) -> dict[str, str]:
    """Headers of a page's own request."""
    client.get("/instances")
    return {"Origin": "http://127.0.0.1", "X-CSRF-Token": client.cookies["orebook_csrf"]}
