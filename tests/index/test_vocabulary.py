from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.vocabulary import Vocabulary, folded, surface_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Côte d'Ivoire, 2024!", ["Côte", "d", "Ivoire", "2024"], id="Latin"),
        pytest.param("كم عدد البلدان؟", ["كم", "عدد", "البلدان"], id="Arabic"),
        pytest.param("snake_case", ["snake", "case"], id="underscore"),
        pytest.param("研讨会开始了", ["研讨会", "开始", "了"], id="Chinese"),
        pytest.param("贝尔格莱德的最低工资", ["贝尔格莱德", "的", "最低工资"], id="names in Chinese"),
        pytest.param("2024年", ["2024", "年"], id="year in Chinese"),
        pytest.param("在G20峰会上", ["在", "G20", "峰会", "上"], id="name in Chinese"),
        pytest.param("ILOの会議", ["ILO", "の", "会", "議"], id="Japanese, by a tokenizer"),
        pytest.param("人々", ["人", "々"], id="Japanese iteration mark"),
        pytest.param("ILO 会", ["ILO", "会"], id="mixed"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_are_taken_as_they_are_written(text: str, words: list[str]) -> None:
    assert surface_words(text, list) == words


def test_what_is_no_chinese_is_cut_by_the_tokenizer() -> None:
    assert surface_words("会議の国家", lambda _run: ["会議", "の", "国家"]) == ["会議", "の", "国家"]
    assert surface_words("国家", lambda _run: ["never asked"]) == ["国家"]


@pytest.mark.parametrize(
    ("word", "spelling"), [("Éducation", "education"), ("٢٠٢٤", "2024"), ("007", "7"), ("Kenya", "kenya")]
)
def test_case_accents_and_digits_are_folded(word: str, spelling: str) -> None:
    assert folded(word) == spelling


def test_a_number_of_any_length_is_folded() -> None:
    assert folded("0" * 3 + "9" * 5000) == "9" * 5000
    assert folded("000") == "0"


@given(st.text("南会国家合作的ILO2024 の", max_size=12))
def test_no_character_of_a_word_is_lost(text: str) -> None:
    assert "".join(surface_words(text)) == "".join(text.split())


def test_a_word_is_found_in_all_its_spellings() -> None:
    words = ("Care", "care", "cáre", "career", "2024")
    spellings = tuple(map(folded, words))
    vocabulary = Vocabulary(words, spellings, np.zeros((5, 2), np.float32), np.ones(5, np.int32))
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


def test_a_year_in_a_chinese_question_stays_whole(encoders: dict[str, Encoder]) -> None:
    words = surface_words("2024年卢旺达举办了研讨会", encoders["multilingual"].pieces)
    assert words[0] == "2024"
    assert "".join(words) == "2024年卢旺达举办了研讨会"


def test_the_packaged_tokenizer_cuts_chinese_into_words(encoders: dict[str, Encoder]) -> None:
    assert "".join(encoders["multilingual"].pieces("国际劳工组织")) == "国际劳工组织"
    assert "国际" in encoders["multilingual"].pieces("国际劳工组织")


def test_a_word_has_its_vector_only_as_it_is_written() -> None:
    words = ("Care", "care", "2024")
    vectors = np.arange(6, dtype=np.float32).reshape(3, 2)
    vocabulary = Vocabulary(words, tuple(map(folded, words)), vectors, np.ones(3, np.int32))
    found = {word: vocabulary.vector(word) for word in ("care", "Care", "2024", "CARE", "٢٠٢٤", "oven")}
    assert {word: None if one is None else one.tolist() for word, one in found.items()} == {
        "care": [2, 3],
        "Care": [0, 1],
        "2024": [4, 5],
        **dict.fromkeys(["CARE", "٢٠٢٤", "oven"]),
    }
