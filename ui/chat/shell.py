"""What the chat looks like before anything is asked, and the pieces that the page's script fills in."""

from __future__ import annotations

from collections.abc import Sequence

from sstc_chat.ui.chat.conversation import Turn
from sstc_chat.ui.chat.render import turn_html, wait_html
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join

PANES = {"conversation": "chat.conversation", "report": "chat.report"}


def panes_html(words: Words) -> Html:
    """Return the choice of what is shown, for screens that hold one side only."""
    buttons = [
        element("button", words(name), type="button", data_pane=key, aria_pressed=_truth(key))
        for key, name in PANES.items()
    ]
    return element("nav", *buttons, class_="panes", aria_label=words("chat.panes"))


def tools_html(words: Words) -> Html:
    """Return what is done with whole conversations: a new one, the list of them, clearing this one."""
    names = (("list", "chat.conversations"), ("clear", "chat.clear"), ("new", "chat.new"))
    buttons = [element("button", words(key), type="button", class_=name) for name, key in names]
    return join(element("div", *buttons, class_="tools-of-conversation"), list_html(words))


def conversation_html(questions: Sequence[str], words: Words) -> Html:
    """Return an empty conversation: a welcome, with `questions` to start from, and room for turns."""
    section = element(
        "section",
        element("h2", words("chat.conversation"), class_="unseen"),
        welcome_html(questions, words),
        element("div", class_="turns"),
        class_="conversation",
        aria_label=words("chat.conversation"),
    )
    return join(
        section,
        element("template", _pending(words), class_="pending-turn"),
        element("template", turn_html(Turn(""), {}, words), class_="failed-turn"),
    )


def welcome_html(questions: Sequence[str], words: Words) -> Html:
    """Return what stands in an empty conversation."""
    return element(
        "div",
        element("p", words("chat.welcome"), class_="welcome-title"),
        element("p", words("chat.promise")),
        element("div", offer_html(questions, words), class_="offer"),
        element("p", element("a", words("privacy.title"), href="./privacy"), class_="privacy"),
        class_="welcome",
    )


def offer_html(questions: Sequence[str], words: Words) -> Html:
    """Return `questions` to start from; nothing where there are none."""
    starters = [
        element("li", element("button", question, type="button", class_="ask-this", dir="auto"))
        for question in questions
    ]
    return join(
        element("p", words("chat.start_with"), class_="eyebrow") if starters else "",
        element("ul", *starters, class_="starters", aria_label=words("chat.starters")) if starters else "",
    )


def list_html(words: Words) -> Html:
    """Return the list of conversations, which the browser keeps, and one row of it to be filled in."""
    close = element("button", words("chat.close"), type="button", class_="close")
    return element(
        "dialog",
        element("div", element("h2", words("chat.conversations")), close, class_="list-head"),
        element("p", words("chat.kept_here"), class_="kept-here"),
        element("p", words("chat.none_yet"), class_="none-yet"),
        element("ul", class_="rows"),
        element("template", _row(words), class_="row"),
        id="conversations",
        aria_label=words("chat.conversations"),
    )


def _row(words: Words) -> Html:
    opening = element(
        "button",
        element("span", class_="title", dir="auto"),
        element("span", class_="when"),
        type="button",
        class_="open",
    )
    names = (("rename", "chat.rename"), ("delete", "chat.delete"))
    buttons = [element("button", words(key), type="button", class_=name) for name, key in names]
    return element("li", opening, *buttons)


def _pending(words: Words) -> Html:
    """Return a turn that waits for its answer."""
    return element(
        "article",
        element("h3", element("span", class_="question", dir="auto"), class_="asked", tabindex="-1"),
        wait_html(words("chat.waiting"), words),
        class_="turn",
        data_state="pending",
    )


def _truth(key: str) -> str:
    return "true" if key == "conversation" else "false"
