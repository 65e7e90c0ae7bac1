"""The fifth step: two rounds side by side, what changed from one index or model to the next."""

from __future__ import annotations

from sstc_chat.rag.review.comparing import Change, Comparison, Pairing, compare_rounds
from sstc_chat.rag.review.types import Reply
from sstc_chat.ui.desk.desk import Desk, Told
from sstc_chat.ui.desk.pieces import COUNTED, FIGURES, button, language_name, rounds_choice, table
from sstc_chat.ui.desk.rejudged import rejudged_html
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join

CHANGES: dict[Change, str] = {
    "better": "desk.now_right",
    "worse": "desk.now_wrong",
    "quotes": "desk.other_quotes",
}


def compare_html(desk: Desk, told: Told) -> Html:
    """Return a choice of two rounds and, once they are chosen, what changed."""
    words, rounds = desk.words, desk.rounds.all()
    title = element("h2", words("desk.compare"), tabindex="-1")
    if len(rounds) < 2:  # noqa: PLR2004  It takes two to compare.
        return join(title, element("p", words("desk.compare_two"), class_="hint"))
    before = told.number("before") if told.get("before") else rounds[1].number
    after = told.number("after") if told.get("after") else rounds[0].number
    choice = element(
        "form",
        rounds_choice("before", words("desk.before"), rounds, before),
        rounds_choice("after", words("desk.after"), rounds, after),
        button(words("desk.compare"), "compare", class_="primary"),
        class_="choice",
    )
    if told.get("action") != "compare":
        return join(title, choice)
    comparison = compare_rounds(desk.rounds, before, after)
    tables = comparison_tables(comparison, words)
    return join(title, choice, *tables, *rejudged_html(comparison.verdicts, desk))


def comparison_tables(comparison: Comparison, words: Words) -> list[Html]:
    """Return the differences of the figures, and the questions whose answers changed."""
    said = words(
        "desk.compared",
        common=f"{len(comparison.pairings):,}",
        better=comparison.count("better"),
        worse=comparison.count("worse"),
        chance=f"{comparison.chance:.3f}",
        before=comparison.only_before,
        after=comparison.only_after,
    )
    changed = [_changed(one, words) for one in comparison.pairings if one.change in CHANGES]
    columns = ("desk.question", "desk.language", "desk.what_changed", "desk.before", "desk.after")
    return [
        element("p", said, role="status"),
        _figures(comparison, words),
        table(words("desk.changed"), [*map(words, columns)], changed)
        if changed
        else element("p", words("desk.nothing_changed"), class_="hint"),
    ]


def _figures(comparison: Comparison, words: Words) -> Html:
    rows = []
    for name, one in comparison.figures.items():
        form = ".1f" if name in COUNTED else ".2f"
        low, high = f"{one.difference.low:+{form}}", f"{one.difference.high:+{form}}"
        cells = (f"{one.before:{form}}", f"{one.after:{form}}", f"{one.difference.value:+{form}}")
        rows.append((words(FIGURES[name]), *cells, f"{low} … {high}"))
    columns = ("desk.figure", "desk.before", "desk.after", "desk.difference", "desk.interval")
    return table(words("desk.differences"), [*map(words, columns)], rows)


def _changed(one: Pairing, words: Words) -> tuple[str, ...]:
    task = one.after.task
    return (
        element("span", task.question, lang=task.language, dir="auto"),
        language_name(task.language),
        words(CHANGES[one.change]),
        _shown(one.before, words),
        _shown(one.after, words),
    )


def _shown(reply: Reply, words: Words) -> Html:
    quotes = reply.answer.citations if reply.answer else ()
    if not quotes:
        return element("span", words("desk.refused"))
    return element("ul", *(element("li", one.quote, dir="auto") for one in quotes))
