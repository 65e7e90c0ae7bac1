"""Citations as they are pasted elsewhere, compared with entries written by hand."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.types import Source
from sstc_chat.rag.types import Citation
from sstc_chat.ui.chat.citing import bibtex, csl_json, plain_citation

if TYPE_CHECKING:
    from tests.ui.conftest import Make

REPORT = Source(
    id="ilo-2024",
    title="Cooperation: 50% more & counting",
    language="en",
    sha256="0" * 64,
    metadata={"publisher": "International Labour Organization", "year": "2024", "url": "https://ilo.org/x_y"},
)
BARE = Source("ümlaut / {odd}, id", "A report", "fr", "0" * 64, {"year": "unknown", "publisher": 7})


@pytest.fixture
def quote(make: Make) -> Citation:
    citation = make.citation(make.lines("one", ("paragraph", "It began in May."))[0][0], title=REPORT.title)
    return replace(citation, section=("Africa", "Kenya"), page=3)


def test_a_citation_in_plain_text(quote: Citation) -> None:
    assert plain_citation(quote, REPORT, "page 3") == (
        "“It began in May.” International Labour Organization, "
        "Cooperation: 50% more & counting (2024), Africa / Kenya, page 3."
    )


def test_a_citation_of_a_document_that_is_gone(quote: Citation) -> None:
    assert plain_citation(replace(quote, section=()), None, "") == (
        "“It began in May.” Cooperation: 50% more & counting."
    )


def test_a_document_for_bibtex() -> None:
    assert (
        bibtex(REPORT)
        == r"""@techreport{ilo-2024,
  title = {{Cooperation: 50\% more \& counting}},
  institution = {International Labour Organization},
  author = {{International Labour Organization}},
  year = {2024},
  url = {https://ilo.org/x_y},
  language = {en},
}"""
    )


def test_a_document_of_which_little_is_known() -> None:
    assert bibtex(BARE) == "@techreport{umlaut-odd-id,\n  title = {{A report}},\n  language = {fr},\n}"
    assert json.loads(csl_json(BARE)) == [
        {"id": "umlaut-odd-id", "type": "report", "title": "A report", "language": "fr"}
    ]


def test_a_document_for_csl_json() -> None:
    assert json.loads(csl_json(REPORT)) == [
        {
            "id": "ilo-2024",
            "type": "report",
            "title": "Cooperation: 50% more & counting",
            "author": [{"literal": "International Labour Organization"}],
            "publisher": "International Labour Organization",
            "issued": {"date-parts": [[2024]]},
            "URL": "https://ilo.org/x_y",
            "language": "en",
        }
    ]


@given(st.text())
def test_no_title_breaks_out_of_its_braces(title: str) -> None:
    entry = bibtex(replace(REPORT, title=title))
    unescaped = re.sub(r"\\textbackslash\{\}|\\text\w+\{\}|\\[{}$&%#_]", "", entry)
    depth = 0
    for character in unescaped:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
