"""How many processes encode is a whole number, and is told where it is wrong."""

from __future__ import annotations

import pytest

from sstc_chat.index.exported.encoder import ExportedEncoder
from sstc_chat.index.exported.making import LIKE_IN_8_BITS
from sstc_chat.index.remembering import Remembering
from sstc_chat.index.transformer import TransformerEncoder
from sstc_chat.index.types import quiet
from sstc_chat.rag.models import encoders_to_index
from sstc_chat.rag.settings import Settings
from sstc_chat.ui.main import main


@pytest.mark.parametrize("command", [["add", "a.txt"], ["build"]])
@pytest.mark.parametrize("value", ["two", "-1", "1.5", ""])
def test_what_is_no_number_is_told(
    command: list[str], value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["index", *command, f"--workers={value}"])
    assert stopped.value.code == 2
    assert f"{value!r} is not a whole number from 0 up" in capsys.readouterr().err


def test_workers_take_the_model_that_sentence_transformers_runs(settings: Settings) -> None:
    with encoders_to_index(settings, quiet) as load:
        assert isinstance(load()["english"], Remembering)
    with encoders_to_index(settings, quiet, workers=1) as load:
        encoders = load()
        assert isinstance(encoders["english"], TransformerEncoder)
        (vector,) = encoders["english"].encode_passages(["Care work is often informal."])
    with encoders_to_index(settings, quiet) as load:
        one = load()["english"]
        assert isinstance(one, Remembering)
        assert isinstance(one.encoder, ExportedEncoder)
        assert float(vector @ one.encode_question("Care work is often informal.")) > LIKE_IN_8_BITS
