"""No function that answers a request is called by any other: what two of them share is an action."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import orebook

SOURCE = Path(orebook.__file__).parent
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
Handlers = dict[str, frozenset[str]]
"""module -> the names of its functions that answer requests."""


def _trees() -> dict[str, ast.Module]:
    """module -> its tree, of the whole package."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = ast.parse(path.read_text("utf-8"))
    return found


def _handlers(trees: dict[str, ast.Module]) -> Handlers:
    """Functions under a decorator such as `@router.post("")`."""
    return {
        module: names
        for module, tree in trees.items()
        if (
            names := frozenset(
                node.name
                for node in ast.walk(tree)
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                and any(
                    isinstance(d, ast.Call) and isinstance(d.func, ast.Attribute) and d.func.attr in METHODS
                    for d in node.decorator_list
                )
            )
        )
    }


def _uses(module: str, tree: ast.Module, handlers: Handlers) -> Iterator[str]:
    """Where a module names a handler, its own or another's: called, passed on, or under another name."""
    modules: dict[str, str] = {}
    functions = {name: f"{module}.{name}" for name in handlers.get(module, ())}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                if f"{node.module}.{one.name}" in handlers:
                    modules[one.asname or one.name] = f"{node.module}.{one.name}"
                elif one.name in handlers.get(node.module, ()):
                    functions[one.asname or one.name] = f"{node.module}.{one.name}"
        elif isinstance(node, ast.Import):
            modules |= {one.asname or one.name: one.name for one in node.names if one.name in handlers}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in functions:
            yield f"{module}:{node.lineno} {functions[node.id]}"
        elif isinstance(node, ast.Attribute):
            there = modules.get(ast.unparse(node.value))
            if there is not None and node.attr in handlers[there]:
                yield f"{module}:{node.lineno} {there}.{node.attr}"


def test_no_handler_is_called_as_a_function() -> None:
    """Of all modules of the package none names a handler but where it is defined."""
    trees = _trees()
    handlers = _handlers(trees)
    assert {"submit", "clone", "stop"} <= handlers["orebook.service.routes.runs"]
    assert "move_tickets" in handlers["orebook.workbench.routes.plans"]
    assert [use for module, tree in trees.items() for use in _uses(module, tree, handlers)] == []


def test_a_handler_that_is_called_would_be_seen() -> None:
    """By its module, its own name, another name, or as an argument; a function that answers no request is free."""
    handlers = {"app.routes.runs": frozenset({"submit"})}
    source = """
from app.routes import runs as api
from app.routes.runs import submit as queue, helper
import app.routes.runs

api.submit(1)
queue(2)
later(app.routes.runs.submit)
api.helper(3)
helper(4)
"""
    assert [use.partition(" ")[0] for use in _uses("app.pages", ast.parse(source), handlers)] == [
        "app.pages:6",
        "app.pages:7",
        "app.pages:8",
    ]
    assert list(_uses("app.routes.runs", ast.parse("def submit(): ...\nsubmit()"), handlers)) == [
        "app.routes.runs:2 app.routes.runs.submit"
    ]
