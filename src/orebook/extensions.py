"""What other installed packages bring: checks, rules, stages, questions and events, by entry points.

    [project.entry-points."orebook.rules"]
    sanctions = "my_package:SANCTIONS"

`checks`: a function `(CheckContext) -> Iterator[Finding]`, warnings of an instance. `events`: a function
`(Document, ...) -> Iterator[str]` as those of `changes/events.py`. `questions`: a function `(Counterfactuals, ...) ->
Iterator[Fact]`, its facts in words. `rules`: an object with

    kind: RuleKind                              what `schema/rules.py` says of a rule
    rows: tuple[RowKind, ...]                   its kinds of rows
    add(m, problem, orders) -> None             its constraints, named as its rows
    breaches(ledger) -> Iterator[Breach]        the same, judged in fractions
    slacks(plan) -> Iterator[Slack]             what is left of its rows; without it the ledger says that it is not known

and `stages`: an object with

    kind: StageKind                             what `schema/stages.py` says of a stage
    measure(m, problem, model, orders)          the expression that is minimised
    judged(ledger) -> Fraction                  the same, of a plan as it stands

Whoever is trusted with an installation is trusted with these: they run as orebook itself does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Set
from functools import cache, cached_property
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Any, Literal, TypeVar

V = TypeVar("V")
Group = Literal["checks", "events", "questions", "rules", "stages"]


class BrokenExtensionError(Exception):
    """A package brings something that cannot be loaded, or that has a name that is taken; the text says which."""


@cache
def brought(group: Group) -> Mapping[str, Any]:
    """Name -> what packages bring of a group. Raises BrokenExtensionError."""
    found: dict[str, Any] = {}
    for point in sorted(entry_points(group=f"orebook.{group}"), key=lambda point: point.name):
        package = point.dist.name if point.dist else "a package"
        if point.name in found:
            raise BrokenExtensionError(f"{package} brings {group} {point.name}, which another package brings too")
        try:
            found[point.name] = point.load()
        except Exception as error:
            raise BrokenExtensionError(
                f"{package} brings {group} {point.name}, which cannot be loaded: {error}"
            ) from error
    return MappingProxyType(found)


class Extended(MutableMapping[str, V]):
    """What is built in by name, and then what packages bring; those are loaded when somebody looks.

    Raises BrokenExtensionError for a name that is taken.
    """

    def __init__(self, own: Mapping[str, V], group: Group, of: Callable[[Any], Mapping[str, V]] | None = None) -> None:
        """`of`: what one that a package brings adds, by name; itself under its own name where None."""
        self._own, self._group, self._of = own, group, of

    @cached_property
    def _all(self) -> dict[str, V]:
        found = dict(self._own)
        for name, brings in brought(self._group).items():
            for key, value in ({name: brings} if self._of is None else self._of(brings)).items():
                if key in found:
                    raise BrokenExtensionError(f"a package brings {self._group} {key}, which is there already")
                found[key] = value
        return found

    def __getitem__(self, name: str) -> V:
        return self._all[name]

    def __setitem__(self, name: str, value: V) -> None:
        self._all[name] = value

    def __delitem__(self, name: str) -> None:
        del self._all[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


class Chosen(Set[str]):
    """The names in a mapping whose value fits, looked at when somebody asks."""

    def __init__(self, of: Mapping[str, V], fits: Callable[[V], bool]) -> None:
        self._of, self._fits = of, fits

    def __contains__(self, name: object) -> bool:
        return name in self._of and self._fits(self._of[name])  # type: ignore[index]

    def __iter__(self) -> Iterator[str]:
        return (name for name, value in self._of.items() if self._fits(value))

    def __len__(self) -> int:
        return sum(1 for _ in self)
