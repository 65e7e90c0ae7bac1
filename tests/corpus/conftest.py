"""Broken layouts, as converters leave them, and how to read a text that is no file."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from sstc_chat.corpus.reading import read
from sstc_chat.corpus.types import Document, Reading

PLAIN = ["work", "Geneva", "2024", "14", "Côte", "réseau", "d'Ivoire", "G20", "knowledge-sharing"]
SCRIPTS = ["التعاون", "بين", "合作", "南南合作。", "؟", "сотрудничество"]
MARKED_UP = [r"\$5", r"\(SIDS\)", "[Kenya](#)", "[a blended learning program](#)"]
LINKS = ["[a blended\nlearning  program](https://ilo.org/x)", "([Rio](#)),", r"[costs \$5 now](#)"]
ENDS = ["Rio.", "done!", '"Decent Work".', "why?", "countries,", "(GSSD).", "Dr.", "follow:"]
TEARS = [
    *("\n", "\n\n", "\n\n\n\n", "  \n", "\r\n", "\r\n\r\n", "\t", "   "),
    "\n\n\n\nPhoto Credit : ILO\n\n",
    "\n\n\n\nPhoto Credit : Brazilian Presidency, Rio\n\n\n\n",
    "\r\n\r\n\r\n\r\nPhoto Credit, ILO\r\n\r\n",
    *("\n\n▶ Africa\n\n", "\n►  Arab States\n\n", "\n## Asia and the Pacific\n", "\n\n### Americas\n\n"),
    "\n\nContact details\n\nRoute des Morillons 4\nCH-1211 Geneva 22\n\nT: +41 795931355\n\n",
    *("\n- ", "\n\n• "),
]


@pytest.fixture(scope="session")
def torn_sources() -> st.SearchStrategy[str]:
    """Return random sentences in several scripts, torn by what a converter puts between words."""
    words = st.sampled_from([*PLAIN, *PLAIN, *SCRIPTS, *MARKED_UP, *LINKS, *ENDS])
    glue = st.sampled_from([*[" "] * 60, *TEARS])
    pairs = st.lists(st.tuples(words, glue), min_size=1, max_size=80)
    return pairs.map(lambda drawn: "".join(word + between for word, between in drawn))


@pytest.fixture(scope="session")
def read_text() -> Callable[..., Reading]:
    """Return what reads a source text: `read_text(text, chunk_size)`."""

    def reader(text: str, chunk_size: int = 800) -> Reading:
        return read(Document("made-up", "Made up", text, "en"), chunk_size)

    return reader
