"""Export a model of sentence-transformers to ONNX: a program of its own, for it needs much memory.

    python -m sstc_chat.index.exported.making NAME FOLDER

Its products are made in 8 bits (`rounding.py`) where that changes vectors little (`LIKE_IN_8_BITS`), or else
in 32.
"""

from __future__ import annotations

import logging
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sstc_chat.corpus.errors import ModelError
from sstc_chat.index.encoders import ModelChoice
from sstc_chat.index.exported.encoder import FILE, INPUTS, open_export
from sstc_chat.index.exported.rounding import in_8_bits
from sstc_chat.index.transformer import TransformerEncoder, load_transformer

if TYPE_CHECKING:
    from onnx import ModelProto

# The lowest cosine between what the export and the model make of the same text.
LIKE_IN_8_BITS, LIKE = 0.99, 0.99999
# Texts to compare, of different lengths, in scripts of which a model may know some.
TEXTS = (
    "Workshop",
    "Which countries take part in the project on decent work for domestic workers?",
    "Où les voyages d'étude ont-ils eu lieu ? Ils ont commencé à Genève en 2024.",
    "合作 кооперация التعاون cooperación",
    "The fund pays for study tours and for the training of labour inspectors in twelve countries. " * 4,
    "word " * 600,
)
# Where arrays stand that are larger than so many bytes.
LARGE, LARGE_FROM = "large.data", 1 << 20
OPSET = 17
# The exit status where a model cannot be exported; any other is of something that may pass.
REFUSED = 3
# torch says what is wrong with a number, and then all numbers.
LONGEST = 500


def export(encoder: TransformerEncoder, folder: Path) -> None:
    """Write the export of a model to `folder`.

    Raises
    ------
    ModelError
        If the model is not of a kind that can be exported, or its export does not do what it does.
    """
    whole, known = _in_onnx(encoder), _known(encoder)
    for proto, least in ((in_8_bits(whole), LIKE_IN_8_BITS), (whole, LIKE)):
        _write(proto, known, folder)
        alike = _likeness(encoder, folder)
        if alike >= least:
            return
    raise ModelError(f"Its export gives other vectors than the model, whose cosine is {alike:.5f} at worst.")


def _in_onnx(encoder: TransformerEncoder) -> ModelProto:
    """Return the model in ONNX, from tokens to unit vectors."""
    import onnx
    import torch

    class Unit(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = encoder.model

        def forward(self, *tokens: torch.Tensor) -> torch.Tensor:
            features = dict(zip(names, tokens, strict=True))
            return torch.nn.functional.normalize(self.model(features)["sentence_embedding"])

    given = encoder.model.preprocess(list(TEXTS[:2]))
    names = [name for name, value in given.items() if isinstance(value, torch.Tensor)]
    if not set(names) <= set(INPUTS):
        raise ModelError(f"It wants {names}, and not only {INPUTS}.")
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        path = Path(folder) / "model.onnx"
        # The exporter that is newer takes ten seconds more, and makes a slower graph.
        torch.onnx.export(
            Unit().eval(),
            tuple(given[name] for name in names),
            path,
            input_names=names,
            output_names=["vectors"],
            dynamic_axes={name: {0: "texts", 1: "tokens"} for name in names},
            opset_version=OPSET,
            dynamo=False,
        )
        return onnx.load(path)


def _known(encoder: TransformerEncoder) -> dict[str, str]:
    """Return what must be known of a model to run it."""
    model = encoder.model
    tokenizer: Any = model.tokenizer
    copy = type(tokenizer.backend_tokenizer).from_str(tokenizer.backend_tokenizer.to_str())
    copy.no_padding()
    copy.enable_truncation(max_length=model.max_seq_length or tokenizer.model_max_length)
    return {
        "checksum": encoder.checksum,
        "dimension": str(encoder.dimension),
        "tokenizer": copy.to_str(),
        "unknown": str(tokenizer.unk_token or ""),
        "padding": str(tokenizer.pad_token_id or 0),
    }


def _write(proto: ModelProto, known: dict[str, str], folder: Path) -> None:
    import onnx

    for old in folder.glob("*"):
        old.unlink()
    onnx.helper.set_model_props(proto, known)
    # The vectors of the vocabulary stand in a file of their own, which is mapped: few of them are touched.
    onnx.save(proto, folder / FILE, save_as_external_data=True, location=LARGE, size_threshold=LARGE_FROM)


def _likeness(encoder: TransformerEncoder, folder: Path) -> float:
    """Return the lowest cosine between what both make of the same text, together with others and alone."""
    made = open_export(folder, ModelChoice(""))
    expected = encoder.encode_passages(TEXTS)
    alone = [made.encode_question(text) for text in TEXTS]
    cosines = [np.einsum("ij,ij->i", expected, one) for one in (made.encode_passages(TEXTS), alone)]
    return float(np.min(cosines))


def main() -> None:
    """Export the model that the command line names."""
    name, folder = sys.argv[1:]
    warnings.simplefilter("ignore")
    logging.disable()
    encoder = load_transformer(ModelChoice(name), device="cpu")
    try:
        export(encoder, Path(folder))
    except OSError:  # no room, for one; it may be there next time
        raise
    except Exception as error:  # whatever torch raises for a model that it cannot export
        sys.stderr.write(f"{type(error).__name__}: {' '.join(str(error)[:LONGEST].split())}\n")
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
