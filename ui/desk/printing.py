"""A finished round as one page that can be printed and signed: it needs nothing but itself."""

from __future__ import annotations

from importlib.resources import files

from sstc_chat.rag.review.dossier import Dossier
from sstc_chat.rag.review.types import Item
from sstc_chat.ui.desk.agreement import raters_table, verdict_tables
from sstc_chat.ui.desk.drawing import drawing
from sstc_chat.ui.desk.figures import figure_tables
from sstc_chat.ui.desk.pieces import moment, question_html, table
from sstc_chat.ui.desk.place import place_head
from sstc_chat.ui.desk.plots import calibration_plot, curve_plot, languages_plot
from sstc_chat.ui.desk.verdicts import said_html, verdict_word
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.page.markup import Html, element, join

# Nothing in such a page may run or be fetched, wherever it is opened.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def print_html(dossier: Dossier, words: Words) -> str:
    """Return the page: figures drawn and in tables, verdicts, every citation, its origin, signatures."""
    found = dossier.round
    title = words("desk.round_name", number=found.number, name=found.name)
    style = Html((files("sstc_chat.ui.desk") / "print.css").read_text("utf-8"))
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", f"{title} – SSTC Chat"),
        element("style", style),
    )
    body = element(
        "body",
        element("header", element("p", "SSTC Chat"), element("h1", title, dir="auto"), _when(dossier, words)),
        _plots(dossier, words),
        *figure_tables(dossier, words),
        raters_table(dossier, words),
        *verdict_tables(dossier, words),
        _items(dossier, words),
        _origin(dossier, words),
        _signatures(dossier, words),
    )
    page = element("html", head, body, lang=words.language, dir=words.direction)
    return f"<!DOCTYPE html>\n{page}\n"


def _when(dossier: Dossier, words: Words) -> Html:
    found = dossier.round
    asked = words("desk.asked_of", asked=f"{found.answered:,}", size=f"{len(found.questions.tasks):,}")
    end = _time(found.finished) if found.finished else words("desk.stopped")
    return element("p", join(asked, " · ", _time(found.started), " – ", end))


def _time(time: str | None) -> Html:
    """Return a time that runs as it does in English, also beside others in a text from right to left."""
    return element("bdi", moment(time), dir="ltr")


def _plots(dossier: Dossier, words: Words) -> Html:
    found = dossier.findings
    if found is None:
        return Html("")
    drawn = (
        (words("desk.by_language"), languages_plot(found, words)),
        (words("desk.plot_calibration"), calibration_plot(found, words)),
        (words("desk.plot_curve"), curve_plot(found, words)),
    )
    return element("div", *(drawing(plot, title) for title, plot in drawn), class_="plots")


def _items(dossier: Dossier, words: Words) -> Html:
    if not dossier.items:
        return Html("")
    shown = [_item(item, dossier, words) for item in dossier.items.values()]
    return join(element("h2", words("desk.citations")), element("ol", *shown, class_="items"))


def _item(item: Item, dossier: Dossier, words: Words) -> Html:
    spans = ", ".join(f"{start}–{end}" for start, end in item.citation.spans)
    return element(
        "li",
        question_html(item, words, "h3"),
        element("p", item.sentence, dir="auto") if item.sentence != item.citation.quote else "",
        element("blockquote", item.citation.quote, dir="auto"),
        place_head(item.citation, words),
        element("p", words("desk.characters", spans=spans), class_="small"),
        _verdicts(item, dossier, words),
    )


def _verdicts(item: Item, dossier: Dossier, words: Words) -> Html:
    verdicts = dossier.verdicts
    if verdicts is None:
        return Html("")
    said = [said_html(by[item.id], words) for by in verdicts.by_rater.values()]
    settled = verdicts.settled.get(item.id)
    if settled:
        said.append(element("li", words("desk.settled_by"), " ", element("ul", said_html(settled, words))))
    final = verdicts.final.get(item.id)
    holds = verdict_word(final, words) if final else words("desk.unsettled")
    return join(element("ul", *said), element("p", element("strong", words("desk.final", verdict=holds))))


def _origin(dossier: Dossier, words: Words) -> Html:
    found, origin = dossier.round, dossier.round.origin
    rows = [(words("desk.version"), origin.version), (words("desk.code"), origin.code)]
    rows += [(words("desk.question_set"), found.questions.sha256)]
    rows += [(name, str(value)) for name, value in origin.settings.items() if value is not None]
    rows += list(origin.fingerprint.items())
    rows += [(f"{words('desk.document')} {name}", checksum) for name, checksum in origin.documents.items()]
    return table(words("desk.origin"), (words("desk.what"), words("desk.value")), rows)


def _signatures(dossier: Dossier, words: Words) -> Html:
    """Return a line for each rater and whoever settled something, to be signed on paper."""
    settled = dossier.verdicts.settled.values() if dossier.verdicts else ()
    people = dict.fromkeys([one.name for one in dossier.raters] + [one.person for one in settled])
    if not people:
        return Html("")
    lines = [
        element(
            "div", element("span", name, dir="auto"), element("span", words("desk.signature")), class_="line"
        )
        for name in people
    ]
    return element("section", element("h2", words("desk.signatures")), *lines, class_="signatures")
