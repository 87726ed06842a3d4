"""Instances over HTTP: made, validated, changed by versions that nobody loses, shown whole and by table."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl.workbook import Workbook

from orebook.files.instances import read
from orebook.schema.document import Document
from tests.broken.good import GOOD
from tests.service.running import Json, created, ended, instance, submitted
from tests.workbook.books import edited

ROOT = Path(__file__).parents[2]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_the_shipped_instances_are_there_at_first(client: TestClient) -> None:
    """The vault and the small vault, with the digests of their folders and the warnings of `check`."""
    for name in ("vault", "vault-small"):
        found = client.get(f"/v1/instances/{name}?version=1").json()
        assert found["digest"] == read(ROOT / "instances" / name).digest
        assert found["warnings"]


def test_an_instance_goes_out_and_comes_back_the_same(client: TestClient) -> None:
    """As JSON, as a workbook and as a zip: each is stored again with the same digest."""
    digest = client.get("/v1/instances/vault-small?version=1").json()["digest"]
    for form, kind in (("json", "application/json"), ("xlsx", XLSX), ("zip", "application/zip")):
        content = client.get(f"/v1/instances/vault-small/document.{form}?version=1").content
        answer = client.post("/v1/instances/validate", content=content, headers={"Content-Type": kind})
        assert (answer.json()["ok"], answer.json()["digest"]) == (True, digest)
        if form != "json":
            file = {"file": (f"any.{form}", content, kind)}
            assert client.post("/v1/instances/validate", files=file).json()["digest"] == digest


def test_faults_name_table_row_and_column(client: TestClient) -> None:
    """Row 3 of offers.csv is its second row; nothing is stored; the mend is said."""
    content = instance("faulty")
    content["offers"].append({**content["offers"][0], "offer": "b", "premium_pct": "1,5", "colour": "red"})
    content["minerals"][0]["price_usd_per_t"] = -1
    answer = client.post("/v1/instances", json=content)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    errors = {tuple(e["loc"]): e["message"] for e in answer.json()["errors"]}
    assert errors["offers", 3, "premium_pct"] == '"1,5" is not a number; write 1.5'
    assert set(errors) == {("minerals", 2, "price_usd_per_t"), ("offers", 3, "premium_pct"), ("offers", 3, "colour")}
    assert client.get("/v1/instances/faulty").status_code == 404


def test_two_users_do_not_lose_each_others_edits(client: TestClient) -> None:
    """Both read version 1; the second to write is told what the first one changed, and nothing is overwritten."""
    name = created(client, "shared")
    first, second = (
        {"cells": [{"table": "minerals", "key": ["tin"], "column": "price_usd_per_t", "value": price}]}
        for price in (110, 120)
    )
    tag = client.get(f"/v1/instances/{name}").headers["ETag"]
    assert client.patch(f"/v1/instances/{name}", json=first).status_code == 428
    assert client.patch(f"/v1/instances/{name}", json=first, headers={"If-Match": tag}).json()["version"] == 2
    late = client.patch(f"/v1/instances/{name}", json=second, headers={"If-Match": tag})
    assert (late.status_code, late.headers["ETag"]) == (412, '"v2"')
    changed = {"table": "minerals", "key": ["tin"], "column": "price_usd_per_t", "was": 100.0, "is": 110.0}
    assert late.json()["differs"] == [changed]
    assert client.get(f"/v1/instances/{name}/versions/1/differences").json()["differs"] == [changed]
    assert client.get(f"/v1/instances/{name}/document.json?version=1").json()["minerals"][0]["price_usd_per_t"] == 100


def test_an_edit_that_does_not_fit_stores_nothing(client: TestClient) -> None:
    """A row that is not there, a column that is not there, and a value that leaves a fault: 422 each, still version 1."""
    name = created(client, "edited")
    cell = {"table": "minerals", "key": ["tin"], "column": "price_usd_per_t", "value": 1}
    for wrong in ({"key": ["lead"]}, {"column": "colour"}, {"table": "metals"}, {"value": "abc"}, {"value": -5}):
        edit = {"cells": [{**cell, **wrong}]}
        assert client.patch(f"/v1/instances/{name}", json=edit, headers={"If-Match": "*"}).status_code == 422
    assert client.get(f"/v1/instances/{name}").json()["version"] == 1


def test_the_tag_of_an_instance_is_its_version_and_no_more(client: TestClient) -> None:
    """It is for If-Match: what an instance shows of its plans changes without it, so nobody is told to show the old."""
    name = created(client, "tagged")
    before = client.get(f"/v1/instances/{name}")
    plan = ended(client, submitted(client, kind="solve", instance=name, audit=False))["id"]
    after = client.get(f"/v1/instances/{name}", headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status_code, after.headers["ETag"], after.json()["latest_plan"]["plan"]) == (200, '"v1"', plan)


def test_an_edit_of_what_is_no_table_names_it(client: TestClient) -> None:
    """The head is none: 422."""
    name = created(client, "headless")
    edit: Json = {"tables": {"instance": [], "houses2": None}}
    answer = client.patch(f"/v1/instances/{name}", json=edit, headers={"If-Match": "*"})
    assert (answer.status_code, [e["loc"][0] for e in answer.json()["errors"]]) == (422, ["instance", "houses2"])


def test_a_table_is_to_be_had_as_json_and_as_csv(client: TestClient) -> None:
    """The CSV is the file of the instance's folder, read back to the same rows."""
    csv = client.get("/v1/instances/vault-small/tables/houses.csv?version=1").text
    rows = client.get("/v1/instances/vault-small/tables/houses.json?version=1").json()
    assert csv.splitlines()[0].split(",") == list(rows[0])
    assert len(csv.splitlines()) == len(rows) + 1
    document = Document.model_validate(client.get("/v1/instances/vault-small/document.json?version=1").json())
    assert [row.model_dump() for row in document.houses] == rows


