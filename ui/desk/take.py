"""What is taken from the desk: a round as a table, as JSON, or as a page to print."""

from __future__ import annotations

import json

from sstc_chat.rag.review.dossier import dossier_of
from sstc_chat.rag.review.export import as_csv, as_object
from sstc_chat.ui.desk.desk import Desk, Told, fresh
from sstc_chat.ui.desk.printing import print_html
from sstc_chat.ui.page.markup import Html, element, join

# A spreadsheet takes a file for UTF-8 if it begins with this.
MARK = "\ufeff"


def taken_html(desk: Desk, told: Told) -> Html:
    """Return a file as text in the page, which its script saves or opens; empty for any other press."""
    action = told.get("action")
    if action not in {"csv", "json", "print"}:
        return Html("")
    dossier = dossier_of(desk.rounds, told.number())
    name = f"round-{dossier.round.number}"
    if action == "csv":
        return _file(f"{name}.csv", "text/csv", MARK + as_csv(dossier))
    if action == "json":
        return _file(f"{name}.json", "application/json", json.dumps(as_object(dossier), ensure_ascii=False))
    return _file(f"{name}.html", "text/html", print_html(dossier, desk.words))


def _file(name: str, kind: str, text: str) -> Html:
    return join(element("pre", text, hidden=True, data_file=name, data_type=kind), fresh())
