"""The pages for whoever changes or builds upon orebook name what is there."""

from __future__ import annotations

import re
import tomllib

import pytest
from tests.docs.files import ROOT, blocks, broken_links, named_paths, table

import orebook

CONTRIBUTING = ROOT / ".github" / "CONTRIBUTING.md"
STABILITY = ROOT / "models" / "stability.md"
SOURCE = ROOT / "src" / "orebook"


def rooms() -> list[str]:
    """The rooms of the map, in its order."""
    return [row[0].strip("`") for row in table(CONTRIBUTING.read_text(encoding="utf-8"), "room")]


def test_every_room_is_on_the_map() -> None:
    """Each package under `src/orebook`, once, and no other."""
    assert sorted(rooms()) == sorted(folder.parent.name for folder in SOURCE.glob("*/__init__.py"))


def test_the_map_is_from_the_top_down() -> None:
    """Rooms stand in the order of the floors that import-linter holds them to."""
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    floors = tools["importlinter"]["contracts"][0]["layers"]
    floor_of = {room.strip("() "): k for k, floor in enumerate(floors) for room in floor.split("|")}
    found = [floor_of[room] for room in rooms()]
    assert found == sorted(found)


def test_what_is_named_is_there() -> None:
    """Files, links and make's targets; every checklist names files."""
    text = CONTRIBUTING.read_text(encoding="utf-8")
    made = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert [path for path in named_paths(text) if not (ROOT / path).exists()] == []
    for line in blocks(text, "sh")[0].splitlines():
        assert re.search(rf"^{line.split()[1]}:", made, re.MULTILINE)
    checklists = {part.splitlines()[0]: part for part in text.split("\n## ")[2:]}
    assert {"A rule", "A stage", "A table, or a column", "A check", "An event", "A question"} == set(checklists)
    assert [name for name, part in checklists.items() if "](../" not in part and len(named_paths(part)) < 2] == []


@pytest.mark.parametrize("page", [CONTRIBUTING, ROOT / ".github" / "SECURITY.md", STABILITY], ids=lambda p: p.name)
def test_links_lead_somewhere_and_here(page: object) -> None:
    """Every relative link of a page exists, and README.md links to the page."""
    file = ROOT / str(page)
    assert broken_links(file) == []
    assert f"]({file.relative_to(ROOT)})" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_forms_of_files_are_all_promised() -> None:
    """The page names every form that a file says of itself, and no other."""
    source = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    form = r"orebook/\w+/\d+"
    assert set(re.findall(form, STABILITY.read_text(encoding="utf-8"))) == set(re.findall(form, source))


def test_what_is_cited_is_this_release() -> None:
    """CITATION.cff has the version and the licence of the package."""
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"\nversion: {orebook.__version__}\n" in cited
    assert f"\nlicense: {project['license']}\n" in cited