def test_an_idempotency_key_makes_a_request_count_once(client: TestClient) -> None:
    """Sent twice, the same answer; with another content under the same key, refused."""
    key = {"Idempotency-Key": "once-and-only"}
    first, again = (client.post("/v1/instances", json=instance("only-once"), headers=key) for _ in range(2))
    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert again.headers["Idempotent-Replayed"] == "true"
    assert client.post("/v1/instances", json=instance("another"), headers=key).status_code == 422
    assert client.post("/v1/instances", json=instance("only-once")).status_code == 409


def test_lists_come_in_pages(client: TestClient) -> None:
    """`next` leads through all instances, each once and in order."""
    for n in range(3):
        created(client, f"page-{n}")
    address, names = "/v1/instances?limit=2", list[str]()
    while address:
        page = client.get(address).json()
        assert len(page["items"]) <= 2
        names += [item["id"] for item in page["items"]]
        address = page["next"]
    assert names == sorted(set(names))
    assert {"page-0", "page-1", "page-2", "vault"} <= set(names)


@pytest.mark.parametrize("form", ["flat", "nested", "backslash"])
def test_a_zip_may_hold_the_folder_or_its_files(client: TestClient, form: str) -> None:
    """Files at the top, in a folder, or as Windows writes the folder's name."""
    place = {"flat": "", "nested": "vault-small/", "backslash": "vault-small\\"}[form]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in (ROOT / "instances" / "vault-small").glob("*.*"):
            archive.write(path, f"{place}{path.name}")
    answer = client.post("/v1/instances/validate", files={"file": ("x.zip", content.getvalue(), "application/zip")})
    assert answer.json()["ok"] is True


def test_slips_of_an_upload_are_told_as_check_tells_them(client: TestClient, tmp_path: Path) -> None:
    """A totals row in JSON, a table under another ending in a zip, and a hidden row in a workbook."""

    def told(content: bytes, name: str, kind: str) -> list[tuple[str, str]]:
        answer = client.post("/v1/instances/validate", files={"file": (name, content, kind)}).json()
        return [(f["severity"], f["message"]) for f in answer["findings"]]

    listed = instance("slips", sites=[{"site": "store"}, {"site": "Total"}])
    answer = client.post("/v1/instances/validate", json=listed).json()
    says = '"Total" reads like a totals row, and would count as a site of its own; take the row out'
    assert [(f["severity"], f["message"]) for f in answer["findings"]] == [("warning", says)]

    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in {**GOOD, "duties.csv.txt": GOOD["duties.csv"]}.items():
            if name != "duties.csv":
                archive.writestr(name, text)
    assert told(content.getvalue(), "x.zip", "application/zip") == [("fault", 'is not read; name it "duties.csv"')]

    def hide(book: Workbook) -> None:
        book["Offers"].row_dimensions[3].hidden = True

    book = edited(tmp_path / "book.xlsx", hide).read_bytes()
    says = "row 3 is hidden, and counts like the rest; delete it if it should not"
    assert told(book, "x.xlsx", XLSX) == [("warning", says)]
