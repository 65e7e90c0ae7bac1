"""Views cover a text; models are checked before they are used; vectors are unit vectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.errors import ModelError
from sstc_chat.index.encoders import (
    Encoder,
    ModelChoice,
    file_sum,
    load_encoder,
    packaged_folder,
    views_of,
)

EMPTY_SUM = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
TEXTS = ["A workshop on care.", "Un atelier", "", "word " * 60, "合作 😀", "A workshop on care."]


@pytest.mark.parametrize(
    ("text", "window", "views"),
    [
        ("a b c d e", 0, []),
        ("a b c", 3, []),
        ("a b", 3, []),
        ("", 3, []),
        ("a b c d", 3, ["a b c", "b c d"]),
        ("a  b\nc d e f", 4, ["a b c d", "c d e f"]),
        ("a b c d e", 4, ["a b c d", "c d e"]),
        ("a b c", 1, ["a", "b", "c"]),
    ],
)
def test_the_windows_of_a_text(text: str, window: int, views: list[str]) -> None:
    assert views_of(text, window) == [text, *views]


@given(words=st.lists(st.text("abcé合", min_size=1, max_size=3), max_size=60), window=st.integers(1, 12))
@settings(max_examples=200)
def test_windows_cover_every_word_in_order_and_overlap_by_half(words: list[str], window: int) -> None:
    text = " ".join(words)
    first, *views = [view.split() for view in views_of(text, window)]
    assert first == words
    step = max(1, window // 2)
    starts = [number * step for number in range(len(views))]
    assert [words[start : start + window] for start in starts] == views
    assert all(len(view) == window for view in views[:-1])
    assert bool(views) == (len(words) > window)
    if views:
        assert starts[-1] + len(views[-1]) == len(words)
        assert len(views[-1]) > window - step


@pytest.fixture(params=["english", "multilingual"])
def encoder(request: pytest.FixtureRequest, encoders: dict[str, Encoder]) -> Encoder:
    return encoders[request.param]


def test_every_vector_has_the_length_one(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, rtol=0, atol=1e-5)


def test_a_question_has_the_vector_of_the_same_passage_in_any_batch(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    for text, vector in zip(TEXTS, vectors, strict=True):
        question = encoder.encode_question(text)
        assert question.shape == (encoder.dimension,)
        np.testing.assert_allclose(question, vector, rtol=0, atol=1e-5)


def test_no_texts_have_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)


def test_the_packaged_models_are_the_ones_that_were_measured(encoders: dict[str, Encoder]) -> None:
    assert {(one.name, one.dimension, one.window) for one in encoders.values()} == {
        ("all-MiniLM-L6-v2", 384, 0),
        ("multilingual-use", 512, 8),
    }
    assert encoders["english"].checksum == (
        "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    )


def test_a_question_in_french_lies_near_its_answer_in_english(encoders: dict[str, Encoder]) -> None:
    encoder = encoders["multilingual"]
    passages = encoder.encode_passages(
        ["Study tours were held in Kenya.", "The fund has 5 million dollars.", "Care is informal."]
    )
    question = encoder.encode_question("Où les voyages d'étude ont-ils eu lieu ?")
    assert int(np.argmax(passages @ question)) == 0


@pytest.mark.parametrize(
    ("role", "text", "pieces"),
    [
        pytest.param("multilingual", "南南合作", ["南", "南", "合作"], id="words and characters"),
        pytest.param("multilingual", "鬱龘", ["鬱"], id="unknown to the multilingual one"),
        pytest.param("english", "合作", ["合"], id="unknown to the English one"),
        pytest.param("english", "capacity-building", ["capacity", "-", "building"], id="known words"),
        pytest.param("english", "", [], id="nothing"),
    ],
)
def test_pieces_are_what_the_tokenizer_knows_without_its_marks(
    role: str, text: str, pieces: list[str], encoders: dict[str, Encoder]
) -> None:
    assert encoders[role].pieces(text) == pieces


def test_a_package_that_is_missing_is_named_with_the_remedy() -> None:
    with pytest.raises(ModelError, match=r"some-package is not installed.*pip install some-package"):
        packaged_folder("no_such_module", "some-package", "model", {})


def test_a_model_that_was_changed_is_named_with_the_remedy() -> None:
    assert packaged_folder("json", "json", ".", {}).is_dir()
    with pytest.raises(ModelError, match=r"__init__\.py has the sha256 .*pip install --force-rein"):
        packaged_folder("json", "json", ".", {"__init__.py": EMPTY_SUM})
    with pytest.raises(ModelError, match=r"absent\.bin has the sha256 missing, not e3b0"):
        packaged_folder("json", "json", ".", {"absent.bin": EMPTY_SUM})


def test_the_sum_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert file_sum(tmp_path / "empty") == EMPTY_SUM
    assert file_sum(tmp_path / "gone") == "missing"


def test_a_folder_that_holds_no_model_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be loaded .* Give all-MiniLM-L6-v2") as caught:
        load_encoder(ModelChoice(str(tmp_path)))
    assert str(tmp_path) in str(caught.value)
