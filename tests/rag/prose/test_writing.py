from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NoReturn

import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.types import Source
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.prose.checking.support import Quoted, Support
from sstc_chat.rag.prose.model import OpenAIModel
from sstc_chat.rag.prose.notes import NOTES, notes_of
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.rag.types import Answer

from .conftest import Served

QUESTION = "What is REMPE?"
TRUE = "REMPE is a program of Cabo Verde"
Says = Callable[[str], OpenAIModel]


@pytest.fixture(scope="session")
def support(encoders: dict[str, Encoder]) -> Support:
    return Support(encoders)


@pytest.fixture(scope="session")
def quoted(engine: Engine) -> Answer:
    answer = engine.ask(QUESTION)
    assert "Cabo Verde's REMPE program" in answer.citations[0].quote
    return answer


@pytest.fixture
def write(engine: Engine, support: Support) -> Callable[[Answer, OpenAIModel], list[Answer]]:
    return lambda answer, model: list(Writer(model, support).write(answer, engine.documents))


Write = Callable[[Answer, OpenAIModel], list[Answer]]


def test_a_true_sentence_is_shown_with_its_quote(quoted: Answer, write: Write, says: Says) -> None:
    answer = write(quoted, says(f"{TRUE} [1]."))[-1]
    assert [(one.verdict, one.citations) for one in answer.sentences] == [("supported", (1,))]
    assert answer.text == f"{TRUE}. [1]"
    assert answer.citations == quoted.citations
    assert (answer.note, answer.withheld) == ("", ())
    assert answer.fingerprint["language_model"] == "writer"
    assert answer.milliseconds["write"] > 0


@pytest.mark.parametrize(
    "lie",
    [
        "REMPE is a program of Kenya [1].",
        "REMPE is a program of Rwanda [1].",
        "REMPE is not a program of Cabo Verde [1].",
        "REMPE is the only program of Cabo Verde [1].",
        "REMPE was a program of Cabo Verde in 2019 [1].",
        "REMPE is a program of Cabo Verde that costs 5 million dollars [1].",
    ],
)
def test_a_lie_is_withheld_and_the_quotes_are_the_answer(
    quoted: Answer, write: Write, says: Says, lie: str
) -> None:
    answer = write(quoted, says(lie))[-1]
    assert answer.text == quoted.text
    assert answer.sentences == quoted.sentences
    assert [one.text for one in answer.withheld] == [lie.replace(" [1]", "")]
    assert answer.withheld[0].reason
    assert answer.note == "unsupported"


def test_a_sentence_without_its_number_or_with_a_wrong_one_is_repaired(
    quoted: Answer, write: Write, says: Says
) -> None:
    for marker in ("", " [7]", " [99]"):
        answer = write(quoted, says(f"{TRUE}{marker}."))[-1]
        assert [(one.text, one.citations) for one in answer.sentences] == [(f"{TRUE}.", (1,))]


def test_true_and_false_are_told_apart_and_counted(quoted: Answer, write: Write, says: Says) -> None:
    written = f"{TRUE} [1]. It cost 7 million dollars [1]."
    answers = write(quoted, says(written))
    assert answers[-1].text == f"{TRUE}. [1]"
    assert notes_of(answers[-1]) == [NOTES["en"]["withheld"].format(count=1)]
    assert answers[0].text == answers[-1].text  # shown as soon as it was checked


def test_a_refusal_stays_one_and_the_model_is_not_asked(
    engine: Engine, write: Write, says: Says, served: Served
) -> None:
    refused = engine.ask("How many people live in Lebanon?")
    assert refused.refused
    assert write(refused, says("About six million people live in Lebanon [1].")) == [refused]
    assert served.asked == []


