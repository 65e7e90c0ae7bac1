"""Tiny cross-encoders of the shape of real ones, saved as such models are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "Rwanda", "Kenya", "forum", "What", "is"]
LONGEST = 128
MakeCrossEncoder = Callable[..., Path]


@pytest.fixture(scope="session")
def make_cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> MakeCrossEncoder:
    """Return what saves a cross-encoder of one layer with random weights in a folder.

    `labels` are what its outputs are called; with `always` the last layer says these outputs of any pair.
    """

    def make(labels: Sequence[str] = ("score",), always: Sequence[float] = ()) -> Path:
        import torch
        from transformers import BertConfig, BertForSequenceClassification

        path = tmp_path_factory.mktemp("cross-encoder")
        _save_tokenizer(path)
        torch.manual_seed(0)
        config = BertConfig(
            vocab_size=len(WORDS),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=16,
            max_position_embeddings=LONGEST,
        )
        config.num_labels = len(labels)
        config.id2label = dict(enumerate(labels))
        model = BertForSequenceClassification(config)
        if always:
            torch.nn.init.zeros_(model.classifier.weight)
            model.classifier.bias.data = torch.tensor(always)
        model.save_pretrained(path)
        return path

    return make


def _save_tokenizer(path: Path) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    vocabulary = {word: number for number, word in enumerate(WORDS)}
    words = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106
    words.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    words.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=words,
        pad_token="[PAD]",  # noqa: S106
        unk_token="[UNK]",  # noqa: S106
        model_max_length=LONGEST,
    )
    tokenizer.save_pretrained(path)
