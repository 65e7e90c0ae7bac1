"""What the page is called, its head, and the bar at its top."""

from __future__ import annotations

import re
from pathlib import Path

from sstc_chat.ui.markup import Html, element, join

TITLE = "SSTC Chat"
SUMMARY = "Answers in the exact words of the documents, each with its source"
STATIC = Path(__file__).parent / "static"
STATIC_PATH = "/page"
VIEWS = {"conversation": "Conversation", "report": "Report"}
# Gradio's template introduces itself to other sites, with a picture from one of them.
PROMOTION = re.compile(rb'<meta\s+(?:property="og|name="twitter):[^>]*>')
SCRIPT = re.compile(rb"<script\b")


def masthead_html() -> Html:
    """Return the name of the product and, for narrow screens, the choice of what is shown."""
    views = [
        element("button", name, type="button", data_view=key, aria_pressed=_truth(key))
        for key, name in VIEWS.items()
    ]
    return element(
        "header",
        element("h1", TITLE),
        element("p", SUMMARY, class_="summary"),
        element("nav", *views, class_="views", aria_label="Show"),
    )


def head_html() -> Html:
    """Return the head of the page: its name, its style and its script, from this server alone."""
    return join(
        element("title", TITLE),
        Html(f'<meta name="description" content="{SUMMARY}">'),
        Html(f'<link rel="icon" href=".{STATIC_PATH}/icon.svg" type="image/svg+xml">'),
        Html(f'<link rel="stylesheet" href=".{STATIC_PATH}/style.css">'),
        element("script", src=f".{STATIC_PATH}/page.js"),
    )


def rewrite_page(page: bytes, nonce: str) -> bytes:
    """Return Gradio's page with our head, and `nonce` on the scripts that it came with.

    Anything that gets into the page later, such as a script in a document, has no nonce and is
    not run by the browser.
    """
    page = PROMOTION.sub(b"", page).replace(b"</head>", head_html().encode() + b"</head>", 1)
    return SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), page)


def _truth(key: str) -> str:
    return "true" if key == "conversation" else "false"
