"""HTML that is escaped unless it says that it is HTML."""

from __future__ import annotations

import html

VOID = frozenset({"br", "hr", "img", "input"})


class Html(str):
    """Text that already is HTML. Only `element` and `join` make it."""

    __slots__ = ()


def escape(text: str) -> Html:
    """Return `text` as HTML that shows it as it stands, in an element or in an attribute."""
    return text if isinstance(text, Html) else Html(html.escape(text, quote=True))


def join(*parts: str, by: str = "") -> Html:
    """Return `parts` one behind the other, escaped where they are not HTML."""
    return Html(escape(by).join(escape(part) for part in parts))


def element(name: str, *children: str, **attributes: str | bool | None) -> Html:
    """Return an element.

    Parameters
    ----------
    name
        The name of the element.
    children
        What stands in it; escaped where it is not HTML.
    attributes
        By name, `_` for `-`, with a trailing `_` where Python keeps the word to itself. One that
        is True stands with an empty value; one that is None or False is left out.
    """
    given = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in VOID:
        return Html(f"<{name}{given}/>")
    return Html(f"<{name}{given}>{join(*children)}</{name}>")


def unseen(text: str) -> Html:
    """Return `text` for screen readers only."""
    return element("span", text, class_="unseen")


def _attribute(key: str, value: str | bool | None) -> str:
    name = key.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f' {name}="{"" if value is True else escape(value)}"'
