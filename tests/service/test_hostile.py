"""Uploads made to break things: each is refused with a reason, and the service goes on."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests.service.running import created, instance, serving

MIB = 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _zip(files: dict[str, bytes], **how: Any) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def _sent(client: TestClient, content: bytes, kind: str = "application/zip") -> tuple[int, str]:
    answer = client.post("/v1/instances", content=content, headers={"Content-Type": kind})
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["detail"]


def test_zip_bombs_are_not_unpacked(client: TestClient) -> None:
    """100 MB of zeros in 100 kB, ten thousand files, and a bomb that calls itself a workbook: 413."""
    zeros = bytes(100 * MIB)
    assert _sent(client, _zip({"instance.toml": zeros}))[0] == 413
    assert _sent(client, _zip({f"{n}.csv": b"" for n in range(10_000)}))[0] == 413
    assert _sent(client, _zip({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": zeros}), XLSX)[0] == 413


def test_a_zip_that_lies_about_its_size_is_broken(client: TestClient) -> None:
    """The header says 10 bytes, the content has more: refused as broken."""
    content = bytearray(_zip({"instance.toml": b"x" * 100_000}))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.index(mark) + place
        content[at : at + 4] = (10).to_bytes(4, "little")
    assert _sent(client, bytes(content))[0] == 422


def test_no_path_in_a_zip_leads_anywhere(client: TestClient, tmp_path: Path) -> None:
    """Paths upwards, absolute ones and links are read as names at most; nothing is written beside the store."""
    head = b'name = "walk"\nweeks = 1\n'
    for name in ("../../instance.toml", "/etc/instance.toml", "..\\..\\minerals.csv", "a/../../b/instance.toml"):
        status, _ = _sent(client, _zip({name: head, "../evil.csv": b"x", "/tmp/orebook-evil.csv": b"x"}))
        assert status == 422
    assert not Path("/tmp/orebook-evil.csv").exists()


def test_what_is_no_instance_says_so(client: TestClient) -> None:
    """Bytes of all kinds under every kind of content: 422 or 415, with a sentence."""
    for content in (b"", b"PK", b"\x00" * 1000, b"PK\x03\x04" + b"\xff" * 500, _zip({})[:-5], _zip({"a": b"b"})):
        for kind in ("application/zip", XLSX, "application/octet-stream"):
            assert _sent(client, content, kind)[0] == 422
        assert _sent(client, content, "application/json")[0] == 422
        assert _sent(client, content, "text/csv")[0] == 415
        assert _sent(client, content, "multipart/form-data; boundary=x")[0] == 422


@pytest.mark.parametrize(
    "text",
    [
        '{"instance": NaN}',
        "[" * 100_000,
        '{"instance":' * 50_000,
        '{"instance": {"name": "a", "weeks": ' + "9" * 10_000 + "}}",
        '{"instance": {}, "instance": {}}',
        "null",
        '"\\ud800"',
        '{"instance": {"name": "\\ud800", "weeks": 1}}',
        '{"instance": {"name": "\\u0000", "weeks": 1}, "minerals": [], "houses": [], "offers": []}',
        '{"instance": {"name": "a\\u0000b", "weeks": 1}}',
        '{"minerals": {"mineral": 1}, "offers": "all", "houses": [1, null, []]}',
    ],
)
def test_odd_json_is_refused(client: TestClient, text: str) -> None:
    """Endless numbers, nests without end, keys twice, half characters: 422 each."""
    assert _sent(client, text.encode(), "application/json")[0] == 422


def test_numbers_without_end_are_named(client: TestClient) -> None:
    """NaN and Infinity, which JSON does not know but Python reads, are faults in their cells."""
    content = instance("endless")
    for value in (float("nan"), float("inf"), -float("inf"), 1e400, "NaN"):
        content["minerals"][0]["price_usd_per_t"] = value
        answer = client.post("/v1/instances", content=json.dumps(content), headers={"Content-Type": "application/json"})
        assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["minerals", 2, "price_usd_per_t"])


def test_what_is_too_large_is_not_read(client: TestClient, tmp_path: Path) -> None:
    """A body over the limit, more minerals, rows or seconds than the service takes, and more runs than may wait."""
    assert _sent(client, b" " * (21 * MIB), "application/json")[0] == 413
    limits = {"minerals": 2, "rows": 10, "waiting": 1, "scenarios": 5, "solve_s": 10, "sync_minerals": 1}
    with serving(tmp_path, **limits) as small:
        minerals = [{"mineral": f"m{n}", "daily_use_t": 1, "price_usd_per_t": 1} for n in range(3)]
        assert _sent(small, json.dumps(instance("many", minerals=minerals)).encode(), "application/json")[0] in (
            413,
            422,
        )
        offers = [{"offer": f"o{n}", "house": "traxys", "mineral": "tin"} for n in range(10)]
        assert small.post("/v1/instances", json=instance("rows", offers=offers)).status_code == 413
        run = {"kind": "solve", "instance": created(small, "fits")}
        assert small.post("/v1/runs", json={**run, "time_limit_s": 11}).status_code == 413
        assert small.post("/v1/runs", json=run).status_code == 202
        waits = small.post("/v1/runs", json=run)
        assert (waits.status_code, waits.headers["Retry-After"]) == (429, "30")


def test_formulas_are_text(client: TestClient) -> None:
    """A name that a spreadsheet would take for a formula is written as text, and one that was never worked out is refused."""
    content = instance("formulas")
    content["instance"]["title"] = '=HYPERLINK("http://evil.example.org")'
    created_ = client.post("/v1/instances", json=content)
    assert created_.status_code == 201
    book = load_workbook(io.BytesIO(client.get("/v1/instances/formulas/document.xlsx").content))
    cells = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value == content["instance"]["title"]
    ]
    assert [cell.data_type for cell in cells] == ["s"]
    sheet = book["Minerals"]
    sheet.cell(
        2, [c.value for c in sheet[1]].index("price_usd_per_t") + 1
    ).value = '=WEBSERVICE("http://evil.example.org")'
    changed = io.BytesIO()
    book.save(changed)
    status, detail = _sent(client, changed.getvalue(), XLSX)
    assert status == 422
    assert "price_usd_per_t" in detail


def test_names_of_files_lead_nowhere(client: TestClient) -> None:
    """Whatever stands in an address, it is a name in the store or nothing."""
    for path in (
        "/v1/runs/../../etc/passwd",
        f"/v1/runs/{'0' * 32}/files/..%2f..%2fetc%2fpasswd",
        "/v1/instances/..%2f..%2fetc",
    ):
        assert client.get(path).status_code in (404, 422)
