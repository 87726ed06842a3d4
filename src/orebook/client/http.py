"""Requests to a service; what it refuses is raised as the library would raise it."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from orebook.errors import InfeasibleError, InputError, NoPlanError, ServiceError, SolveError, StoppedError
from orebook.findings import Finding
from orebook.schema.plan import Clash

if TYPE_CHECKING:
    import httpx2

Json = dict[str, Any]
ENDED = ("optimal", "feasible", "infeasible", "failed", "cancelled")
WITH_RESULT = ENDED[:2]
FIRST_LOOK_S, LAST_LOOK_S = 0.1, 2.0


def http_client(url: str, key: str | None, timeout_s: float) -> httpx2.Client:
    """A client of the service at an address. Raises ServiceError where the package for it is missing."""
    try:
        import httpx2
    except ModuleNotFoundError:
        raise ServiceError("orebook.Client needs httpx2; pip install 'orebook[client]'") from None
    headers = {} if key is None else {"Authorization": f"Bearer {key.strip()}"}
    try:
        return httpx2.Client(base_url=url, headers=headers, timeout=timeout_s)
    except (httpx2.InvalidURL, ValueError) as error:
        raise ServiceError(f"{url} is no address of a service: {error}") from None


@dataclass(frozen=True)
class Http:
    """Sends requests, and waits for runs."""

    client: httpx2.Client

    def get(self, path: str) -> Any:
        """The JSON at an address of the API. Raises ServiceError."""
        with self.understood():
            return self._sent("GET", path).json()

    @contextmanager
    def understood(self) -> Iterator[None]:
        """Whatever comes of reading an answer that is none of orebook's is a ServiceError."""
        try:
            yield
        except (KeyError, IndexError, TypeError, AttributeError, ValueError, BadZipFile) as error:
            says = f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}"
            raise ServiceError(f"what answers at {self.client.base_url} is not orebook's service ({says})") from error

    def content(self, path: str) -> bytes:
        """The file at an address. Raises ServiceError."""
        return bytes(self._sent("GET", path).content)

    def send(self, method: str, path: str, content: object, headers: dict[str, str] | None = None) -> Any:
        """Send a JSON document, under a key of its own so that sending it again does it once; the JSON that comes back.

        Raises InputError with the faults that the service found, ServiceError for any other refusal.
        """
        once = {"Idempotency-Key": uuid.uuid4().hex, **(headers or {})}
        with self.understood():
            return self._sent(method, path, json=content, headers=once).json()

    def ended(self, run_id: str, hear: Callable[[Json], None]) -> Json:
        """A run once it has ended with a result; `hear` gets its progress. Raises as `orebook.solve` does where it has none."""
        wait, progress = FIRST_LOOK_S, None
        while True:
            with self.understood():
                run: Json = self.get(f"/v1/runs/{run_id}")
                now, state = run["progress"], run["state"]
            if now and now != progress:
                progress = now
                hear(now)
            if state in ENDED:
                break
            time.sleep(wait)
            wait = min(LAST_LOOK_S, wait * 1.2)
        if state not in WITH_RESULT:
            with self.understood():
                raise _error(run)
        return run

    def _sent(self, method: str, path: str, **more: Any) -> httpx2.Response:
        import httpx2

        for left in (2, 1, 0):
            try:
                response = self.client.request(method, path, **more)
            except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
                if left == 0 or not isinstance(error, httpx2.TransportError):
                    raise ServiceError(f"the service at {self.client.base_url} cannot be reached: {error}") from None
            else:
                if response.status_code != 503 or left == 0:
                    break
            time.sleep(1.0)
        if response.is_success:
            return response
        raise _refused(response)


def _refused(response: httpx2.Response) -> InputError | ServiceError:
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    problem = problem if isinstance(problem, dict) else {}
    errors = [e for e in problem.get("errors", ()) if e.get("severity", "fault") == "fault"]
    if response.status_code == 422 and errors:
        return InputError([_finding(e) for e in errors])
    says = problem.get("detail") or response.reason_phrase
    return ServiceError(f"{response.status_code}: {says}", response.status_code, problem)


def _finding(error: Json) -> Finding:
    """A fault as the library has it: table, row and column of its place."""
    loc = error.get("loc") or ["the request"]
    file, row, column = (*loc, None, None, None)[:3]
    if isinstance(row, str):
        file, row, column = ".".join(str(part) for part in loc), None, None
    return Finding(
        "fault", error.get("check", ""), str(file), row, column, error.get("value"), str(error.get("message", ""))
    )


def _error(run: Json) -> Exception:
    """Why a run has no result, as the library raises it."""
    result, reason = run["result"], run["reason"]
    if run["state"] == "infeasible" and "clash" in result:
        return InfeasibleError(Clash.model_validate(result["clash"]))
    if run["state"] == "infeasible":
        return NoPlanError(reason)
    if "findings" in result:
        return InputError([Finding(**{"cell": None, **found}) for found in result["findings"]])
    if run["state"] == "cancelled" or "before a first plan" in reason:
        return StoppedError(reason)
    return SolveError(f"run {run['id']}: {reason}")
