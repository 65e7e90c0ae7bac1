"""The address at which questions are asked: a turn comes back, and nothing but a question is taken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING

import httpx
import pytest

from sstc_chat.rag.documents.spread import SpreadEngine
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.opening import reopened
from sstc_chat.rag.question import understand
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.types import Answer
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from tests.ui.conftest import Make

Post = Callable[..., httpx.Response]
QUESTIONS = ("What is Ejo Heza?", "How much does a litre of milk cost?")
# What no two answers have in common: when each was made, and how long that took.
OWN = re.compile(r'"(made|milliseconds)": ("[^"]*"|\{[^}]*\})')


@pytest.fixture(scope="module")
def post(serve_page: Callable[..., AbstractContextManager[str]], make: Make) -> Iterator[Post]:
    """Return what sends a question to a page that answers all of them alike."""
    line = make.lines("one", ("paragraph", "It began in May."))[0][0]

    def reply(text: str, _: Sequence[str]) -> Answer:
        return make.answer(understand(text).text, make.citation(line))

    engine = make.engine({"one": [("paragraph", "It began in May.")]}, reply)
    with serve_page(engine) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client.post


def test_a_question_comes_back_with_its_turn(post: Post) -> None:
    reply = post("/en/ask", json={"name": "one-1", "question": "When?", "history": []})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["cache-control"] == "no-store"
    assert 'data-name="one-1"' in reply.text
    assert "“It began in May.”" in unescape(reply.text)


def test_who_reads_nothing_compressed_gets_the_same(post: Post) -> None:
    question = {"name": "one-1", "question": "When?"}
    packed = post("/en/ask", json=question, headers={"Accept-Encoding": "gzip"})
    plain = post("/en/ask", json=question, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert len(plain.content) == int(plain.headers["content-length"])
    assert OWN.sub("", unescape(plain.text)) == OWN.sub("", unescape(packed.text))


@pytest.mark.parametrize(
    "body", [b"", b"\xff", b"{", b"[]", b'"When?"', b"[" * 100_000], ids=lambda body: repr(body[:8])
)
def test_what_is_no_question_is_not_taken(post: Post, body: bytes) -> None:
    assert post("/en/ask", content=body).status_code == 400


@pytest.mark.parametrize("told", [{}, {"question": 7, "history": {}, "name": []}, {"question": "  "}])
def test_a_question_without_text_is_told(post: Post, told: dict[str, object]) -> None:
    assert words_in("ar")("chat.empty") in unescape(post("/ar/ask", json=told).text)


def test_half_a_character_does_no_harm(post: Post) -> None:
    body = json.dumps({"question": "When\ud800?"}).encode()
    assert 'class="question"' in post("/en/ask", content=body).text


def test_only_questions_of_a_page_in_a_language_that_there_is(post: Post) -> None:
    question = {"question": "When?"}
    assert post("/xx/ask", json=question).status_code == 404
    assert post("/fr/ask", json=question).status_code == 404  # this server has not got that one
    assert post("/en/ask", json=question, headers={"Origin": "https://elsewhere.example"}).status_code == 403


def test_more_than_a_question_is_not_read(post: Post) -> None:
    large = json.dumps({"question": "x" * 2_000_000}).encode()
    assert post("/en/ask", content=large).status_code == 413
    assert post("/en/ask", content=iter([large])).status_code == 413  # nobody says how much it is


def test_it_is_the_same_turn_whichever_process_answers(
    serve_page: Callable[..., AbstractContextManager[str]], engine: Engine, settings: Settings
) -> None:
    own = replace(settings, processes=2)
    spread = SpreadEngine(reopened(engine, own), lambda: reopened(engine, own), own)
    turns = []
    try:
        for one in (engine, spread):
            with serve_page(one, languages=("en",)) as url:
                asked = [{"name": f"one-{question}", "question": question} for question in QUESTIONS]
                replies = [httpx.post(f"{url}/en/ask", json=told, timeout=60).text for told in asked]
                turns.append([OWN.sub("", unescape(reply)) for reply in replies])
    finally:
        spread.close()
    assert turns[0] == turns[1]
    assert "Ejo Heza" in turns[0][0]
