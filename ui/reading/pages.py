"""The pages of a PDF as they were printed, with the words of a quote marked on them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from sstc_chat.corpus.readers.places import Box, MarkedPage
from sstc_chat.corpus.types import Document
from sstc_chat.ui.access.rules import PICTURES
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join

# Pixels for a point: a browser takes the picture that its screen needs.
SCALES = (1, 2, 3)
# What a page takes of the window; the same stands in static/reading-pages.css.
SIZES = "(max-width: 56rem) 100vw, 54rem"
# A quote is said whole to those who do not see the page, as long as it can be listened to.
LONGEST_QUOTE = 600
SUM_LENGTH = 12


def version_of_file(document: Document) -> str:
    """Return the beginning of the sum of a document's file, by which an outdated picture is told."""
    return hashlib.sha256(document.original).hexdigest()[:SUM_LENGTH]


def dialog_html(words: Words) -> Html:
    """Return the window in which pages are shown; its script fills it."""
    name = words("reading.as_printed")
    return element(
        "dialog",
        element(
            "div",
            element("p", class_="pages-title", role="status"),
            _button("previous-page", words("reading.previous_page")),
            _button("next-page", words("reading.next_page")),
            _button("close-pages", words("reading.close_page")),
            class_="pages-head",
        ),
        element("div", class_="pages-body", tabindex="0", role="group", aria_label=name),
        class_="pages",
        aria_label=name,
    )


def pages_html(document: Document, pages: Sequence[MarkedPage], quote: str, words: Words, name: str) -> Html:
    """Return pages with their marks.

    Parameters
    ----------
    document
        Whose pages they are.
    pages
        At least one, in order.
    quote
        What is marked on them.
    words
        The words of the page that shows them.
    name
        The name that the page's script waits for them by.
    """
    version = version_of_file(document)
    first, last = pages[0].number, pages[-1].number
    number = str(first) if first == last else f"{first}–{last}"
    missing = any(not page.is_as_read for page in pages)
    return element(
        "div",
        element("p", words("reading.not_marked"), class_="pages-notice") if missing else "",
        *(_page_html(document, version, page, quote, words) for page in pages),
        data_name=name,
        data_first=str(first),
        data_last=str(last),
        data_count=str(len(document.pages)),
        data_title=words("reading.pages_shown", number=number, count=len(document.pages)),
    )


def failed_html(words: Words, name: str) -> Html:
    """Return what is shown where a page cannot be."""
    told = words("reading.no_page")
    return element("div", element("p", told, class_="pages-notice"), data_name=name, data_title=told)


def _page_html(document: Document, version: str, page: MarkedPage, quote: str, words: Words) -> Html:
    addresses = [(scale, _address(document, version, page.number, scale)) for scale in SCALES]
    picture = element(
        "img",
        src=addresses[1][1],
        srcset=", ".join(f"{address} {round(page.width * scale)}w" for scale, address in addresses),
        sizes=SIZES,
        alt=_said(document, page, quote, words),
    )
    return element(
        "div",
        picture,
        join(*_marks(page.boxes)),
        class_="page-picture",
        dir="ltr",
        style=f"aspect-ratio: {page.width:.2f} / {page.height:.2f}",
        data_number=str(page.number),
    )


def _said(document: Document, page: MarkedPage, quote: str, words: Words) -> str:
    shown = quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]}…"
    if page.boxes and shown:
        return words("reading.page_marked", number=page.number, title=document.title, quote=shown)
    return words("reading.page_of", number=page.number, title=document.title)


def _marks(boxes: Sequence[Box]) -> Iterator[Html]:
    for x0, y0, x1, y1 in boxes:
        sides = {"left": x0, "top": y0, "width": x1 - x0, "height": y1 - y0}
        style = "; ".join(f"{side}: {100 * share:.3f}%" for side, share in sides.items())
        yield element("span", class_="page-mark", style=style)


def _address(document: Document, version: str, number: int, scale: int) -> str:
    asked = {"document": document.id, "version": version, "page": number, "scale": scale}
    # Commas part the addresses of a srcset, and `urlencode` leaves none.
    return f"..{PICTURES}?{urlencode(asked)}"


def _button(name: str, label: str) -> Html:
    return element("button", type="button", class_=name, aria_label=label, title=label)