def test_a_model_that_finds_nothing_does_not_overrule_the_quotes(
    quoted: Answer, write: Write, says: Says
) -> None:
    answer = write(quoted, says("The quotes do not say what REMPE is."))[-1]
    assert answer.text == quoted.text


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("error", "broken"),
        ("no-key", "refused"),
        ("rate", "busy"),
        ("garbage", "broken"),
        ("empty", "unsupported"),
    ],
)
def test_whatever_fails_the_reader_has_the_quotes_and_one_line(
    quoted: Answer, write: Write, served: Served, name: str, note: str
) -> None:
    answer = write(quoted, served.model(name))[-1]
    assert (answer.text, answer.sentences, answer.note) == (quoted.text, quoted.sentences, note)
    assert len(notes_of(answer)) == 1


class Broken(Support):
    """A check whose quotes cannot be read, as where an encoder or the file of a document fails."""

    def prepare(self, quotes: Sequence[Quoted]) -> None:
        raise OSError(quotes)


def test_quotes_that_cannot_be_read_for_the_check_leave_the_quotes(
    engine: Engine, encoders: dict[str, Encoder], quoted: Answer, says: Says, served: Served
) -> None:
    writer = Writer(says(f"{TRUE} [1]."), Broken(encoders))
    (answer,) = writer.write(quoted, engine.documents)
    assert (answer.text, answer.sentences, answer.note) == (quoted.text, quoted.sentences, "broken")
    assert served.asked == []


class Unread(dict[str, Source]):
    """Documents of which none can be read any more."""

    def values(self) -> NoReturn:
        raise OSError


def test_documents_that_cannot_be_read_leave_the_quotes(
    engine: Engine, support: Support, quoted: Answer, says: Says
) -> None:
    (answer,) = Writer(says(f"{TRUE} [1]."), support).write(quoted, Unread(engine.documents))
    assert (answer.text, answer.sentences, answer.note) == (quoted.text, quoted.sentences, "broken")


def test_a_model_that_breaks_off_leaves_what_was_checked_and_the_quotes(
    quoted: Answer, write: Write, served: Served
) -> None:
    served.texts["cut"] = f"{TRUE} [1]. It was att"
    answer = write(quoted, served.model("cut"))[-1]
    assert answer.text == f"{TRUE}. [1] {quoted.text}"
    assert [one.verdict for one in answer.sentences] == ["supported"] + ["quoted"] * len(quoted.sentences)


def test_the_wrong_language_is_not_shown(quoted: Answer, write: Write, says: Says) -> None:
    answer = write(quoted, says("REMPE est un programme du Cabo Verde [1]."))[-1]
    assert answer.withheld[0].reason == "language"


def test_links_markup_and_hidden_letters_are_not_shown(quoted: Answer, write: Write, says: Says) -> None:
    written = "[REMPE](https://bad.example) is a <b>program</b> **of** Ca\u200bbo Verde [1]."
    answer = write(quoted, says(written))[-1]
    assert answer.text == f"{TRUE}. [1]"


def test_the_model_gets_the_quotes_and_nothing_else_of_the_library(
    quoted: Answer, write: Write, says: Says, served: Served
) -> None:
    write(quoted, says("Nothing."))
    told = served.asked[0]["messages"][1]["content"]
    assert all(citation.quote.replace('"', '\\"') in told for citation in quoted.citations)
    assert len(told) < sum(len(one.quote) for one in quoted.citations) + len(QUESTION) + 100


def test_readers_at_once_do_not_mix(engine: Engine, write: Write, served: Served) -> None:
    questions = [
        QUESTION,
        "When was the workshop in Baku?",
        "Which countries does the social protection project assist?",
    ]
    answers = [engine.ask(one) for one in questions]
    for number, answer in enumerate(answers):
        served.texts[f"copy-{number}"] = f"{answer.citations[0].quote} [1]"
    with ThreadPoolExecutor(6) as readers:
        tasks = [
            readers.submit(write, answer, served.model(f"copy-{number}"))
            for _ in range(4)
            for number, answer in enumerate(answers)
        ]
        written = [task.result()[-1] for task in tasks]
    for place, answer in enumerate(written):
        quotes = answers[place % len(answers)].citations
        assert all(one.text in quotes[0].quote for one in answer.sentences)


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt", "ar", "zh", "ru"])
def test_every_note_has_words_in_every_language(language: str) -> None:
    assert NOTES[language].keys() == NOTES["en"].keys()
