"""The export menu and the feedback control as HTML, and what the server sends back to them."""

from __future__ import annotations

import base64
from datetime import date

from sstc_chat.rag.feedback.opinions import LONGEST_COMMENT, Reason
from sstc_chat.rag.records.export.formats import Format
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join

FORMATS = {
    ".docx": "sharing.word",
    ".md": "sharing.markdown",
    ".json": "sharing.record",
}
REASONS: dict[Reason, str] = {
    "wrong passage": "sharing.wrong_passage",
    "does not answer": "sharing.does_not_answer",
    "should have answered": "sharing.should_have_answered",
    "not understood": "sharing.not_understood",
}


def sharing_html(words: Words) -> Html:
    """Return the export menu, and a feedback control that the page's script puts under each answer."""
    return join(export_html(words), element("template", feedback_html(words), class_="feedback-control"))


def export_html(words: Words) -> Html:
    """Return the choice of formats to export the conversation to."""
    buttons = [
        element("button", words(key), type="button", data_suffix=suffix) for suffix, key in FORMATS.items()
    ]
    return element(
        "details",
        element("summary", words("sharing.export")),
        element("div", *buttons, element("p", words("sharing.not_kept")), class_="export-menu"),
        class_="export",
    )


def feedback_html(words: Words) -> Html:
    """Return what asks whether an answer is good, and the form that opens then."""
    thumbs = [
        _thumb("👍", words("sharing.yes"), "good"),
        _thumb("👎", words("sharing.no"), "bad"),
    ]
    return element(
        "div",
        element("span", words("sharing.good_answer"), class_="feedback-question"),
        *thumbs,
        _form(words),
        _sent(words),
        class_="feedback",
        role="group",
        aria_label=words("sharing.good_answer"),
    )


def exported_html(name: str, made: Format, content: bytes) -> Html:
    """Return a file to the browser, which saves it; `name` is what it asked for it by."""
    return element(
        "div",
        data_name=name,
        data_file=f"sstc-chat-{date.today().isoformat()}{made.suffix}",
        data_media=made.media_type,
        data_content=base64.b64encode(content).decode(),
    )


def sent_html(name: str, token: str) -> Html:
    """Return to the browser that its feedback arrived, and how it can be taken back."""
    return element("div", data_name=name, data_token=token)


def failed_html(name: str) -> Html:
    """Return to the browser that what it asked for by `name` was not done."""
    return element("div", data_name=name, data_failed=True)


def _thumb(sign: str, text: str, kind: str) -> Html:
    icon = element("span", sign, aria_hidden="true")
    return element("button", icon, f" {text}", type="button", class_=f"thumb {kind}", aria_expanded="false")


def _form(words: Words) -> Html:
    reasons = [
        element("label", element("input", type="radio", name_="reason", value=reason), f" {words(key)}")
        for reason, key in REASONS.items()
    ]
    comment = element("textarea", name_="comment", maxlength=str(LONGEST_COMMENT), rows="2", dir="auto")
    return element(
        "form",
        element("fieldset", element("legend", words("sharing.what_was_wrong")), *reasons, class_="reasons"),
        element("label", element("span", words("sharing.comment")), comment, class_="comment"),
        element("p", words("sharing.kept"), class_="feedback-kept"),
        element(
            "div",
            element("button", words("sharing.send"), type="submit", class_="send"),
            element("button", words("sharing.cancel"), type="button", class_="cancel"),
            class_="feedback-actions",
        ),
        hidden=True,
    )


def _sent(words: Words) -> Html:
    """Return what stands there once it was sent."""
    button = element("button", words("sharing.take_back"), type="button", class_="take-back")
    thanks = element("span", words("sharing.thanks"))
    return element("p", thanks, " ", button, class_="feedback-sent", hidden=True)
