"""What people said of the same citations in two rounds: how often what, and what was judged otherwise."""

from __future__ import annotations

from sstc_chat.rag.review.agreement import Pair
from sstc_chat.rag.review.rejudging import Rejudging
from sstc_chat.rag.review.types import Item
from sstc_chat.ui.desk.agreement import confusion_table
from sstc_chat.ui.desk.desk import Desk
from sstc_chat.ui.desk.differing import difference_html
from sstc_chat.ui.desk.pieces import figure_columns, figure_rows, table
from sstc_chat.ui.desk.verdicts import verdict_html
from sstc_chat.ui.page.markup import Html, element


def rejudged_html(verdicts: Rejudging | None, desk: Desk) -> list[Html]:
    """Return the verdicts of both rounds on the same citations; why there are none, where there are none."""
    words = desk.words
    title = element("h3", words("desk.verdicts_compared"))
    if verdicts is None:
        return [title, element("p", words("desk.verdicts_blind"), class_="hint")]
    judged, changed = f"{len(verdicts.citations):,}", f"{len(verdicts.changed):,}"
    said = element("p", words("desk.judged_twice", judged=judged, changed=changed))
    return [title, said, *(_tables(verdicts, desk) if verdicts.citations else [])]


def _tables(verdicts: Rejudging, desk: Desk) -> list[Html]:
    words, agreement = desk.words, verdicts.agreement
    figures = figure_rows(agreement.figures, words)
    items = [_changed(item, pair, desk) for item, pair in verdicts.changed]
    return [
        confusion_table(agreement, words("desk.before"), words("desk.after"), words),
        table(words("desk.agreement"), figure_columns(words, "desk.citations"), figures),
        element("h4", words("desk.judged_otherwise")) if items else Html(""),
        element("ol", *items, class_="differing") if items else Html(""),
    ]


def _changed(item: Item, pair: Pair, desk: Desk) -> Html:
    rounds = ((desk.words("desk.before"), pair.first), (desk.words("desk.after"), pair.second))
    said = [element("li", name, ": ", verdict_html(verdict, desk.words)) for name, verdict in rounds]
    return difference_html(item, said, desk, "h5")
