"""A turn of a conversation as HTML."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sstc_chat.rag.question import LONGEST, clean
from sstc_chat.rag.segments import Segment, segments_of
from sstc_chat.rag.types import Answer, Citation, Refusal
from sstc_chat.ui.chat.cards import Sources, card, cite_button
from sstc_chat.ui.chat.conversation import Turn
from sstc_chat.ui.chat.mode import part_html
from sstc_chat.ui.languages.words import Words, direction
from sstc_chat.ui.limits.choice import ask_all_html, limited_html
from sstc_chat.ui.page.markup import Html, element, join, unseen

# From which confidence on an answer is called what. Below the last it is shown with a caution.
WELL_SUPPORTED = 0.8
LIKELY = 0.5
REFUSALS: dict[Refusal, str] = {
    "outside": "chat.outside",
    "unsaid": "chat.unsaid",
    "no question": "chat.no_question",
}


def turn_html(turn: Turn, sources: Sources, words: Words, name: str = "", key: str = "") -> Html:
    """Return a question and what became of it.

    Parameters
    ----------
    turn
        The question, answered or not.
    sources
        The documents in the index, by their ids.
    words
        The words of the page.
    name
        The name that the page's script waits for it by.
    key
        By which more of it is asked for, while a language model writes.
    """
    language = turn.answer.question.language if turn.answer else None
    question = element("span", turn.question, class_="question", dir="auto", lang=language)
    return element(
        "article",
        element("h3", unseen(f"{words('chat.asked')} "), question, class_="asked", tabindex="-1"),
        _tools(words),
        wait_html(words("chat.writing"), words) if key else "",
        _reply(turn, sources, words),
        class_="turn",
        data_state=turn.state,
        data_name=name,
        data_writing=key or None,
        data_record=json.dumps(turn.record, ensure_ascii=False) if turn.record else None,
    )


def answer_html(answer: Answer, sources: Sources, words: Words) -> Html:
    """Return an answer: what is quoted, how well it is supported, and the sources."""
    citations = {citation.number: citation for citation in answer.citations}
    said = [_segment(segment, citations, sources, words) for segment in segments_of(answer)]
    cards = [card(citation, sources, words) for citation in answer.citations]
    language = answer.question.language
    return join(
        _understood(answer, words),
        _limited(answer, sources, words),
        # What stands within has directions of its own, by which `auto` is not led.
        element("div", *said, class_="said", lang=language, dir=direction(language)),
        part_html(answer, words),
        confidence_html(answer.confidence, words),
        element("h4", words("chat.sources"), class_="eyebrow"),
        element("ol", *cards, class_="cards"),
    )


def refusal_html(answer: Answer, sources: Sources, words: Words) -> Html:
    """Return a refusal of its kind, with the passages that came nearest.

    They are folded away where the documents are about something else.
    """
    refusal = answer.refusal or "unsaid"
    cards = [card(citation, sources, words, kind="passage") for citation in answer.nearest]
    language = answer.question.language
    said = element("p", answer.text, class_="said", lang=language, dir=direction(language))
    nearest = element(
        "details",
        element("summary", words("chat.nearest", count=len(cards))),
        element("ol", *cards, class_="cards"),
        open=refusal == "unsaid",
        class_="nearest",
    )
    return join(
        _understood(answer, words),
        _limited(answer, sources, words),
        element(
            "div",
            element("p", words(REFUSALS[refusal]), class_="eyebrow"),
            said,
            ask_all_html(words) if answer.limits and refusal != "no question" else "",
            nearest if cards else "",
            class_="refusal",
            data_kind=refusal,
        ),
    )


def confidence_html(confidence: float, words: Words) -> Html:
    """Return how likely the quotes answer the question, in words; the number is in the tooltip."""
    key, level = "chat.weak", "low"
    if confidence >= WELL_SUPPORTED:
        key, level = "chat.well_supported", "high"
    elif confidence >= LIKELY:
        key, level = "chat.likely", "middle"
    number = words("chat.chance", percent=round(100 * confidence))
    hint = unseen(f". {number}")
    return element("p", words(key), hint, class_="confidence", data_level=level, title=number)


def failure_html(failure: str, words: Words) -> Html:
    """Return why a question was not answered, and a button that asks it again."""
    again = element("button", words("chat.again"), type="button", class_="again")
    return element("div", element("p", failure, dir="auto", class_="said"), again, class_="failure")


def wait_html(text: str, words: Words) -> Html:
    """Return what is waited for, and a button that stops it."""
    stop = element("button", words("chat.stop"), type="button", class_="stop")
    return element("p", element("span", text, class_="waiting"), stop, class_="wait")


def notice_html(question: str, words: Words, name: str) -> Html:
    """Return why `question` cannot be asked as it stands."""
    length = len(clean(question))
    long = words("chat.too_long", length=length, most=LONGEST)
    return element(
        "p", words("chat.empty") if length <= LONGEST else long, class_="unaskable", data_name=name
    )


def suggestions_html(questions: Sequence[str], language: str, words: Words, name: str) -> Html:
    """Return questions to go on with, in `language`; nothing stands in it where there are none."""
    items = [
        element("li", element("button", question, type="button", class_="ask-this", dir="auto"))
        for question in questions
    ]
    title = element("h4", words("chat.go_on"), class_="eyebrow")
    offer = join(title, element("ul", *items, class_="starters", lang=language)) if items else ""
    return element("div", offer, class_="suggestions", data_name=name)


def _tools(words: Words) -> Html:
    buttons = [
        element("button", words(key), type="button", class_=name)
        for name, key in (("edit", "chat.edit"), ("again", "chat.ask_again"))
    ]
    return element("div", *buttons, class_="turn-tools")


def _reply(turn: Turn, sources: Sources, words: Words) -> Html:
    if turn.answer is None:
        return failure_html(turn.failure, words)
    render = refusal_html if turn.answer.refused else answer_html
    return render(turn.answer, sources, words)


def _segment(segment: Segment, citations: Mapping[int, Citation], sources: Sources, words: Words) -> Html:
    buttons = [cite_button(citations[number], sources, words) for number in segment.citations]
    content = join(segment.text.strip(), *buttons, by=" ")
    if not segment.quoted or not segment.citations:
        return element("p", content, dir="auto", class_="prose" if segment.citations else None)
    source = sources.get(citations[segment.citations[0]].document_id)
    return element("blockquote", content, lang=source.language if source else None, dir="auto")


def _limited(answer: Answer, sources: Sources, words: Words) -> Html:
    return limited_html(answer.limits, {one.title: one.language for one in sources.values()}, words)


def _understood(answer: Answer, words: Words) -> Html:
    question = answer.question
    if " ".join(question.text.split()) == " ".join(question.standalone.split()):
        return Html("")
    whole = element("q", question.standalone, lang=question.language, dir="auto")
    return element("p", f"{words('chat.understood')} ", whole, class_="understood")
