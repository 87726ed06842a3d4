"""Broken instances are refused with every fault said, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orebook import checks
from orebook.checks import spans
from orebook.errors import InputError
from orebook.files.instances import inspect, read
from tests.broken.catalogue import Broken, catalogue
from tests.broken.good import GOOD, edited, write

FAULTS = [*catalogue("cells.txt"), *catalogue("tables.txt")]


def test_the_good_instance_is_good(tmp_path: Path) -> None:
    """The instance that all others are edits of has neither fault nor warning."""
    problem, findings = inspect(write(tmp_path / "good"))
    assert problem is not None
    assert findings == []
    assert read(tmp_path / "good", strict=True).digest == problem.digest


@pytest.mark.parametrize("broken", FAULTS, ids=lambda broken: broken.edit)
def test_one_edit_is_refused_with_its_message(broken: Broken, tmp_path: Path) -> None:
    """One edit of the good instance is refused, with exactly these messages."""
    folder = write(tmp_path / "broken", broken.files())
    problem, findings = inspect(folder)
    assert problem is None
    assert [str(f) for f in findings] == broken.says
    assert {f.severity for f in findings} == {"fault"}
    with pytest.raises(InputError) as refused:
        read(folder)
    assert list(refused.value.findings) == findings


def test_every_check_of_faults_has_a_broken_instance(tmp_path: Path) -> None:
    """No check is in the list of checks without an instance here that it refuses."""
    seen = set()
    for number, broken in enumerate(FAULTS):
        _, findings = inspect(write(tmp_path / str(number), broken.files()))
        seen |= {f.check for f in findings}
    assert {check.__name__ for check in checks.FAULTS} <= seen


def test_blank_weeks_are_not_looked_for_among_the_days(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A range looks through its 36,525 days for what is no number: nine tenths of reading an instance."""
    asked = list[object]()

    class Days:
        def __contains__(self, number: object) -> bool:
            asked.append(number)
            return False

    monkeypatch.setattr(spans, "_DAYS_OF_THIS_CENTURY", Days())
    inspect(write(tmp_path / "good"))
    assert asked
    assert None not in asked


def test_all_faults_are_found_in_one_pass(tmp_path: Path) -> None:
    """Faults of text, type, reference and sense in several files come in one list, by file and row."""
    files = {**GOOD, "price.csv": "mineral,week\n"}
    for file, old, new in (
        ("instance.toml", "max_houses = 2", "max_houses = -2"),
        ("offers.csv", "tin-1,traxys,tin,peru,,2,100,1,2", "tin-1,traxis,tin,peru,,2,100,x,-2"),
        ("tiers.csv", "tin-1,0,10,0", "tin-1,0,12,0"),
        ("stock.csv", "cobalt,south,1", "cobalt,soth,nan"),
        ("use.csv", "borealis,cobalt,0.25", "borealis,cobalt"),
    ):
        files = edited(file, old, new, files)
    _, findings = inspect(write(tmp_path / "broken", files))
    assert [(f.file, f.row, f.column, f.check) for f in findings] == [
        ("instance.toml", 11, "max_houses", "too_small"),
        ("offers.csv", 2, "house", "unknown_name"),
        ("offers.csv", 2, "lot_t", "not_a_number"),
        ("offers.csv", 2, "min_order_t", "too_small"),
        ("price.csv", None, None, "unknown_table"),
        ("stock.csv", 3, "site", "unknown_name"),
        ("stock.csv", 3, "tonnes", "not_finite"),
        ("tiers.csv", 2, "to_t", "tiers_overlap"),
        ("use.csv", 3, None, "ragged_row"),
    ]


def test_a_row_with_a_fault_is_still_known_by_its_name(tmp_path: Path) -> None:
    """A mineral whose price cannot be read is not called unknown wherever it is named."""
    folder = write(tmp_path / "broken", edited("minerals.csv", "tin,1,25000", "tin,1,cheap"))
    assert [str(f) for f in inspect(folder)[1]] == [
        'minerals.csv:2 price_usd_per_t: "cheap" is not a number; write one'
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            "house\ntraxys\nm\xfcller\n".encode("latin-1"),
            "houses.csv:3: holds byte 0xFC, not UTF-8 text; save it as UTF-8",
        ),
        ("house\ntraxys\n".encode("utf-16"), "houses.csv:1: is UTF-16 text; save it as UTF-8"),
        (b"house\ntraxys\nmer\0curia\n", "houses.csv:3: holds a zero byte; save it as UTF-8 text"),
    ],
)
def test_a_broken_encoding_is_a_fault_like_any_other(content: bytes, says: str, tmp_path: Path) -> None:
    """A file that is not UTF-8 is named with the line, and no name in it is missed elsewhere."""
    folder = write(tmp_path / "broken")
    (folder / "houses.csv").write_bytes(content)
    assert [str(f) for f in inspect(folder)[1]] == [says]


def test_what_is_no_instance_is_refused(tmp_path: Path) -> None:
    """A path that is not there, or a file, is a fault and no crash."""
    missing = tmp_path / "nowhere"
    assert [str(f) for f in inspect(missing)[1]] == [
        f"{missing}: is not there: no folder, workbook, zip or JSON file, nor an instance that ships"
    ]
    missing.write_text("")
    assert [str(f) for f in inspect(missing)[1]] == [
        "nowhere: is neither the folder of an instance nor a workbook (.xlsx, .ods)"
    ]


def test_findings_are_whole_as_json(tmp_path: Path) -> None:
    """As JSON a finding keeps every part: file, row, column, value, check, severity and message."""
    folder = write(tmp_path / "broken", edited("offers.csv", "china,25100", 'china,"2,5"'))
    (finding,) = inspect(folder)[1]
    assert json.loads(json.dumps(finding.as_json())) == {
        "severity": "fault",
        "check": "not_a_number",
        "file": "offers.csv",
        "row": 3,
        "column": "price_usd_per_t",
        "value": "2,5",
        "message": '"2,5" is not a number; write 2.5',
    }
