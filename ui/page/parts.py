"""Parts of a view, as Gradio makes them, and how their events are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import gradio as gr

from sstc_chat.ui.page.frontpage import placeholder
from sstc_chat.ui.page.markup import Html, element

# For every event of a view: no bar that moves over what is read, no name in an interface for others.
QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
# For all that is done at one stroke: it is answered where it is asked. An answer over Gradio's queue may be
# lost, where its client closes the stream of an earlier one just then.
AT_ONCE: dict[str, Any] = {"queue": False, **QUIETLY}


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


def fresh(name: str, on_load: str | None = None) -> gr.HTML:
    """Return a part that is put in whenever the page is opened: see `View.parts`."""
    return html(placeholder(name), name, on_load)


def parcel(content: Html) -> Html:
    """Return `content` as it is sent to the page's script, which unwraps it where it belongs.

    In an attribute it is text, and so nothing on the page is there twice.
    """
    return element("div", data_html=str(content))


def heard(event: gr.EventData) -> Mapping[str, object]:
    """Return what the page's script told with an event; it comes from a browser, so check all of it."""
    return event._data if isinstance(event._data, dict) else {}


def told(event: gr.EventData, key: str) -> str:
    """Return what the page's script told with an event; empty where it told nothing."""
    return str(heard(event).get(key, ""))
