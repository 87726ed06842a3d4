"""Who is let in, with which key, and what a page elsewhere cannot do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from orebook.service.exposure import refused_to_open
from orebook.service.settings import Settings
from tests.service.running import created, instance, serving

SECRET = "ob_0123456789ab_not-a-key"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, dict[str, dict[str, str]]]]:
    """A service that asks for keys, and headers with a key of each scope."""
    home = tmp_path_factory.mktemp("guarded")
    with serving(home) as free:
        made = {
            scope: free.post("/v1/keys", json={"name": f"the {scope}", "scopes": [scope]}).json()["secret"]
            for scope in ("read", "plan", "approve", "admin")
        }
    with serving(home, auth="keys") as client:
        yield client, {scope: {"Authorization": f"Bearer {secret}"} for scope, secret in made.items()}


Guarded = tuple[TestClient, dict[str, dict[str, str]]]


def test_without_a_key_nothing_is_shown(guarded: Guarded) -> None:
    """401 with how to come in, for every address of the API; health alone is open."""
    client, _ = guarded
    for path in ("/v1/instances", "/v1/runs", "/v1/plans", "/v1/models", "/v1/audit", "/v1/keys"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert client.get("/healthz").status_code == 200
    assert client.get("/v1/instances", headers={"Authorization": f"Bearer {SECRET}"}).status_code == 401


def test_a_key_opens_what_its_scopes_say(guarded: Guarded) -> None:
    """Reading, planning, approving and administering are four doors; admin has all keys."""
    client, keys = guarded
    plan = "0" * 32
    asked = [
        ("read", "GET", "/v1/instances", None, 200),
        ("plan", "POST", "/v1/instances", instance("by-key"), 201),
        ("approve", "POST", f"/v1/plans/{plan}/tickets", {"state": "approved"}, 404),
        ("admin", "GET", "/v1/keys", None, 200),
    ]
    for scope, method, path, content, passed in asked:
        for other in keys:
            answer = client.request(method, path, json=content, headers=keys[other])
            if other == scope:
                assert answer.status_code == passed
            elif other != "admin":
                assert answer.status_code == 403
    by = client.get("/v1/instances/by-key", headers=keys["read"]).json()["by"]
    assert re.fullmatch(r"key:[0-9a-f]{12} \(the plan\)", by)


def test_two_keys_of_one_name_are_two(guarded: Guarded) -> None:
    """What one did under an Idempotency-Key is not the other's; the audit tells them apart by their ids."""
    client, keys = guarded
    twins = [
        client.post("/v1/keys", json={"name": "twin", "scopes": ["plan"]}, headers=keys["admin"]).json() for _ in "ab"
    ]
    for n, twin in enumerate(twins):
        headers = {"Authorization": f"Bearer {twin['secret']}", "Idempotency-Key": "same"}
        answer = client.post("/v1/instances", json=instance(f"of-twin-{n}"), headers=headers)
        assert (answer.status_code, answer.json()["by"]) == (201, f"key:{twin['id']} (twin)")


def test_a_key_is_shown_once_and_kept_as_a_hash(guarded: Guarded, tmp_path: Path) -> None:
    """No list has a secret, nor has any file of the store; revoked, it opens nothing."""
    client, keys = guarded
    made = client.post("/v1/keys", json={"name": "short-lived", "scopes": ["read"]}, headers=keys["admin"]).json()
    assert made["secret"] not in client.get("/v1/keys", headers=keys["admin"]).text
    home = client.app.state.context.settings.home  # type: ignore[attr-defined]
    assert not any(made["secret"].encode() in path.read_bytes() for path in home.rglob("*") if path.is_file())
    header = {"Authorization": f"Bearer {made['secret']}"}
    assert client.get("/v1/instances", headers=header).status_code == 200
    assert client.delete(f"/v1/keys/{made['id']}", headers=keys["admin"]).status_code == 204
    assert client.get("/v1/instances", headers=header).status_code == 401
    rows = client.get(f"/v1/audit?subject=keys/{made['id']}", headers=keys["read"]).json()["items"]
    assert [row["action"] for row in rows] == ["key.revoke", "key.make"]


def test_other_addresses_are_not_served_without_keys() -> None:
    """Anything but loopback needs a key or OIDC, and so does a proxy; 127.0.0.1 does not."""
    assert refused_to_open(Settings(host="127.0.0.1"), keys=False) is None
    for settings in (
        Settings(host="0.0.0.0"),
        Settings(host="example.org"),
        Settings(forwarded=True),
        Settings(auth="keys"),
    ):
        assert "orebook key" in (refused_to_open(settings, keys=False) or "")
        assert refused_to_open(settings, keys=True) is None
    assert "this machine alone" in (refused_to_open(Settings(host="0.0.0.0", auth="none"), keys=True) or "")
    assert refused_to_open(Settings(host="0.0.0.0", oidc_issuer="https://login.example.org"), keys=False) is None


def test_without_keys_it_answers_to_this_machine_alone(client: TestClient) -> None:
    """Another name (a page that rebinds its name to 127.0.0.1) and a proxy are refused."""
    assert client.get("/v1/instances", headers={"Host": "evil.example.org"}).status_code == 403
    assert client.get("/v1/instances", headers={"Host": "[::1"}).status_code < 500
    assert client.get("/v1/instances", headers={"X-Forwarded-For": "10.0.0.1"}).status_code == 403
    assert client.get("/v1/instances", headers={"Host": "localhost:8000"}).status_code == 200


def test_a_page_elsewhere_changes_nothing(client: TestClient) -> None:
    """By Sec-Fetch-Site, by Origin, and for a page of its own without the token."""
    name = created(client, "doors")
    run = {"kind": "solve", "instance": name}
    cookie = {"Cookie": f"orebook_csrf={'a' * 64}"}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example.org"},
        {"Origin": "null"},
        {"Origin": "http://[::1"},
        {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://127.0.0.1", **cookie},
        {"Origin": "http://127.0.0.1", **cookie, "X-CSRF-Token": "b" * 64},
    ):
        assert client.post("/v1/runs", json=run, headers=headers).status_code == 403
    answer = client.post(
        "/v1/runs", json=run, headers={"Origin": "http://127.0.0.1", **cookie, "X-CSRF-Token": "a" * 64}
    )
    assert answer.status_code == 202


def test_a_form_of_another_kind_is_no_json(client: TestClient) -> None:
    """What a page may send without asking, text and forms, starts nothing."""
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        answer = client.post("/v1/runs", content=b'{"kind":"solve","instance":"vault"}', headers={"Content-Type": kind})
        assert answer.status_code in (415, 422)


def test_every_answer_says_what_a_page_may_do(client: TestClient) -> None:
    """No eval, no other origin, no sniffing; also on errors."""
    for path in ("/v1/instances", "/v1/instances/nowhere", "/healthz", "/not-there"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe-eval" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Request-Id"]
