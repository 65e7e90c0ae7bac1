"""The first step: begin a round, see how far each is, stop it, go on with it."""

from __future__ import annotations

from pathlib import Path

from sstc_chat.corpus.errors import EvaluationError
from sstc_chat.rag.evaluation.questions import parse_questions
from sstc_chat.rag.feedback.gold import gold_questions
from sstc_chat.rag.review.running import MOST_RATERS, Plan, begin_round
from sstc_chat.rag.review.types import Round
from sstc_chat.rag.terminal import as_json
from sstc_chat.ui.desk.desk import Desk, Told
from sstc_chat.ui.desk.pieces import button, field, moment, table
from sstc_chat.ui.page.failures import failure_html
from sstc_chat.ui.page.markup import Html, element, join

# What is sent in one piece; larger files are for the command line.
MOST_BYTES = 512 * 1024
LONGEST_NAME = 80
# The questions that were made of feedback, among the sets that were kept.
GOLD = "feedback"


def start_html(desk: Desk, told: Told) -> Html:
    """Return the rounds, and what begins another."""
    words, rounds = desk.words, desk.rounds.all()
    rows = [_row(desk, one, told.get("round")) for one in rounds]
    columns = ("desk.round", "desk.questions", "desk.asked", "desk.started", "desk.state")
    listed = table(words("desk.rounds"), [*map(words, columns), words("desk.open")], rows)
    return join(
        element("h2", words("desk.rounds"), tabindex="-1"),
        listed if rounds else element("p", words("desk.no_rounds"), class_="hint"),
        begin_html(desk),
    )


def begin_html(desk: Desk) -> Html:
    """Return what begins a round: a file or a set that was kept, how many questions, how many raters."""
    words = desk.words
    kept = [element("option", words("desk.file_instead"), value="")]
    made = len(gold_questions(desk.rounds.home))
    if made:
        kept.append(element("option", words("desk.gold_set", count=made), value=GOLD))
    kept += [element("option", name, value=sha256) for sha256, name in desk.rounds.sets()]
    raters = [
        element("option", str(number), value=str(number), selected=number == MOST_RATERS)
        for number in range(1, MOST_RATERS + 1)
    ]
    return element(
        "form",
        element("h3", words("desk.begin")),
        element("p", words("desk.file_hint"), class_="hint"),
        field(words("desk.file"), element("input", type="file", name_="file", accept=".jsonl,.json,.txt")),
        field(words("desk.kept_set"), element("select", *kept, name_="set")) if len(kept) > 1 else "",
        field(
            words("desk.limit"), element("input", type="number", name_="limit", min="1", inputmode="numeric")
        ),
        field(words("desk.raters_wanted"), element("select", *raters, name_="raters")),
        button(words("desk.start"), "begin", class_="primary"),
        class_="begin",
    )


def act(desk: Desk, told: Told) -> Html:
    """Begin a round, stop one or go on with one; return what is to be said of it."""
    action = told.get("action")
    if action == "begin":
        number = _begin(desk, told)
        desk.runner.start(number)
        return element("p", desk.words("desk.begun", number=number), class_="said", data_round=str(number))
    if action == "continue":
        desk.runner.start(told.number())
    if action == "stop":
        desk.runner.stop(told.number())
    return Html("")


def _begin(desk: Desk, told: Told) -> int:
    kept, limit = told.get("set"), told.get("limit")
    content = _content(desk, told)
    if not content.strip():
        raise EvaluationError("There is no file. Choose one with a question on each line.")
    if len(content) > MOST_BYTES and not kept:
        raise EvaluationError(
            f"The file has {len(content):,} bytes; the page takes {MOST_BYTES:,}. "
            "Run it with: sstc-chat rounds run FILE"
        )
    known = {GOLD: GOLD, **dict(desk.rounds.sets())}
    name = known.get(kept) or Path(told.get("name")).stem[:LONGEST_NAME] or "questions"
    asked = parse_questions(content, Path(name), name)
    plan = Plan(limit=int(limit) if limit.isdecimal() else None, raters=told.number("raters"))
    return begin_round(desk.rounds, desk.runner.engine(), asked, content, plan, desk.runner.writer)


def _content(desk: Desk, told: Told) -> bytes:
    """Return the questions that are to be asked, as the content of a file."""
    kept = told.get("set")
    if kept == GOLD:
        return "\n".join(map(as_json, gold_questions(desk.rounds.home))).encode()
    return desk.rounds.content(kept) if kept else told.get("content").encode()


def _row(desk: Desk, one: Round, opened: str) -> tuple[str, ...]:
    words, number, size = desk.words, str(one.number), len(one.questions.tasks)
    asked = join(
        element("progress", value=str(one.answered), max=str(size), aria_label=words("desk.asked")),
        element("span", f"{one.answered:,} / {size:,}"),
        by=" ",
    )
    return (
        number,
        one.name,
        asked,
        moment(one.started),
        _state(desk, one),
        button(
            words("desk.open_round", number=number),
            "open",
            data_round=number,
            aria_pressed="true" if number == opened else "false",
        ),
    )


def _state(desk: Desk, one: Round) -> Html:
    words, number = desk.words, str(one.number)
    if one.finished:
        return element("span", words("desk.finished"))
    if desk.runner.is_running(one.number):
        return join(
            words("desk.running"),
            button(words("desk.stop"), "stop", id_=f"stop-{number}", data_round=number),
            by=" ",
        )
    again = button(words("desk.continue"), "continue", id_=f"continue-{number}", data_round=number)
    why = desk.runner.failure(one.number)
    return join(
        words("desk.stopped"),
        again,
        element("span", failure_html(why, words), class_="why") if why else "",
        by=" ",
    )
