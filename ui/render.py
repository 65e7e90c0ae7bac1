"""A conversation as HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sstc_chat.rag.types import Answer, Citation
from sstc_chat.ui.conversation import Turn, Turns
from sstc_chat.ui.markup import Html, element, join, unseen
from sstc_chat.ui.places import card, cite_button
from sstc_chat.ui.segments import Segment, segments_of

# From which confidence on an answer is called what. Below the last it is shown with a caution.
WELL_SUPPORTED = 0.8
LIKELY = 0.5
PROMISE = (
    "You are answered in the exact words of the documents, and every quote leads to the place it "
    "was taken from. Where the documents do not say, you are told so."
)
WAITING = "Looking through the documents…"


def conversation_html(turns: Turns, questions: Sequence[str], languages: Mapping[str, str]) -> Html:
    """Return the conversation, or a welcome with `questions` to start from.

    Parameters
    ----------
    turns
        The conversation so far.
    questions
        What a reader may ask first.
    languages
        The language of each document, by its id.
    """
    content = (
        [turn_html(number, turn, languages) for number, turn in enumerate(turns, start=1)]
        if turns
        else [welcome_html(questions)]
    )
    title = element("h2", "Conversation", class_="unseen")
    return element("section", title, *content, class_="conversation", aria_label="Conversation")


def welcome_html(questions: Sequence[str]) -> Html:
    """Return what stands in an empty conversation."""
    starters = [
        element("li", element("button", question, type="button", data_question=question, dir="auto"))
        for question in questions
    ]
    offer = join(
        element("p", "You may start with", class_="eyebrow"),
        element("ul", *starters, class_="starters", aria_label="Questions to start with"),
    )
    return element(
        "div",
        element("p", "Ask, and check the answer", class_="welcome-title"),
        element("p", PROMISE),
        offer if starters else "",
        class_="welcome",
    )


def turn_html(number: int, turn: Turn, languages: Mapping[str, str]) -> Html:
    """Return a question and what became of it."""
    language = turn.answer.question.language if turn.answer else None
    words = element("span", turn.question, dir="auto", lang=language)
    asked = element("h3", unseen("You asked: "), words, class_="asked")
    return element(
        "article",
        asked,
        _reply(turn, languages),
        id=f"turn-{number}",
        class_="turn",
        data_state=turn.state,
    )


def answer_html(answer: Answer, languages: Mapping[str, str]) -> Html:
    """Return an answer: what is quoted, how well it is supported, and the sources."""
    citations = {citation.number: citation for citation in answer.citations}
    said = [_segment(segment, citations, languages) for segment in segments_of(answer)]
    cards = [card(citation, languages) for citation in answer.citations]
    return join(
        _understood(answer),
        element("div", *said, class_="said", lang=answer.question.language, dir="auto"),
        confidence_html(answer.confidence),
        element("p", "Sources", class_="eyebrow"),
        element("ol", *cards, class_="cards"),
    )


def refusal_html(answer: Answer, languages: Mapping[str, str]) -> Html:
    """Return a refusal, with the passages that came nearest folded away."""
    cards = [card(citation, languages, kind="passage") for citation in answer.nearest]
    said = element("p", answer.text, class_="said", lang=answer.question.language, dir="auto")
    title = element("p", "No answer in the documents", class_="eyebrow")
    nearest = element(
        "details",
        element("summary", f"Nearest passages ({len(cards)}), not an answer"),
        element("ol", *cards, class_="cards"),
    )
    return join(
        _understood(answer),
        element("div", title, said, nearest if cards else "", class_="refusal"),
    )


def confidence_html(confidence: float) -> Html:
    """Return how likely the quotes answer the question, in words; the number is in the tooltip."""
    word, level = "Check the quotes: support is weak", "low"
    if confidence >= WELL_SUPPORTED:
        word, level = "Well supported", "high"
    elif confidence >= LIKELY:
        word, level = "Likely", "middle"
    number = f"Estimated chance that the quotes answer the question: {confidence:.0%}"
    hint = unseen(f". {number}")
    return element("p", word, hint, class_="confidence", data_level=level, title=number)


def failure_html(turn: Turn) -> Html:
    """Return why a question was not answered, and a button that asks it again."""
    again = element("button", "Try again", type="button", data_question=turn.question)
    return element("div", element("p", turn.failure, dir="auto", class_="said"), again, class_="failure")


def notice_html(message: str) -> Html:
    """Return why a question cannot be asked as it stands; empty for nothing to say."""
    return element("p", message, dir="auto") if message else Html("")


def _reply(turn: Turn, languages: Mapping[str, str]) -> Html:
    if turn.failure:
        return failure_html(turn)
    if turn.answer is None:
        return element("p", WAITING, class_="waiting")
    render = refusal_html if turn.answer.refused else answer_html
    return render(turn.answer, languages)


def _segment(segment: Segment, citations: Mapping[int, Citation], languages: Mapping[str, str]) -> Html:
    buttons = [cite_button(citations[number]) for number in segment.citations]
    content = join(segment.text.strip(), *buttons, by=" ")
    if not segment.quoted or not segment.citations:
        return element("p", content, dir="auto")
    language = languages.get(citations[segment.citations[0]].document_id)
    return element("blockquote", content, lang=language, dir="auto")


def _understood(answer: Answer) -> Html:
    question = answer.question
    if " ".join(question.text.split()) == " ".join(question.standalone.split()):
        return Html("")
    words = element("q", question.standalone, lang=question.language, dir="auto")
    return element("p", "Understood as: ", words, class_="understood")
