"""Parts of a view, as Gradio makes them, and how their events are told."""

from __future__ import annotations

from typing import Any

import gradio as gr

# For every event of a view: no bar that moves over what is read, no name in an interface for others.
QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def html(value: str, name: str, on_load: str | None = None) -> gr.HTML:
    """Return a part that shows `value`.

    Parameters
    ----------
    value
        HTML in which everything that is text has been escaped.
    name
        Its id in the page, which style and script know it by.
    on_load
        A call of the page's script, with `element`, `trigger` and `watch`: see `gr.HTML`.
    """
    return gr.HTML(value, elem_id=name, js_on_load=on_load, apply_default_css=False)


def told(event: gr.EventData, key: str) -> str:
    """Return what the page's script told with an event; empty where it told nothing."""
    return str(event._data.get(key, "")) if isinstance(event._data, dict) else ""
