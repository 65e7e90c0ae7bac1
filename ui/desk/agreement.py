"""The fourth step: how far two raters agree, what they differ on, and the verdict that settles it."""

from __future__ import annotations

from typing import cast

from sstc_chat.rag.review.agreement import Agreement
from sstc_chat.rag.review.dossier import Dossier, Verdicts, dossier_of
from sstc_chat.rag.review.judging import open_judging
from sstc_chat.rag.review.settling import settle
from sstc_chat.rag.review.types import Rater, Verdict
from sstc_chat.ui.desk.desk import Desk, Told
from sstc_chat.ui.desk.differing import differing_html
from sstc_chat.ui.desk.figures import title_html
from sstc_chat.ui.desk.pieces import button, figure_columns, figure_rows, moment, table, written
from sstc_chat.ui.desk.verdicts import VERDICTS, verdict_word
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join


def agreement_html(desk: Desk, told: Told) -> Html:
    """Return who judges a round and, when it is disclosed, what came of it."""
    dossier, words = dossier_of(desk.rounds, told.number()), desk.words
    taken = (("csv", "desk.export_csv"), ("json", "desk.export_json"), ("print", "desk.print"))
    take = [button(words(key), name) for name, key in taken]
    return join(
        title_html(dossier, words),
        element("div", *take, class_="take"),
        raters_table(dossier, words),
        _waiting(dossier, words),
        *verdict_tables(dossier, words),
        differing_html(dossier, desk, told.get("rater")),
    )


def act(desk: Desk, told: Told) -> Html:
    """Settle what raters differ on, or wait for no more of them."""
    action = told.get("action")
    if action in {"settle", "reopen"}:
        verdict = cast("Verdict", told.get("verdict")) if action == "settle" else None
        judging = open_judging(desk.rounds, told.number())
        settle(judging, told.get("judged"), verdict, told.get("rater"), told.get("note"))
    if action == "close":
        open_judging(desk.rounds, told.number()).close()
    return Html("")


def raters_table(dossier: Dossier, words: Words) -> Html:
    """Return who judges, how far they are, and when they handed in; empty where nobody has begun."""
    if not dossier.raters:
        return Html("")
    rows = [_rater(one, len(dossier.items), words) for one in dossier.raters]
    columns = ("desk.rater", "desk.judged", "desk.handed_in_at")
    return table(words("desk.raters"), [*map(words, columns)], rows)


def verdict_tables(dossier: Dossier, words: Words) -> list[Html]:
    """Return what people found, and how far they agree; nothing before it is disclosed."""
    verdicts = dossier.verdicts
    if verdicts is None:
        return []
    columns = (words("desk.verdict"), words("desk.share"), words("desk.interval"), words("desk.citations"))
    found = [
        (
            verdict_word(verdict, words),
            *written(verdicts.support[verdict]),
            f"{verdicts.support[verdict].over:,}",
        )
        for verdict in VERDICTS
        if verdict in verdicts.support
    ]
    tables = [table(words("desk.found"), columns, found)]
    return (
        [*tables, *_agreement_tables(verdicts.agreement, verdicts, words)] if verdicts.agreement else tables
    )


def confusion_table(agreement: Agreement, first: str, second: str, words: Words) -> Html:
    """Return how many citations have each pair of verdicts, of two raters or rounds by their names."""
    names = [verdict_word(verdict, words) for verdict in VERDICTS]
    rows = [
        (name, *(f"{count:,}" for count in row)) for name, row in zip(names, agreement.table, strict=True)
    ]
    return table(words("desk.confusion", rows=first, columns=second), [words("desk.verdict"), *names], rows)


def _rater(one: Rater, size: int, words: Words) -> tuple[str, ...]:
    return one.name, f"{one.judged:,} / {size:,}", moment(one.handed_in) or words("desk.not_yet")


def _waiting(dossier: Dossier, words: Words) -> Html:
    """Return why nothing is shown yet, and what can be done about it."""
    if not dossier.round.finished:
        return element("p", words("desk.not_finished"), class_="hint")
    if dossier.verdicts:
        return Html("")
    why = element("p", words("desk.blind", count=dossier.round.raters), class_="hint")
    done = any(one.handed_in for one in dossier.raters)
    return join(why, button(words("desk.close"), "close") if done else "")


def _agreement_tables(agreement: Agreement, verdicts: Verdicts, words: Words) -> list[Html]:
    first, second = verdicts.by_rater
    columns = figure_columns(words, "desk.citations")
    parts = [
        table(words("desk.agreement"), columns, figure_rows(agreement.figures, words)),
        confusion_table(agreement, first, second, words),
    ]
    if agreement.by_formula:
        parts.insert(1, table(words("desk.by_formula"), columns, figure_rows(agreement.by_formula, words)))
    else:
        parts.insert(1, element("p", words("desk.no_kappa"), class_="hint"))
    return parts
