from __future__ import annotations

import numpy as np
import pytest

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.vocabulary import Vocabulary, folded, surface_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Côte d'Ivoire, 2024!", ["Côte", "d", "Ivoire", "2024"], id="Latin"),
        pytest.param("كم عدد البلدان؟", ["كم", "عدد", "البلدان"], id="Arabic"),
        pytest.param("snake_case", ["snake", "case"], id="underscore"),
        pytest.param("研讨会开始了", ["研讨会", "开始了"], id="runs of three"),
        pytest.param("ILO 会", ["ILO", "会"], id="mixed"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_are_taken_as_they_are_written(text: str, words: list[str]) -> None:
    assert surface_words(text, list) == words


def test_a_break_ends_a_word_and_is_left_out() -> None:
    assert surface_words("课程在都灵", list, breaks=["在"]) == ["课程", "都灵"]


def test_longer_pieces_are_words_by_themselves() -> None:
    assert surface_words("国家和会", lambda _text: ["国家", "和", "会"]) == ["国家", "和会"]


@pytest.mark.parametrize(
    ("word", "spelling"), [("Éducation", "education"), ("٢٠٢٤", "2024"), ("007", "7"), ("Kenya", "kenya")]
)
def test_case_accents_and_digits_are_folded(word: str, spelling: str) -> None:
    assert folded(word) == spelling


def test_a_word_is_found_in_all_its_spellings() -> None:
    words = ("Care", "care", "cáre", "career", "2024")
    vocabulary = Vocabulary(words, np.zeros((5, 2), np.float32), np.ones(5, np.int32))
    assert vocabulary.spelled("CARE") == [0, 1, 2]
    assert vocabulary.spelled("٢٠٢٤") == [4]
    assert vocabulary.spelled("cares") == []


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("financement", "funding", "climate"),
        ("رواندا", "Rwanda", "Kenya"),
        ("Белграде", "Belgrade", "Baku"),
        ("肯尼亚", "Kenya", "Lebanon"),
        ("mujeres", "women", "countries"),
        ("oficina", "workshop", "country"),
    ],
)
def test_a_word_alone_lies_near_what_it_means(
    word: str, near: str, far: str, encoders: dict[str, Encoder]
) -> None:
    one, other, third = encoders["multilingual"].encode_passages([word, near, far])
    assert one @ other > one @ third + 0.1


def test_the_packaged_tokenizer_cuts_chinese_into_words(encoders: dict[str, Encoder]) -> None:
    assert "".join(encoders["multilingual"].pieces("国际劳工组织")) == "国际劳工组织"
    assert "国际" in encoders["multilingual"].pieces("国际劳工组织")
