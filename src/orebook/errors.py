"""What can go wrong, as one tree.

OrebookError
├── InputError          the instance, model or plan file cannot be used; carries every finding
├── SolveError          the solver failed or contradicted itself; never a property of the data
│   ├── DisagreementError   the model's figures and the judge's differ
│   ├── NumericsError       the solver ends in an error of its own on these figures
│   └── RefutedError        a solve for an explanation did not stand up to its check
├── NoPlanError         a plan was asked of an outcome that has none
│   ├── InfeasibleError     proven: physics and contract clash; carries the clash
│   └── StoppedError        a limit or Ctrl-C came before the first plan
├── ServiceError        a service could not be reached, or refused a request; carries its answer
└── WriteError          a file or folder could not be written whole; nothing was changed
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from orebook.findings import Finding
    from orebook.schema.plan import Clash


class OrebookError(Exception):
    """Base of every error that orebook raises on purpose.

    >>> import orebook
    >>> try:
    ...     orebook.solve("vault-smal")
    ... except orebook.OrebookError as error:
    ...     print(type(error).__name__)
    InputError
    """


class InputError(OrebookError):
    """Files, changes or arguments that cannot be used; `findings` lists every fault found, not only the first.

    >>> import orebook
    >>> try:
    ...     orebook.read("vault-small").change("minerals.coper.price_usd_per_t=1")
    ... except orebook.InputError as error:
    ...     print(error.findings[0].message)
    no row of minerals.csv has mineral "coper"; did you mean "copper"?
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(f) for f in self.findings))


class SolveError(OrebookError):
    """The solver failed, or its answers contradict each other."""


class DisagreementError(SolveError):
    """A figure of the model and the same figure of the judge differ: an error of orebook's or the solver's."""


class NumericsError(SolveError):
    """The solver ends in an error of its own on these figures, whichever way it is asked."""


class RefutedError(SolveError):
    """What a solve gave for an explanation does not stand up to its check; no fact may be made of it."""


class NoPlanError(OrebookError):
    """A plan was asked for where there is none: one of the two below, or an answer that has no plan to give."""


class InfeasibleError(NoPlanError):
    """Physics and contract clash; `clash` has the `rows` that exclude each other, the cheapest `mends`, and `says`.

    >>> import orebook
    >>> try:
    ...     orebook.solve("teaching/clash")
    ... except orebook.InfeasibleError as error:
    ...     print([row.rule for row in error.clash.rows])
    ['budget', 'must']
    """

    def __init__(self, clash: Clash) -> None:
        self.clash = clash
        super().__init__(clash.says)


class StoppedError(NoPlanError):
    """A limit or an interrupt ended the run before a first plan was found; `bound` is what was proven of the first stage."""

    def __init__(self, says: str, bound: float = -inf) -> None:
        self.bound = bound
        super().__init__(says)


class ServiceError(OrebookError):
    """A service could not be reached (`status` None), or refused; `problem` is its answer as RFC 9457 has it."""

    def __init__(self, says: str, status: int | None = None, problem: Mapping[str, Any] | None = None) -> None:
        self.status = status
        self.problem = dict(problem or {})
        super().__init__(says)


class WriteError(OrebookError):
    """A file or folder could not be written whole; what stood there before still stands."""
