"""The page on which one signs in, as HTML."""

from __future__ import annotations

import re
from urllib.parse import quote

from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.frontpage import Front, head_html, masthead_html
from sstc_chat.ui.page.markup import Html, element
from sstc_chat.ui.page.views import View

VIEW = View("sign-in", "access.sign_in", lambda _: None, role=None)
# A view of ours and what is asked of it: nothing that leads to another site.
LONGEST_NEXT = 2000
NEXT = re.compile(r"([a-z]+)?(\?[\w.~%=&+:,-]*)?", re.ASCII)


def sign_in_html(front: Front, back: str, said: str = "", name: str = "", *, through: bool = False) -> Html:
    """Return the page.

    Parameters
    ----------
    front
        Its language and its bar.
    back
        Where one wants to go, below the address of the language.
    said
        What went wrong.
    name
        What was typed.
    through
        Whether one can sign in through the organisation, too.
    """
    words = front.words
    return _page(front, _main(words, back, said, _form(words, back, name, wrong=bool(said)), through))


def farewell_html(front: Front, there: str) -> Html:
    """Return the page of somebody who has signed out here, and goes on to do so where they came through."""
    link = element("a", front.words("access.leave_there"), href=there, class_="organisation")
    return _page(
        front, element("main", element("h2", front.words("access.left")), link, id="room", class_="sign-in")
    )


def checked_next(text: str) -> str:
    """Return where to go after signing in; the first view where that is none of ours."""
    return text if len(text) <= LONGEST_NEXT and NEXT.fullmatch(text) else ""


def _page(front: Front, main: Html) -> Html:
    return Html("<!doctype html>") + element(  # type: ignore[return-value]
        "html",
        element("head", _META, head_html(front)),
        element("body", masthead_html(front), main),
        lang=front.words.language,
        dir=front.words.direction,
    )


_META = Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">')


def _main(words: Words, back: str, said: str, form: Html, through: bool) -> Html:
    address = f"./sign-in/organisation?next={quote(back)}"
    return element(
        "main",
        element("h2", words("access.sign_in")),
        element("p", said, role="alert", id="said") if said else "",
        element("a", words("access.organisation"), href=address, class_="organisation") if through else "",
        form,
        element("p", words("access.who_adds"), class_="hint"),
        id="room",
        class_="sign-in",
    )


def _form(words: Words, back: str, name: str, *, wrong: bool) -> Html:
    shared = {"required": True, "aria_describedby": "said" if wrong else None}
    box = element("input", name_="name", value=name, autocomplete="username", dir="auto", **shared)
    secret = element(
        "input", name_="password", type="password", autocomplete="current-password", dir="auto", **shared
    )
    return element(
        "form",
        _field(words("access.name"), box),
        _field(words("access.password"), secret),
        element("input", type="hidden", name_="next", value=back),
        element("button", words("access.sign_in"), type="submit"),
        method="post",
        action="./sign-in",
    )


def _field(label: str, control: Html) -> Html:
    return element("label", element("span", label), control)
