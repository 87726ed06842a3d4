"""`orebook futures`: futures drawn from volatilities, correlations and hazards, a few kept that stand for all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orebook import formats as f
from orebook.api import write_workbook
from orebook.cli.exit_status import BAD_INPUT, FAILED, PROVEN
from orebook.cli.output import refused, result, result_json, say
from orebook.errors import InputError, WriteError
from orebook.export.folder import files_of
from orebook.files.atomic import refuse_taken, write_file
from orebook.files.instances import inspect
from orebook.reading.book import file_of
from orebook.scenarios.drawn_futures import DrawnFutures, drawn_futures
from orebook.scenarios.sample import Sample

TABLES = ("futures", "future_changes")


@dataclass(frozen=True)
class FuturesOptions:
    """The options of the command; `out` is a folder for the two tables, or a workbook for the whole instance."""

    draws: int
    keep: int
    seed: int
    prices: bool
    out: Path | None
    force: bool
    as_json: bool


def run(instance: Path, options: FuturesOptions) -> int:
    """0 where they are written, 2 for bad input, 70 where they cannot be written."""
    problem, findings = inspect(instance)
    if problem is None:
        return refused(findings, as_json=options.as_json)
    out = options.out or instance
    try:
        drawn = drawn_futures(problem, options.draws, options.keep, options.seed, prices=options.prices)
        _write(drawn, out, force=options.force)
    except InputError as error:
        return refused(error.findings, as_json=options.as_json)
    except WriteError as error:
        say(f"error: {error}")
        return FAILED if options.out else BAD_INPUT
    say(f"written: {out}")
    if options.as_json:
        result_json(_document(drawn))
    else:
        for line in _lines(drawn):
            result(line)
    return PROVEN


def _write(drawn: DrawnFutures, out: Path, *, force: bool) -> None:
    """The two tables into a folder, or the whole instance as a workbook. Raises WriteError."""
    if out.suffix.lower() == ".xlsx":
        if not force:
            refuse_taken(out)
        write_workbook(drawn.problem, out)
        return
    if out.exists() and not out.is_dir():
        raise WriteError(f"{out} is no folder and no workbook; name a folder, or an .xlsx, with --out")
    files = files_of(drawn.problem.document)
    paths = {out / file_of(table): files[file_of(table)] for table in TABLES}
    for path in paths:
        if not force:
            refuse_taken(path)
    for path, text in paths.items():
        write_file(path, text.encode(), force=True)


def _lines(drawn: DrawnFutures) -> list[str]:
    futures = drawn.problem.futures
    lines = [f"{f.count(len(futures), 'future')}: number, mean, deviation, mean of the worst tenth"]
    for what, sample in drawn.all_draws.items():
        lines += [what, f"  all   {_figures(sample)}", f"  kept  {_figures(drawn.kept[what])}"]
    if drawn.joined:
        lines.append(
            f"{f.percent(drawn.joined)} of the draws have hazards that no kept future has: keep more to tell them apart"
        )
    if drawn.foreseen:
        lines.append(
            "A hazard is known from week 2 on, as the prices of its future are; --no-prices draws hazards alone."
        )
    return lines


def _figures(sample: Sample) -> str:
    return f"{sample.number:>6,}  {sample.mean:.4f}  {sample.deviation:.4f}  {sample.worst_tenth:.4f}"


def _document(drawn: DrawnFutures) -> dict[str, object]:
    def sampled(samples: dict[str, Sample]) -> dict[str, object]:
        return {
            what: {"number": s.number, "mean": s.mean, "deviation": s.deviation, "worst_tenth": s.worst_tenth}
            for what, s in samples.items()
        }

    rows = drawn.problem.document.model_dump(mode="json", include=set(TABLES))
    return {
        "all": sampled(drawn.all_draws),
        "kept": sampled(drawn.kept),
        "joined": drawn.joined,
        "foreseen": drawn.foreseen,
        **rows,
    }
