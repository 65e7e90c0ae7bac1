"""Questions to go on with: near the answer, answered, and about something new."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pytest

from sstc_chat.rag.types import Answer
from sstc_chat.ui.chat.followups import MOST, follow_ups, names_in
from sstc_chat.ui.chat.render import LIKELY
from sstc_chat.ui.chat.starters import starter_questions
from sstc_chat.ui.languages.words import LANGUAGES, words_in

if TYPE_CHECKING:
    from sstc_chat.rag.engine import Engine
    from tests.ui.conftest import Make

WORDS = words_in("en")
ROWS = [
    ("heading", "Africa"),
    ("paragraph", "It began in Kenya."),
    ("paragraph", "Later it came to Cabo Verde and to Guinea Bissau."),
    ("heading", "Americas"),
    ("paragraph", "There was more in Peru."),
]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It began in Kenya.", ["Kenya"]),
        ("Cabo Verde's REMPE and the scheme (Ejo Heza) help.", ["Verde", "REMPE", "Ejo Heza"]),
        ("It reached Côte d'Ivoire, led by the Brazilian-led team in July.", ["Côte d'Ivoire"]),
        ("The Ministry met the Republic of Azerbaijan and the ILO.", ["Ministry", "Republic of Azerbaijan"]),
        ("nothing here", []),
    ],
)
def test_names_are_capitalised_words_within_a_sentence(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def replying(make: Make, confidence: float = 0.9, **quoted: int) -> tuple[Sequence[Answer], list[str]]:
    """Answer the last line of what `quoted` says of a word; return what is offered after Kenya."""
    lines, _ = make.lines("one", *ROWS)

    def reply(text: str, _: Sequence[str]) -> Answer:
        place = next((place for word, place in quoted.items() if word in text), None)
        if place is None:
            return make.answer(text)
        return make.answer(text, make.citation(lines[place]), confidence=confidence)

    engine = make.engine({"one": ROWS}, reply)
    first = make.answer("Where did it begin?", make.citation(lines[1]))
    return [first], follow_ups(engine, [first], WORDS)


def test_what_is_answered_with_something_new_is_offered(make: Make) -> None:
    _, offered = replying(make, Verde=2, Americas=4)
    assert offered == [WORDS("chat.about", subject="Cabo Verde"), WORDS("chat.about", subject="Americas")]


def test_what_was_shown_is_not_offered(make: Make) -> None:
    assert replying(make, Kenya=1, Verde=1)[1] == []


def test_two_that_lead_to_the_same_are_one(make: Make) -> None:
    assert replying(make, Verde=2, Bissau=2)[1] == [WORDS("chat.about", subject="Cabo Verde")]


def test_what_is_not_answered_with_confidence_is_not_offered(make: Make) -> None:
    assert replying(make, LIKELY - 0.01, Verde=2)[1] == []


def test_after_no_question_there_is_nothing_to_go_on_with(make: Make) -> None:
    engine = make.engine({"one": ROWS})
    assert follow_ups(engine, [make.answer("Hello", refusal="no question")], WORDS) == []
    assert follow_ups(engine, [], WORDS) == []
    assert engine.asked == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_report_is_gone_on_with_in_every_language(engine: Engine, language: str) -> None:
    """Two or three, each of which leads to something that was not shown."""
    words = words_in(language)
    for starter in starter_questions(engine, words):
        answer = engine.ask(starter)
        seen = {span for citation in answer.citations for span in citation.spans}
        offered = follow_ups(engine, [answer], words)
        assert 2 <= len(offered) <= MOST
        for question in offered:
            again = engine.ask(question)
            assert not again.refused
            assert {span for citation in again.citations for span in citation.spans} - seen
