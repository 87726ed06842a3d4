"""Who is let in, with which key, and what a page elsewhere cannot do."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.requests import Request
from starlette.types import Message

from orebook.service.actions.keys import note_use
from orebook.service.exposure import refused_to_open
from orebook.service.settings import Settings
from orebook.service.store.tables import Key
from orebook.service.store.token import with_token
from orebook.service.web.proxies import came_by_proxy
from orebook.service.web.security import without_body
from tests.service.running import created, instance, made_key, serving

SECRET = "ob_0123456789ab_not-a-key"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, dict[str, dict[str, str]]]]:
    """A service that asks for keys, and headers with a key of each scope."""
    home = tmp_path_factory.mktemp("guarded")
    with serving(home) as free:
        made = {
            scope: made_key(free, f"the {scope}", scope)["secret"] for scope in ("read", "plan", "approve", "admin")
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


def test_a_strangers_answer_waits_for_its_end() -> None:
    """Of what is sent nothing is read but that its sender is gone: an answer that is a file asks until then."""
    sent: list[Message] = [{"type": "http.request", "body": b"much", "more_body": False}, {"type": "http.disconnect"}]

    async def receive() -> Message:
        return sent.pop(0)

    async def read() -> list[Message]:
        received = without_body(receive)
        return [await received(), await received()]

    empty = {"type": "http.request", "body": b"", "more_body": False}
    assert asyncio.run(read()) == [empty, {"type": "http.disconnect"}]


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


PROXIED = (
    {"X-Forwarded-For": "10.0.0.1"},
    {"X-Forwarded-Host": "plans.example.org"},
    {"X-Forwarded-Proto": "https"},
    {"Forwarded": "for=10.0.0.1"},
    {"Via": "1.1 proxy"},
    {"X-Real-IP": "10.0.0.1"},
    {"CF-Connecting-IP": "10.0.0.1"},
)


@pytest.mark.parametrize("headers", PROXIED)
def test_the_open_door_is_for_no_proxy(client: TestClient, headers: dict[str, str]) -> None:
    """Whatever a proxy adds by default gives it away."""
    assert client.get("/v1/instances", headers=headers).status_code == 403
    assert client.post("/v1/keys", json={"name": "x", "scopes": ["admin"]}, headers=headers).status_code == 403


def test_an_old_http_is_a_proxys(client: TestClient) -> None:
    """nginx speaks HTTP/1.0 and adds no header where nobody tells it otherwise."""
    request = Request({"type": "http", "http_version": "1.0", "headers": [], "method": "GET", "path": "/"})
    assert came_by_proxy(request)
    assert client.get("/v1/instances").status_code == 200


def test_no_key_is_made_through_an_open_door(client: TestClient) -> None:
    """It would open when the door no longer does."""
    answer = client.post("/v1/keys", json={"name": "x", "scopes": ["read"]})
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:orebook:problem:open-door")


def test_the_open_door_asks_for_the_token_that_was_printed(tmp_path: Path) -> None:
    """As a bearer, in an address (a cookie holds it then), or not at all: 401, as for a wrong one."""
    with serving(tmp_path, token="secret-token") as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/v1/models").status_code == 401
        assert client.get("/v1/models?token=wrong").status_code == 401
        assert client.get("/v1/models", headers={"Authorization": "Bearer wrong"}).status_code == 401
        bearer = {"Authorization": "Bearer secret-token"}
        assert client.get("/v1/models", headers=bearer).status_code == 200
        assert client.get("/v1/models", headers={**bearer, "Via": "1.1 proxy"}).status_code == 403
        came = client.get("/v1/runs?token=secret-token&limit=1", follow_redirects=False)
        assert (came.status_code, came.headers["location"]) == (303, "http://127.0.0.1/v1/runs?limit=1")
        assert "HttpOnly" in came.headers["set-cookie"]
        assert client.get("/v1/models").status_code == 200


def test_the_token_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    """In a file that its user alone may read; none is made where keys are asked for, or where none is wanted."""
    made = with_token(Settings(home=tmp_path)).token
    assert made is not None
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600
    assert with_token(Settings(home=tmp_path)).token == made
    for told in ({"auth": "keys"}, {"auth": "none"}, {"host": "0.0.0.0"}):
        assert with_token(Settings(home=tmp_path, **told)).token is None  # type: ignore[arg-type]


def test_a_key_ends_and_says_when_it_was_used(guarded: Guarded) -> None:
    """After its days it opens nothing; `used_at` is written down."""
    client, keys_ = guarded
    asked = {"name": "for a day", "scopes": ["read"], "expires_days": 1.0}
    made = client.post("/v1/keys", json=asked, headers=keys_["admin"]).json()
    header = {"Authorization": f"Bearer {made['secret']}"}
    assert client.get("/v1/models", headers=header).status_code == 200
    context = client.app.state.context  # type: ignore[attr-defined]
    note_use(context, client.app.state.last_use._at)  # type: ignore[attr-defined]
    listed = {k["id"]: k for k in client.get("/v1/keys", headers=keys_["admin"]).json()["items"]}
    assert listed[made["id"]]["used_at"] is not None
    assert listed[made["id"]]["expires_at"] > listed[made["id"]]["at"]
    with context.store.database.write() as session:
        session.get_one(Key, made["id"]).expires_at = 1.0
    assert client.get("/v1/models", headers=header).status_code == 401


def test_heads_and_options_are_answered(client: TestClient) -> None:
    """HEAD is GET without its body, also of a stream that would not end; OPTIONS says what can be done."""
    got, head = client.get("/v1/models"), client.head("/v1/models")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert client.head("/v1/instances/nowhere").status_code == 404
    asked = client.options("/v1/instances")
    assert (asked.status_code, asked.headers["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert "access-control-allow-origin" not in asked.headers


def test_made_up_methods_are_counted_as_one(client: TestClient) -> None:
    """A stranger cannot make series without end."""
    for n in range(5):
        client.request(f"MADE{n}", "/healthz")
    text = client.get("/metrics").text
    assert "MADE" not in text
    assert 'method="other"' in text


def test_a_proxys_password_is_no_proof_of_origin(client: TestClient) -> None:
    """A browser adds it by itself, also to what a page elsewhere sends."""
    headers = {"Authorization": "Basic YTpi", "Origin": "https://evil.example.org"}
    assert client.post("/v1/runs", json={"kind": "solve", "instance": "vault"}, headers=headers).status_code == 403


@pytest.mark.parametrize("text", ["a\r\n# b", "bell\x07", "turned\u202etext", "x" * 32_768])
def test_no_text_comes_in_that_no_file_can_hold(client: TestClient, text: str) -> None:
    """Each is refused where it comes in, so that every instance can be taken away again."""
    content = instance("odd-texts")
    content["instance"]["title"] = text
    answer = client.post("/v1/instances", json=content)
    assert (answer.status_code, answer.json()["errors"][0]["check"]) == (422, "odd_text")
    assert client.post("/v1/instances?note=a%00b", json=instance("odd-texts")).status_code == 422
