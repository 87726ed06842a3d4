"""Logging in at an issuer of the tests' own, on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.service.running import serving

SCOPES = "read approve fly"


class Issuer:
    """Lets everybody in as the same planner."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one"})
        self.nonce, self.url = "", ""
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
        claims = {"iss": self.url, "aud": "orebook", "sub": "7", "email": "ada@example.org", "nonce": self.nonce}
        claims |= {"iat": now, "exp": now + 60, "orebook_scopes": SCOPES}  # type: ignore[dict-item]
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


def test_who_logs_in_may_do_what_the_issuer_says(issuer: Issuer, tmp_path: Path) -> None:
    """There and back: 401 before; then reading and approving are open, planning is not, and the audit has the name."""
    told = {"oidc_issuer": issuer.url, "oidc_client_id": "orebook", "oidc_client_secret": "secret"}
    with serving(tmp_path, **told) as client:
        assert client.get("/v1/instances").status_code == 401
        to = client.get("/login", follow_redirects=False).headers["location"]
        assert to.startswith(f"{issuer.url}/authorize?")
        assert parse_qs(urlsplit(to).query)["code_challenge_method"] == ["S256"]
        issuer.nonce = parse_qs(urlsplit(to).query)["nonce"][0]
        state = parse_qs(urlsplit(to).query)["state"][0]
        assert client.get(f"/login/back?code=any&state=forged{state}", follow_redirects=False).status_code == 401
        to = client.get("/login", follow_redirects=False).headers["location"]
        issuer.nonce, state = (parse_qs(urlsplit(to).query)[name][0] for name in ("nonce", "state"))
        assert client.get(f"/login/back?code=any&state={state}", follow_redirects=False).status_code == 303
        assert client.get("/v1/instances").status_code == 200
        assert client.post("/v1/runs", json={"kind": "solve", "instance": "vault"}).status_code == 403
        newest = client.get("/v1/audit?limit=1").json()["items"][0]
        assert (newest["who"], newest["detail"]) == ("ada@example.org", {"scopes": ["read", "approve"]})
        client.get("/logout", follow_redirects=False)
        assert client.get("/v1/instances").status_code == 401
