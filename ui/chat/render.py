"""A conversation as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sstc_chat.rag.question import LONGEST, clean
from sstc_chat.rag.segments import Segment, segments_of
from sstc_chat.rag.types import Answer, Citation
from sstc_chat.ui.chat.cards import card, cite_button
from sstc_chat.ui.chat.conversation import Turn, Turns
from sstc_chat.ui.languages.words import Words, direction
from sstc_chat.ui.page.markup import Html, element, join, unseen

# From which confidence on an answer is called what. Below the last it is shown with a caution.
WELL_SUPPORTED = 0.8
LIKELY = 0.5
PANES = {"conversation": "chat.conversation", "report": "chat.report"}


def panes_html(words: Words) -> Html:
    """Return the choice of what is shown, for screens that hold one side only."""
    buttons = [
        element("button", words(name), type="button", data_pane=key, aria_pressed=_truth(key))
        for key, name in PANES.items()
    ]
    return element("nav", *buttons, class_="panes", aria_label=words("chat.panes"))


def conversation_html(
    turns: Turns, questions: Sequence[str], languages: Mapping[str, str], words: Words
) -> Html:
    """Return the conversation, or a welcome with `questions` to start from.

    Parameters
    ----------
    turns
        The conversation so far.
    questions
        What a reader may ask first.
    languages
        The language of each document, by its id.
    words
        The words of the page.
    """
    content = (
        [turn_html(number, turn, languages, words) for number, turn in enumerate(turns, start=1)]
        if turns
        else [welcome_html(questions, words)]
    )
    title = element("h2", words("chat.conversation"), class_="unseen")
    return element("section", title, *content, class_="conversation", aria_label=words("chat.conversation"))


def welcome_html(questions: Sequence[str], words: Words) -> Html:
    """Return what stands in an empty conversation."""
    starters = [
        element("li", element("button", question, type="button", data_question=question, dir="auto"))
        for question in questions
    ]
    offer = join(
        element("p", words("chat.start_with"), class_="eyebrow"),
        element("ul", *starters, class_="starters", aria_label=words("chat.starters")),
    )
    return element(
        "div",
        element("p", words("chat.welcome"), class_="welcome-title"),
        element("p", words("chat.promise")),
        offer if starters else "",
        class_="welcome",
    )


def turn_html(number: int, turn: Turn, languages: Mapping[str, str], words: Words) -> Html:
    """Return a question and what became of it."""
    language = turn.answer.question.language if turn.answer else None
    question = element("span", turn.question, dir="auto", lang=language)
    asked = element("h3", unseen(f"{words('chat.asked')} "), question, class_="asked")
    return element(
        "article",
        asked,
        _reply(turn, languages, words),
        id=f"turn-{number}",
        class_="turn",
        data_state=turn.state,
    )


def answer_html(answer: Answer, languages: Mapping[str, str], words: Words) -> Html:
    """Return an answer: what is quoted, how well it is supported, and the sources."""
    citations = {citation.number: citation for citation in answer.citations}
    said = [_segment(segment, citations, languages, words) for segment in segments_of(answer)]
    language = answer.question.language
    cards = [card(citation, languages, words) for citation in answer.citations]
    return join(
        _understood(answer, words),
        # What stands within has directions of its own, by which `auto` is not led.
        element("div", *said, class_="said", lang=language, dir=direction(language)),
        confidence_html(answer.confidence, words),
        element("p", words("chat.sources"), class_="eyebrow"),
        element("ol", *cards, class_="cards"),
    )


def refusal_html(answer: Answer, languages: Mapping[str, str], words: Words) -> Html:
    """Return a refusal, with the passages that came nearest folded away."""
    cards = [card(citation, languages, words, kind="passage") for citation in answer.nearest]
    said = element("p", answer.text, class_="said", lang=answer.question.language, dir="auto")
    title = element("p", words("chat.no_answer"), class_="eyebrow")
    nearest = element(
        "details",
        element("summary", words("chat.nearest", count=len(cards))),
        element("ol", *cards, class_="cards"),
    )
    return join(
        _understood(answer, words),
        element("div", title, said, nearest if cards else "", class_="refusal"),
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


def failure_html(turn: Turn, words: Words) -> Html:
    """Return why a question was not answered, and a button that asks it again."""
    again = element("button", words("chat.again"), type="button", data_question=turn.question)
    return element("div", element("p", turn.failure, dir="auto", class_="said"), again, class_="failure")


def unaskable(question: str, words: Words) -> str:
    """Return why `question` cannot be asked as it stands."""
    length = len(clean(question))
    if length <= LONGEST:
        return words("chat.empty")
    return words("chat.too_long", length=length, most=LONGEST)


def notice_html(message: str) -> Html:
    """Return why a question cannot be asked as it stands; empty for nothing to say."""
    return element("p", message, dir="auto") if message else Html("")


def _reply(turn: Turn, languages: Mapping[str, str], words: Words) -> Html:
    if turn.failure:
        return failure_html(turn, words)
    if turn.answer is None:
        return element("p", words("chat.waiting"), class_="waiting")
    render = refusal_html if turn.answer.refused else answer_html
    return render(turn.answer, languages, words)


def _segment(
    segment: Segment, citations: Mapping[int, Citation], languages: Mapping[str, str], words: Words
) -> Html:
    buttons = [cite_button(citations[number], words) for number in segment.citations]
    content = join(segment.text.strip(), *buttons, by=" ")
    if not segment.quoted or not segment.citations:
        return element("p", content, dir="auto")
    language = languages.get(citations[segment.citations[0]].document_id)
    return element("blockquote", content, lang=language, dir="auto")


def _understood(answer: Answer, words: Words) -> Html:
    question = answer.question
    if " ".join(question.text.split()) == " ".join(question.standalone.split()):
        return Html("")
    whole = element("q", question.standalone, lang=question.language, dir="auto")
    return element("p", f"{words('chat.understood')} ", whole, class_="understood")


def _truth(key: str) -> str:
    return "true" if key == "conversation" else "false"
