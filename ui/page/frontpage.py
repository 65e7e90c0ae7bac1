"""What every page begins with: its head, its language, and the bar at its top."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sstc_chat.ui.access.visitors import NOBODY, Visitor
from sstc_chat.ui.languages.words import LANGUAGES, Words
from sstc_chat.ui.page.markup import Html, element, join
from sstc_chat.ui.page.views import Site, View

TITLE = "SSTC Chat"
STATIC = Path(__file__).parents[1] / "static"
STATIC_PATH = "/page"
# Gradio's template introduces itself to other sites, with a picture from one of them, and names a
# manifest that is not there.
PROMOTION = re.compile(rb'<meta\s+(?:property="og|name="twitter):[^>]*>|<link rel="manifest"[^>]*>')
SCRIPT = re.compile(rb"<script\b")
LANGUAGE = re.compile(rb'<html\s+lang="en"')
BODY = re.compile(rb"<body\b[^>]*>")


@dataclass(frozen=True)
class Front:
    """What is put before a page: one view in one language, for whoever comes.

    Attributes
    ----------
    views
        All that there are; those are named that `visitor` may see.
    asks
        Whether one can sign in.
    site
        Brings what of the page depends on the library.
    """

    words: Words
    view: View
    views: Sequence[View]
    visitor: Visitor = NOBODY
    asks: bool = False
    site: Site | None = None

    @property
    def title(self) -> str:
        """The title of the page, as a browser's tab shows it."""
        first = self.view == self.views[0]
        return TITLE if first else f"{self.words(self.view.name)} – {TITLE}"

    def __call__(self, page: bytes, nonce: str) -> bytes:
        """Return Gradio's page with our head and bar, and `nonce` on the scripts that it came with.

        Anything that gets into the page later, such as a script in a document, has no nonce and
        is not run by the browser.
        """
        language = f'<html lang="{self.words.language}" dir="{self.words.direction}"'.encode()
        page = LANGUAGE.sub(language, PROMOTION.sub(b"", page), 1)
        page = page.replace(b"</head>", head_html(self).encode() + b"</head>", 1)
        bar = masthead_html(self).encode()
        page = BODY.sub(lambda body: body.group() + bar, page, 1)
        page = self._filled(page)
        return SCRIPT.sub(f'<script nonce="{nonce}"'.encode(), page)

    def _filled(self, page: bytes) -> bytes:
        """Return the page with what depends on the library as it is now, in the script that holds it."""
        if self.site:
            for name, make in self.view.parts.items():
                page = page.replace(in_script(placeholder(name)), in_script(make(self.site)), 1)
        return page


def in_script(text: str) -> bytes:
    """Return a text as it stands in a script within a page: a string in which no markup is seen."""
    written = json.dumps(text)
    for character in "<>&'":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written.encode()


def placeholder(name: str) -> str:
    """Return what stands in a page as Gradio makes it, where the part of this name is put."""
    return f"sstc-part:{name}"


def head_html(front: Front) -> Html:
    """Return the head of a page: its name, its style and its script, from this server alone."""
    # Addresses are relative to that of the language, so that a proxy may serve the page anywhere.
    styles = [Html(f'<link rel="stylesheet" href="..{STATIC_PATH}/{name}">') for name in _files("css")]
    scripts = [element("script", src=f"..{STATIC_PATH}/{name}") for name in _files("js")]
    words = json.dumps(dict(front.words.texts), ensure_ascii=False).replace("<", "\\u003c")
    return join(
        element("title", front.title),
        Html(f'<meta name="description" content="{front.words("page.summary")}">'),
        Html(f'<link rel="icon" href="..{STATIC_PATH}/icon.svg" type="image/svg+xml">'),
        *styles,
        element("script", Html(words), type="application/json", id="words"),
        *scripts,
    )


def masthead_html(front: Front) -> Html:
    """Return the bar at the top: a way past it, the name, the views, the language."""
    return element(
        "header",
        element("a", front.words("page.skip"), href="#room", class_="skip"),
        element("h1", TITLE),
        _views(front),
        _account(front),
        _languages(front),
        id="masthead",
    )


def _views(front: Front) -> Html:
    links = [
        element(
            "a",
            front.words(view.name),
            href=f"./{view.path}",
            aria_current="page" if view == front.view else None,
        )
        for view in front.views
        if view.role in {None, *front.visitor.roles}
    ]
    return element("nav", *links, class_="views", aria_label=front.words("page.views")) if links else Html("")


def _account(front: Front) -> Html:
    """Return who is signed in and a way out, or a way in; nothing where nobody can sign in."""
    if front.visitor.name:
        name = element("bdi", front.visitor.name)
        leave = element("button", front.words("access.sign_out"), type="submit")
        return element("form", name, leave, method="post", action="./sign-out", class_="account")
    if not front.asks or front.view.role is None:
        return Html("")
    address = f"./sign-in?next={front.view.path}"
    return element("a", front.words("access.sign_in"), href=address, class_="account")


def _languages(front: Front) -> Html:
    links = [
        element(
            "a",
            name,
            href=f"../{language}/{front.view.path}",
            lang=language,
            hreflang=language,
            data_language=language,
            aria_current="true" if language == front.words.language else None,
        )
        for language, name in LANGUAGES.items()
    ]
    return element(
        "details",
        element("summary", LANGUAGES[front.words.language], aria_label=_language_label(front)),
        element("nav", *links, aria_label=front.words("page.language")),
        class_="languages",
    )


def _language_label(front: Front) -> str:
    return f"{front.words('page.language')}: {LANGUAGES[front.words.language]}"


def _files(kind: str) -> list[str]:
    """Return the names of the files of a kind, that of the shell first: the others build on it."""
    names = (path.name for path in STATIC.glob(f"*.{kind}"))
    return sorted(names, key=lambda name: (name != f"page.{kind}", name))
