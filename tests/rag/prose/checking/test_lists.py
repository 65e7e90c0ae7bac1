from __future__ import annotations

import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.prose.checking.lists import is_incomplete
from sstc_chat.rag.prose.checking.support import Quoted, Support

QUOTE = "The project assists Kenya, Madagascar, Rwanda and Cabo Verde in extending social protection."


@pytest.fixture(scope="module")
def support(encoders: dict[str, Encoder]) -> Support:
    return Support(encoders)


@pytest.mark.parametrize(
    ("sentence", "language", "incomplete"),
    [
        ("It assists Kenya and Rwanda.", "en", True),
        ("Il aide le Kenya et le Rwanda.", "fr", True),
        ("It assists Kenya, Madagascar, Rwanda and Cabo Verde.", "en", False),
        ("It assists countries such as Kenya and Rwanda.", "en", False),
        ("Kenya is assisted.", "en", False),  # asked about one of them, one is told
    ],
)
def test_a_list_is_complete_or_it_is_said_that_there_is_more(
    support: Support, sentence: str, language: str, incomplete: bool
) -> None:
    alignment = support.beside(sentence, language, [Quoted(QUOTE, "en")]).alignment
    assert is_incomplete(alignment) is incomplete
