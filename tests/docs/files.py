"""Reading the project's documents: their blocks, tables, links and the paths they name."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def blocks(document: str, language: str) -> list[str]:
    """The fenced blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", document, re.MULTILINE | re.DOTALL)


def table(document: str, first_header: str) -> list[list[str]]:
    """The cells of the table whose first column has this header, its two header lines left out."""
    lines = document.splitlines()
    start = next(k for k, line in enumerate(lines) if line.startswith(f"| {first_header} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def named_paths(document: str) -> list[str]:
    """Every path that stands in backticks: with a slash, from the root of the repository, no placeholder in it."""
    found = re.findall(r"`((?:src|tests|models|instances)/[\w./-]+)`", document)
    return [p for p in found if not re.search(r"\b[A-Z]{2,}\b(?!\.md)", p)]


def broken_links(file: Path) -> list[str]:
    """Relative links of a document, pictures too, that lead nowhere."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", file.read_text(encoding="utf-8"))
    return [link for link in links if "://" not in link and not (file.parent / link).exists()]
