"""What the steps of the desk are made of: tables, buttons, figures in words, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sstc_chat.rag.evaluation.report import Figure
from sstc_chat.rag.review.types import Item, Round
from sstc_chat.ui.languages.words import LANGUAGES, Words
from sstc_chat.ui.page.failures import failure_html
from sstc_chat.ui.page.markup import Html, element, join

# Figures that are counted and not shared out.
COUNTED = {"words", "quotes"}
FIGURES = {
    "right": "desk.figure_right",
    "first_right": "desk.figure_first_right",
    "false_refusal": "desk.figure_false_refusal",
    "false_answer": "desk.figure_false_answer",
    "auroc": "desk.figure_auroc",
    "coverage": "desk.figure_coverage",
    "risk": "desk.figure_risk",
    "risk_area": "desk.figure_risk_area",
    "hit@1": "desk.figure_hit_first",
    "hit@5": "desk.figure_hit_five",
    "mrr": "desk.figure_mrr",
    "words": "desk.figure_words",
    "quotes": "desk.figure_quotes",
    "sentence_f": "desk.figure_sentences",
    "no_answer_f": "desk.figure_no_answer",
    "agreement": "desk.figure_agreement",
    "kappa": "desk.figure_kappa",
    "weighted_kappa": "desk.figure_weighted_kappa",
}


def button(label: str, action: str, *, id_: str | None = None, **data: str | bool | None) -> Html:
    """Return a button that tells the server `action` and what its attributes `data_…` hold."""
    return element("button", label, type="button", id=id_, data_action=action, **data)


def field(label: str, control: Html) -> Html:
    """Return a control under its label."""
    return element("label", element("span", label), control, class_="field")


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """Return a table whose first column heads its rows."""
    head = element("tr", *(element("th", column, scope="col") for column in columns))
    body = [element("tr", _head(row[0]), *(element("td", _apart(cell)) for cell in row[1:])) for row in rows]
    inner = (element("caption", caption), element("thead", head), element("tbody", *body))
    # What is wider than the window scrolls by itself, also from the keyboard.
    return element(
        "div", element("table", *inner), class_="table", role="region", tabindex="0", aria_label=caption
    )


def figure_rows(figures: Mapping[str, Figure], words: Words) -> list[tuple[str, ...]]:
    """Return a row for each figure that has a name here: its name, its value, its interval, over how many."""
    return [
        (words(key), *written(figures[name], counted=name in COUNTED), f"{figures[name].over:,}")
        for name, key in FIGURES.items()
        if name in figures
    ]


def figure_columns(words: Words, over: str = "desk.over") -> tuple[str, ...]:
    """Return the heads of the columns of such rows; `over` is the key of what the figures are taken over."""
    return (words("desk.figure"), words("desk.value"), words("desk.interval"), words(over))


def written(figure: Figure, *, counted: bool = False) -> tuple[str, str]:
    """Return the value of a figure and its interval."""
    form = ".1f" if counted else ".2f"
    return f"{figure.value:{form}}", f"{figure.low:{form}} … {figure.high:{form}}"


def question_html(item: Item, words: Words, heading: str) -> Html:
    """Return the question of an item and, where it leaned on others, what it was understood as."""
    asked = element(heading, item.question, lang=item.language, dir="auto")
    if " ".join(item.question.split()) == " ".join(item.understood.split()):
        return asked
    alone = element("q", item.understood, lang=item.language, dir="auto")
    return join(asked, element("p", words("chat.understood"), " ", alone, class_="hint"))


def language_name(language: str) -> str:
    """Return what a language calls itself; its code, where the page is not in it."""
    return LANGUAGES.get(language, language)


def moment(time: str | None) -> str:
    """Return a time as it is shown: to the minute, in UTC."""
    return "" if time is None else f"{time[:10]} {time[11:16]} UTC"


def rounds_choice(name: str, label: str, rounds: Iterable[Round], chosen: int | None) -> Html:
    """Return a choice of one of `rounds`."""
    options = [
        element("option", f"{one.number} · {one.name}", value=str(one.number), selected=one.number == chosen)
        for one in rounds
    ]
    return field(label, element("select", *options, name_=name))


def failure(error: Exception, words: Words) -> Html:
    """Return what went wrong, announced to whoever does not see it."""
    return element("p", failure_html(error, words), class_="notice", role="alert")


def _head(cell: str) -> Html:
    return element("th", _apart(cell), scope="row")


def _apart(cell: str) -> Html:
    """Return a cell whose text runs in its own direction, in a table that runs in that of the page."""
    return cell if isinstance(cell, Html) else element("bdi", cell)
