from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.prose.drafting import drafts, plain
from sstc_chat.rag.prose.types import Draft

WRITTEN = [
    ("It was held on July 24, 2024 [1]. Fifty came. [2][3] More followed.", "en",
     [("It was held on July 24, 2024.", (1,)), ("Fifty came.", (2, 3)), ("More followed.", ())]),
    ("[1] A line.\n[2] Dr. Smith wrote this.", "en", [("A line.", (1,)), ("Dr. Smith wrote this.", (2,))]),
    ("- First thing [1]\n- Second thing [1, 3]\n", "en", [("First thing", (1,)), ("Second thing", (1, 3))]),
    ("研讨会于7月举行[1]。有50人参加。[2]", "zh", [("研讨会于7月举行。", (1,)), ("有50人参加。", (2,))]),
    ("حدث ذلك في يوليو 2024 [1]. وشارك خمسون شخصا [2].", "ar",
     [("حدث ذلك في يوليو 2024.", (1,)), ("وشارك خمسون شخصا.", (2,))]),
    ("“All in quotes.” [1]", "en", [("All in quotes.", (1,))]),
    ("It has [a link](http://bad.example) and <b>marks</b> **here** [9].", "en",
     [("It has a link and marks here.", (9,))]),
    ("", "en", []),
    ("  \n [1] \n", "en", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "expected"), WRITTEN)
@pytest.mark.parametrize("size", [1, 4, 1000])
def test_sentences_come_out_whole_with_the_quotes_they_name(
    text: str, language: str, expected: list[tuple[str, tuple[int, ...]]], size: int
) -> None:
    pieces = [text[start : start + size] for start in range(0, len(text), size)]
    assert list(drafts(pieces, language)) == [Draft(*one) for one in expected]


SENTENCE = st.sampled_from(
    ["Kenya took part", "It cost 5 million", "Over 80 countries", "They met in Rio", "Nobody was asked"]
)
MARKERS = st.lists(st.integers(1, 5), max_size=2)


@given(st.lists(st.tuples(SENTENCE, MARKERS, st.booleans()), max_size=5), st.data())
def test_how_the_text_arrives_changes_nothing(
    written: list[tuple[str, list[int], bool]], data: st.DataObject
) -> None:
    text = " ".join(
        f"{words}{''.join(f' [{one}]' for one in numbers)}." if inside
        else f"{words}.{''.join(f' [{one}]' for one in numbers)}"
        for words, numbers, inside in written
    )  # fmt: skip
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=20)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert list(drafts(pieces, "en")) == list(drafts([text], "en"))


def test_a_sentence_is_told_as_soon_as_its_marker_and_full_stop_are_there() -> None:
    arrived = iter(["It was held in Rio [1].", " Unfinished"])
    assert next(drafts(arrived, "en")) == Draft("It was held in Rio.", (1,))
    assert next(arrived) == " Unfinished"


def test_what_cannot_be_seen_is_dropped() -> None:
    assert plain("a\u202eb\u200bc\x00d\ufeff e\u2066f") == "abcd ef"


@given(st.text(max_size=200))
def test_whatever_a_model_writes_comes_out_as_one_line_without_tags(text: str) -> None:
    shown = plain(text)
    assert shown == " ".join(shown.split())
    assert "<script>" not in plain(f"{text}<script>")
