"""One instance in every form: folder, workbook, zip, JSON, DataFrames, and the name of one that ships."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import orebook
from orebook.files.instances import inspect
from orebook.schema.document import TABLES
from orebook.shipped import instance_names, shipped
from tests.broken.good import GOOD, write
from tests.builders import make_document

SMALL = shipped("instances") / "vault-small"


def _zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def _texts(folder: Path, under: str = "") -> dict[str, str]:
    return {under + file.name: file.read_text("utf-8") for file in folder.iterdir() if file.is_file()}


def _frames(document: Any) -> dict[str, pd.DataFrame]:
    return {t: pd.DataFrame([row.model_dump() for row in document.rows(t)]) for t in TABLES if getattr(document, t)}


def test_every_form_has_the_same_digest(tmp_path: Path) -> None:
    """Of vault-small, which has every table."""
    problem = orebook.read(SMALL)
    orebook.write_workbook(problem, tmp_path / "book.xlsx")
    (tmp_path / "document.json").write_text(problem.document.model_dump_json(exclude_none=True))
    _zipped(tmp_path / "flat.zip", _texts(SMALL))
    _zipped(tmp_path / "deep.ZIP", _texts(SMALL, "mail/vault-small/") | {"mail/readme.txt": "hello"})
    forms = ["book.xlsx", "document.json", "flat.zip", "deep.ZIP"]
    head = problem.document.instance.model_dump()
    framed = orebook.Problem.from_frames(_frames(problem.document), **head)
    assert [orebook.read(tmp_path / form).digest for form in forms] == [problem.digest] * 4
    assert (framed.digest, framed) == (problem.digest, problem)


def test_an_instance_that_ships_is_read_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From anywhere, unless something of that name lies there; every one of them can be read."""
    monkeypatch.chdir(tmp_path)
    assert orebook.read("vault-small") == orebook.read(SMALL)
    assert orebook.read("teaching/cover").name == "teaching-cover"
    assert {"vault", "published/cap41"} < set(instance_names())
    for name in instance_names():
        assert inspect(name)[0] is not None
    orebook.write_instance(make_document({"name": "mine"}), tmp_path / "vault-small")
    assert orebook.read("vault-small").name == "mine"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.json", "{", "x.json: is no instance in JSON: line 1, column 2"),
        ("x.json", "[]", "x.json: is no instance in JSON: it is no object"),
        ("x.json", '{"a": 1, "a": 2}', 'the key "a" stands twice'),
        ("x.json", '{"instance": {"a": {"b": {"c": {"d": 1}}}}}', "it is nested too deep"),
        ("x.json", '{"instance": {"name": "\\ud800", "weeks": 1}}', "half a character"),
        ("x.json", "[" * 200_000, "x.json: is no instance in JSON: it is nested too deep"),
        (
            "x.json",
            '{"instance": {"name": "a", "weeks": 1}}',
            'minerals.csv: is missing; give "minerals" a list of rows',
        ),
        ("x.zip", "no zip", "x.zip: cannot be read: no zip, or it is broken or locked"),
        ("nowhere", None, "nowhere: is not there: no folder, workbook, zip or JSON file, nor an instance that ships"),
        ("teaching/budgets", None, 'did you mean "teaching/budget"?'),
    ],
)
def test_what_is_no_instance_is_a_fault(
    name: str, content: str | None, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named, with what is wrong; nothing crashes."""
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path(name).write_text(content)
    with pytest.raises(orebook.InputError) as error:
        orebook.read(name)
    assert says in str(error.value)


def test_a_zip_is_no_way_out_of_its_folder(tmp_path: Path) -> None:
    """Names that climb are not opened; what looks like a table and is none is refused as in a folder."""
    files = _texts(SMALL) | {"../evil.csv": "x", "ofers.csv": "offer\n"}
    problem, found = inspect(_zipped(tmp_path / "x.zip", files))
    assert problem is None
    assert [f.file for f in found if f.severity == "fault"] == ["ofers.csv"]
    assert [p.name for p in tmp_path.iterdir()] == ["x.zip"]


def _tin(**offers: list[Any]) -> dict[str, pd.DataFrame]:
    own = {"offer": ["a", "b"], "house": ["h", "h"], "mineral": ["tin", "tin"], **offers}
    minerals = pd.DataFrame({"mineral": ["tin"], "daily_use_t": [1], "price_usd_per_t": [100]})
    return {"minerals": minerals, "houses": pd.DataFrame({"house": ["h"]}), "offers": pd.DataFrame(own)}


@pytest.mark.parametrize("blank", [float("nan"), None, pd.NA, pd.NaT, ""])
def test_blanks_of_pandas_are_blanks(blank: Any) -> None:
    """Whatever stands for them; a column of whole numbers with blanks is one of floats in pandas, and is read."""
    problem = orebook.Problem.from_frames(
        _tin(from_week=[2.0, blank], origin=[blank, blank], max_t=[blank, 5]), weeks=4
    )
    assert [(o.from_week, o.origin, o.max_t) for o in problem.offers.values()] == [(2, None, None), (1, None, 5.0)]


def test_frames_may_have_an_index_and_a_start(tmp_path: Path) -> None:
    """An index with a name is a column, one without is none; days come as dates or timestamps."""
    frames = {name: frame.set_index(frame.columns[0]) for name, frame in _tin().items()}
    day = orebook.Problem.from_frames(frames, weeks=4, name="tin", start=date(2026, 1, 5), budget_usd=1e6)
    stamp = orebook.Problem.from_frames(_tin(), weeks=4, name="tin", start=pd.Timestamp("2026-01-05"), budget_usd=1e6)
    assert day == stamp
    assert (day.name, day.start, day.budget_usd) == ("tin", date(2026, 1, 5), 1e6)


def test_faults_of_frames_are_placed_as_in_a_file() -> None:
    """The second row is row 3; a column, a table and a key that are none are named, and 2.5 is no week."""
    frames = _tin(max_t=[1, "5 t"], from_week=[1.0, 2.5], colour=["red", "red"]) | {"tears": pd.DataFrame()}
    with pytest.raises(orebook.InputError) as error:
        orebook.Problem.from_frames(frames, weeks=4, budget=5)
    found = {(f.file, f.row, f.column) for f in error.value.findings}
    assert {("offers.csv", 3, "max_t"), ("offers.csv", 3, "from_week"), ("offers.csv", 2, "colour")} <= found
    assert {("tears.csv", None, None), ("instance.toml", None, "budget")} <= found


def test_yes_and_no_of_pandas() -> None:
    """Truth values of NumPy are read as such."""
    problem = orebook.Problem.from_frames(_tin(licensed=[True, False]), weeks=4)
    assert [o.licensed for o in problem.offers.values()] == [True, False]


def test_futures_are_the_same_in_every_form(tmp_path: Path) -> None:
    """A folder, a workbook, a zip, a document and DataFrames of one instance have the same three futures."""
    problem = orebook.read(write(tmp_path / "good"))
    orebook.write_workbook(problem, tmp_path / "good.xlsx")
    (tmp_path / "good.json").write_text(problem.document.model_dump_json(exclude_none=True))
    forms = [tmp_path / "good.xlsx", tmp_path / "good.json", _zipped(tmp_path / "good.zip", GOOD)]
    head = problem.document.instance.model_dump(exclude_none=True)
    again = [*map(orebook.read, forms), orebook.Problem.from_frames(_frames(problem.document), **head)]
    assert [future.name for future in problem.futures] == ["as it stands", "ban", "late"]
    assert all(other.futures == problem.futures for other in again)
    assert all(other.document.hazards == problem.document.hazards for other in again)
    assert {other.digest for other in again} == {problem.digest}
