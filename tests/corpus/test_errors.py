"""The tree in the docstring is the tree of the classes."""

from __future__ import annotations

import inspect
import re

from sstc_chat.corpus import errors


def drawn() -> dict[str, str]:
    """Return the parent of each class, as the docstring draws it."""
    parents: dict[str, str] = {}
    path: list[str] = []
    for indent, name in re.findall(r"(?m)^ {4}([│├└─ ]*)(\w+Error)\b", errors.__doc__ or ""):
        depth = len(indent) // 4
        path = [*path[:depth], name]
        parents[name] = path[-2] if depth else "Exception"
    return parents


def test_the_drawn_tree_is_that_of_the_classes() -> None:
    classes = [one for _, one in inspect.getmembers(errors, inspect.isclass)]
    bases = {one.__name__: [base.__name__ for base in one.__bases__] for one in classes}
    assert bases == {name: [parent] for name, parent in drawn().items()}


def test_every_error_is_one_of_this_project() -> None:
    classes = [one for _, one in inspect.getmembers(errors, inspect.isclass)]
    assert len(classes) == len(drawn())
    assert all(issubclass(one, errors.SSTCChatError) for one in classes)
