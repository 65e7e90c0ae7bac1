"""The fields that stand in the source of the page, to compare with those that were seen."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from .controls import Control

UI = Path(__file__).parents[3] / "ui"
# What a field is made with in the source, and what it looks like on the page.
MADE_BY = {"input", "textarea", "select"}
TOLD_APART = ("name", "type", "class", "enterkeyhint", "autocomplete", "maxlength")
NOT_FILLED = {"hidden", "checkbox", "radio"}


def fields_of_the_source() -> list[dict[str, str]]:
    """Return the attributes of each field that the page's code makes, as far as they stand there."""
    return [
        found
        for path in UI.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and (found := field_of(call, path.name))
    ]


def field_of(call: ast.Call, file: str) -> dict[str, str] | None:
    """Return the attributes of the field that a call makes; None where it makes none."""
    if getattr(call.func, "id", "") != "element" or not call.args:
        return None
    tag = getattr(call.args[0], "value", "")
    given = {
        word.arg.rstrip("_"): str(word.value.value)
        for word in call.keywords
        if word.arg and isinstance(word.value, ast.Constant)
    }
    if tag not in MADE_BY or given.get("type") in NOT_FILLED:
        return None
    return {"tag": tag, "made in": file, **{key: value for key, value in given.items() if key in TOLD_APART}}


def fields_of_scripts() -> set[str]:
    """Return the scripts that make a field."""
    made = re.compile(r"createElement\(\"(input|textarea|select)\"\)|contentEditable")
    return {path.name for path in (UI / "static").glob("*.js") if made.search(path.read_text("utf-8"))}


def is_same(source: dict[str, str], seen: Control) -> bool:
    """Return whether a field of the source is one that was seen."""
    wanted = {key: value for key, value in source.items() if key not in {"tag", "made in"}}
    there = seen.attributes
    return seen.tag == source["tag"] and all(
        value in there.get(key, "").split() if key == "class" else there.get(key) == value
        for key, value in wanted.items()
    )
