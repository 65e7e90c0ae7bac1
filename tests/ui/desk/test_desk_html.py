"""What the desk shows is well-formed, escaped, in every language, and marks exactly what is quoted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from sstc_chat.corpus.errors import ReviewError
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.feedback.keeping import send
from sstc_chat.rag.feedback.opinions import Opinion
from sstc_chat.rag.review.comparing import compare
from sstc_chat.rag.review.dossier import dossier_of
from sstc_chat.rag.review.judging import Judging
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.runner import Runner
from sstc_chat.rag.review.settling import settle
from sstc_chat.ui.desk import agreement, feedback, figures, judge, plots, start
from sstc_chat.ui.desk import compare as comparing
from sstc_chat.ui.desk.desk import Desk, Told, nothing, shown
from sstc_chat.ui.desk.drawing import HEIGHT, WIDTH, drawing
from sstc_chat.ui.desk.place import place_html
from sstc_chat.ui.desk.printing import print_html
from sstc_chat.ui.desk.take import taken_html
from sstc_chat.ui.languages.words import LANGUAGES, words_in

if TYPE_CHECKING:
    from tests.ui.conftest import Make
    from tests.ui.markup import Tree

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>${alert(1)}{{value}}"
ONE = '{"question": "Who?", "lang": "en", "answerable": false}'


def desk_in(language: str, rounds: Rounds, engine: Engine) -> Desk:
    return Desk(words_in(language), engine, rounds, Runner(rounds, lambda: engine))


def pressed(**said: object) -> Told:
    texts = {name: str(value) for name, value in said.items()}
    return Told(lambda name: texts.get(name, ""))


def marked(tree: Tree) -> str:
    return "".join("".join(mark.text for mark in tree.all(".//mark")).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_well_formed_in_every_language(
    language: str, make: Make, rounds: Rounds, engine: Engine, asked: Callable[..., Judging]
) -> None:
    judging = asked()
    desk, told = desk_in(language, rounds, engine), pressed(round=1, rater="Ada")
    steps = (start.start_html, judge.judge_html, agreement.agreement_html, comparing.compare_html)
    for step in steps:
        assert "notice" not in shown(step, nothing, desk, told)
        make.tree(step(desk, told))
    tables = figures.figure_tables(dossier_of(rounds, judging.round.number), desk.words)
    assert len(make.tree("".join(tables)).all(".//table")) == 4
    for kind in ("csv", "json", "print"):
        assert make.tree(taken_html(desk, pressed(round=1, action=kind))).one("./pre").attributes["data-file"]


def test_each_quote_is_marked_in_its_place(make: Make, engine: Engine, asked: Callable[..., Judging]) -> None:
    judging = asked("captions", {"question": "What is Ejo Heza?", "evidence": ["Ejo Heza"]}, raters=1)
    words = words_in("en")
    for item in judging.items.values():
        tree = make.tree(place_html(item.citation, engine, words))
        assert marked(tree) == "".join(item.citation.quote.split())
        assert len(tree.text) > len(item.citation.quote)
        assert tree.one(".//a").attributes["href"].startswith("./?document=")


def test_a_quote_of_another_version_is_shown_as_it_was_kept(
    make: Make, engine: Engine, asked: Callable[..., Judging]
) -> None:
    judging = asked()
    citation = next(iter(judging.items.values())).citation
    changed = type(citation)(**{**vars(citation), "document_sha256": "0" * 64})
    tree = make.tree(place_html(changed, engine, words_in("en")))
    assert "no longer the one that was quoted" in tree.text
    assert marked(tree) == "".join(citation.quote.split())
    assert tree.all(".//a") == []


def test_what_people_type_is_escaped(rounds: Rounds, engine: Engine, asked: Callable[..., Judging]) -> None:
    name = HOSTILE[:70]
    judging = asked(HOSTILE, {"question": f"Who took part in study tours? {HOSTILE}", "evidence": ["x"]})
    for rater in (name, "Grace"):
        for item in judging.items:
            judging.judge(rater, item, "partly" if rater == name else "not", HOSTILE)
        judging.hand_in(rater)
    desk, told = desk_in("en", rounds, engine), pressed(round=1, rater=name, action="print")
    pages: list[str] = [
        step(desk, told) for step in (start.start_html, agreement.agreement_html, judge.judge_html)
    ]
    dossier = dossier_of(rounds, 1)
    assert dossier.verdicts is not None
    for item in dossier.verdicts.differing:
        settle(judging, item, "supported", name, HOSTILE)
    pages += [agreement.agreement_html(desk, told), taken_html(desk, told)]
    pages += [print_html(dossier_of(rounds, 1), desk.words)]
    for page in pages:
        assert "<script" not in page
        assert "<img" not in page


def test_a_rater_is_shown_nothing_of_the_other(
    rounds: Rounds, engine: Engine, asked: Callable[..., Judging]
) -> None:
    judging = asked()
    for item in judging.items:
        judging.judge("Ada", item, "not", "a note of Ada's")
    desk = desk_in("en", rounds, engine)
    told = pressed(round=1, rater="Grace")
    for page in (judge.judge_html(desk, told), agreement.agreement_html(desk, told)):
        assert "note of Ada" not in page
        assert 'aria-pressed="true"' not in page
    assert 'aria-pressed="true"' in judge.judge_html(desk, pressed(round=1, rater="Ada"))


def test_the_printed_page_needs_nothing_and_holds_everything(rounds: Rounds, disclosed: Judging) -> None:
    first, *_ = disclosed.items
    settle(disclosed, first, "partly", "Joan", "both are right")
    page = print_html(dossier_of(rounds, 1), words_in("ar"))
    assert page.startswith('<!DOCTYPE html>\n<html lang="ar" dir="rtl">')
    assert "default-src 'none'" in page
    assert "src=" not in page
    for item in disclosed.items.values():
        assert item.citation.quote.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#x27;") in page
    for said in ("Ada", "Grace", "Joan", "both are right", disclosed.round.questions.sha256):
        assert said in page
    assert page.count('class="line"') == 3
    assert page.count("<svg ") == 3


def test_plots_hold_the_numbers_of_the_tables(rounds: Rounds, disclosed: Judging) -> None:
    findings = dossier_of(rounds, disclosed.round.number).findings
    assert findings is not None
    words = words_in("en")
    bars = plots.languages_plot(findings, words)
    assert bars["data"] == [["English", 1.0], ["Français", round(findings.languages["fr"].value, 3)]]
    curve = plots.curve_plot(findings, words)
    assert [row[0] for row in curve["data"]] == [round(one.coverage, 3) for one in findings.curve]
    for plot in (bars, curve, plots.calibration_plot(findings, words)):
        assert list(plot["datatypes"]) == plot["columns"]
        assert {len(row) for row in plot["data"]} == {len(plot["columns"])}


def test_a_comparison_shows_what_changed(make: Make, rounds: Rounds, asked: Callable[..., Judging]) -> None:
    asked("right", {"question": "Where did the Future Leaders course take place?", "evidence": ["Turin"]})
    asked("wrong", {"question": "Where did the Future Leaders course take place?", "evidence": ["Paris"]})
    before, after = (tuple(rounds.replies(number).values()) for number in (1, 2))
    tree = make.tree("".join(comparing.comparison_tables(compare(before, after), words_in("en"))))
    assert "Now right: 0; now wrong: 1 (McNemar's test, exact, p = 1.000)" in tree.text
    assert "now wrong" in tree.all(".//table")[1].text


def test_a_comparison_shows_what_was_judged_otherwise(
    make: Make, rounds: Rounds, engine: Engine, asked: Callable[..., Judging]
) -> None:
    desk, told = desk_in("en", rounds, engine), pressed(action="compare", before=1, after=2)
    for number in (1, 2):
        judging = asked(raters=1)
        assert number == 1 or "Verdicts are compared once all" in comparing.compare_html(desk, told)
        for place, key in enumerate(judging.items):
            judging.judge("Ada", key, "not" if number > 1 and not place else "supported")
        judging.hand_in("Ada")
    tree = make.tree(comparing.compare_html(desk, told))
    assert f"Citations judged in both: {len(judging.items)}. Judged otherwise in the second: 1." in tree.text
    (difference,) = tree.all(".//li[@class='difference']")
    assert [one.text for one in difference.all(".//ul/li")] == ["First round: Supported", "Second round: Not"]
    item, *_ = judging.items.values()
    assert difference.one("./blockquote").text == item.sentence
    assert marked(difference) == "".join(item.citation.quote.split())
    confusion = next(one for one in tree.all(".//table") if "First round (rows)" in one.text)
    assert [one.text for one in confusion.all(".//td")][:3] == [str(len(judging.items) - 1), "0", "1"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"action": "begin", "raters": 2}, "There is no file"),
        ({"action": "begin", "raters": 2, "content": "no json"}, "it is not JSON"),
        ({"action": "begin", "raters": 2, "content": "x" * (512 * 1024 + 1)}, "the page takes 524,288"),
        (
            {
                "action": "begin",
                "raters": 7,
                "content": '{"question": "Who?", "lang": "en", "answerable": false}',
            },
            "7 raters",
        ),
        ({"action": "begin", "raters": 2, "set": "0" * 64}, "was kept"),
        ({"action": "stop", "round": "../1"}, "not the number of a round"),
        ({"action": "continue", "round": "²"}, "not the number of a round"),
    ],
)
def test_what_cannot_be_done_is_said_above_the_step(
    rounds: Rounds, engine: Engine, said: dict[str, object], why: str
) -> None:
    page = shown(start.start_html, start.act, desk_in("en", rounds, engine), pressed(**said))
    assert why in page
    assert 'class="begin"' in page
    assert rounds.all() == []


def test_a_number_is_digits() -> None:
    assert pressed(round=12).number() == 12
    for text in ("", "-1", "1.0", "one", "١"):
        with pytest.raises(ReviewError, match="not the number"):
            pressed(round=text).number()


def test_feedback_becomes_a_question_that_a_round_asks(
    make: Make, rounds: Rounds, engine: Engine, asked: Callable[..., Judging]
) -> None:
    good = asked().rounds.replies(1)[1].record
    bad = rounds.replies(1)[2].record
    assert good is not None
    assert bad is not None
    send(rounds.home, Opinion(good=True, record=dict(good)))
    send(rounds.home, Opinion(False, dict(bad), reason="does not answer", comment=f"No: {HOSTILE}"))
    desk = desk_in("en", rounds, engine)

    def press(**said: object) -> Tree:
        page = shown(feedback.feedback_html, feedback.act, desk, pressed(**said))
        assert "<script" not in page
        return make.tree(page)

    listed = press()
    assert [one.text for one in listed.all(".//li/p/strong")] == ["Does not answer", "Good"]
    actions = [one.attributes["data-action"] for one in listed.all(".//button")]
    assert actions == ["gold_refuse", "gold", "gold_refuse"]
    press(action="gold", feedback=1)
    made = press(action="gold_refuse", feedback=2)
    assert "made of feedback: 2" in made.text
    assert "There is no feedback 9" in press(action="gold", feedback=9).text

    begun = shown(start.start_html, start.act, desk, pressed(action="begin", set="feedback", raters=1))
    assert "Round 2 has begun" in begun
    while desk.runner.is_busy():
        desk.runner.wait(1)
    assert rounds.get(2).finished
    tasks = rounds.get(2).questions.tasks
    assert [(one.answerable, one.kind) for one in tasks] == [(True, "feedback"), (False, "feedback")]
    undone = press(action="gold_undo", feedback=2)
    assert "made of feedback: 1" in undone.text


def test_a_follow_up_is_shown_with_what_it_was_understood_as(
    make: Make, rounds: Rounds, engine: Engine, asked: Callable[..., Judging]
) -> None:
    earlier = "Which countries hosted study tours in 2024?"
    row = {"question": "And how many participants were there?", "history": [earlier], "evidence": ["100"]}
    judging = asked("follow-up", row)
    understood = next(iter(judging.items.values())).understood
    assert earlier.split()[1] in understood
    tree = make.tree(judge.judge_html(desk_in("en", rounds, engine), pressed(round=1, rater="Ada")))
    assert tree.one(".//q").text == understood


def test_what_is_drawn_for_paper_is_what_the_plot_holds(make: Make) -> None:
    """The middle of the drawing is where the axes cross at one half."""
    bars = {"columns": ["a", "b"], "data": [[HOSTILE, 0.5], ["two", 1]], "datatypes": {}, "mark": "bar"}
    tree = make.tree(drawing(bars, HOSTILE))
    heights = [float(one.attributes["height"]) for one in tree.all(".//rect")]
    assert heights == [HEIGHT / 2, HEIGHT]
    assert tree.one(".//svg").attributes["aria-label"] == HOSTILE
    rows = [[0, 0, "ideal"], [1, 1, "ideal"], [0.5, 0.75, "seen"]]
    line = {"columns": ["a", "b", "c"], "data": rows, "datatypes": {}, "mark": "line"}
    drawn = {one.attributes["class"]: one for one in make.tree(drawing(line, "x")).all(".//polyline")}
    points = {name: one.attributes["points"] for name, one in drawn.items()}
    assert points == {
        "first": f"{WIDTH / 2:.1f},{HEIGHT / 4:.1f}",
        "second": f"0.0,{HEIGHT:.1f} {WIDTH:.1f},0.0",
    }
