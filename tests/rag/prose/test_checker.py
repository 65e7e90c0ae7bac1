"""A cross-encoder as the check, by setting, tried with tiny ones of the shape of real ones."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sstc_chat.corpus.errors import ModelError
from sstc_chat.index.crossencoders import load_checker
from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.cli import run
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.prose.checking.judges import ModelJudge
from sstc_chat.rag.prose.checking.support import Quoted, Support
from sstc_chat.rag.prose.model import OpenAIModel
from sstc_chat.rag.prose.writing import Writer, load_judge
from sstc_chat.rag.settings import load_settings

from .conftest import Served

MakeCrossEncoder = Callable[..., Path]
NLI = ("contradiction", "entailment", "neutral")
QUOTES = ["Kenya is a forum", "What is Rwanda"]
SENTENCE = "Rwanda is a forum"


@pytest.fixture(scope="module")
def random_nli(make_cross_encoder: MakeCrossEncoder) -> Path:
    return make_cross_encoder(NLI)


def by_hand(folder: Path, quotes: str, sentence: str) -> list[float]:
    """Return the outputs of the model for a pair, by transformers alone."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    read = AutoTokenizer.from_pretrained(folder)(quotes, sentence, return_tensors="pt")
    model = AutoModelForSequenceClassification.from_pretrained(folder).eval()
    with torch.no_grad():
        outputs: list[float] = model(**read).logits[0].tolist()
    return outputs


def test_the_probability_is_that_of_entailment_the_quotes_being_the_premise(random_nli: Path) -> None:
    outputs = by_hand(random_nli, " ".join(QUOTES), SENTENCE)
    grown = [math.exp(one) for one in outputs]
    found = load_checker(str(random_nli)).probability(QUOTES, SENTENCE)
    assert found == pytest.approx(grown[1] / sum(grown), abs=1e-6)
    assert found != pytest.approx(load_checker(str(random_nli)).probability([SENTENCE], QUOTES[0]), abs=1e-6)


@pytest.mark.parametrize(
    "labels", [("ENTAILMENT", "not_entailment"), ("REFUTES", "SUPPORTS", "NOT ENOUGH INFO")]
)
def test_entailment_is_found_by_its_name(
    make_cross_encoder: MakeCrossEncoder, labels: tuple[str, ...]
) -> None:
    wanted = next(place for place, label in enumerate(labels) if label in {"ENTAILMENT", "SUPPORTS"})
    folder = make_cross_encoder(labels, [4.0 if place == wanted else 0.0 for place in range(len(labels))])
    expected = math.exp(4) / (math.exp(4) + len(labels) - 1)
    assert load_checker(str(folder)).probability(QUOTES, SENTENCE) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("score", [-900.0, -1.5, 0.0, 2.0, 900.0])
def test_a_single_score_becomes_a_probability(make_cross_encoder: MakeCrossEncoder, score: float) -> None:
    found = load_checker(str(make_cross_encoder(("score",), [score]))).probability(QUOTES, SENTENCE)
    assert found == pytest.approx(1 / (1 + math.exp(-max(-700.0, score))), abs=1e-6)


def test_what_would_be_cut_is_not_judged_by_its_beginning(make_cross_encoder: MakeCrossEncoder) -> None:
    checker = load_checker(str(make_cross_encoder(NLI, [0.0, 9.0, 0.0])))
    fits, long = "Kenya is " * 30, "Kenya is " * 70
    assert checker.probability([fits], SENTENCE) > 0.9
    assert checker.probability([long], SENTENCE) == 0
    assert checker.probability([fits, long], SENTENCE) > 0.9  # by the one that can be read whole


@pytest.fixture
def judged(encoders: dict[str, Encoder], make_cross_encoder: MakeCrossEncoder) -> Callable[[float], Support]:
    """Return a check whose model is as sure as it is told of whatever it reads."""

    def support(logit: float) -> Support:
        checker = load_checker(str(make_cross_encoder(NLI, [0.0, logit, 0.0])))
        return Support(encoders, ModelJudge(checker, 0.9))

    return support


QUOTE = Quoted("The second project in Kenya has a budget of 5 million $.", "en")


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The second project in Kenya has a budget of 6 million $.", "figure"),
        ("The second project in Rwanda has a budget of 5 million $.", "place"),
        ("UNICEF has the second project in Kenya.", "name"),
    ],
)
def test_claims_stay_before_it_however_sure_it_is(
    judged: Callable[[float], Support], sentence: str, reason: str
) -> None:
    assert judged(9.0).check(sentence, "en", [QUOTE]).reason == reason


def test_its_threshold_decides_what_claims_leave_open(judged: Callable[[float], Support]) -> None:
    said = "The weather in Kenya is fine."  # the trees would not show it
    assert judged(9.0).check(said, "en", [QUOTE]).supported
    found = judged(2.0).check(said, "en", [QUOTE])
    assert (found.supported, found.reason) == (False, "meaning")
    assert found.probability == pytest.approx(math.exp(2) / (math.exp(2) + 2), abs=1e-6)
    again = judged(-9.0).check(QUOTE.text, "en", [QUOTE])  # the trees would show it
    assert not again.supported


def test_the_setting_loads_it_and_the_answer_says_so(
    engine: Engine, served: Served, random_nli: Path, tmp_path: Path
) -> None:
    environment = {"SSTC_CHAT_CHECKER": str(random_nli), "SSTC_CHAT_CHECKER_PERCENT": "30"}
    judge = load_judge(load_settings({"home": tmp_path}, environment))
    assert judge is not None
    assert judge.least("ar") == 0.3
    answer = engine.ask("What is REMPE?")
    served.texts["writer"] = "REMPE is a program of Cabo Verde [1]."
    writer = Writer(served.model("writer"), Support(engine.encoders, judge))
    written = writer.written(answer, engine.documents)
    checksum = load_checker(str(random_nli)).checksum
    assert written.fingerprint["checker"] == f"{random_nli} {checksum} 0.3"
    assert len(checksum) == 64
    assert load_judge(load_settings({"home": tmp_path}, {})) is None


def test_a_check_that_fails_leaves_the_quotes(
    engine: Engine, says: Callable[[str], OpenAIModel], random_nli: Path
) -> None:
    checker = load_checker(str(random_nli))
    broken: Any = checker.pairs.model
    broken[0].model.classifier.weight.data = broken[0].model.classifier.weight[:, :3]
    writer = Writer(
        says("REMPE is a program of Cabo Verde [1]."), Support(engine.encoders, ModelJudge(checker, 0.9))
    )
    quoted = engine.ask("What is REMPE?")
    answer = writer.written(quoted, engine.documents)
    assert (answer.text, answer.note) == (quoted.text, "broken")


def _without_labels(folder: Path) -> Path:
    config = json.loads((folder / "config.json").read_text("utf-8"))
    config["id2label"] = {str(place): f"LABEL_{place}" for place in range(len(config["id2label"]))}
    config["label2id"] = {name: int(place) for place, name in config["id2label"].items()}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    return folder


def _without_head(folder: Path) -> Path:
    from transformers import BertModel

    BertModel.from_pretrained(folder).save_pretrained(folder)
    return folder


def test_one_that_cannot_check_is_named_with_the_remedy(
    make_cross_encoder: MakeCrossEncoder, tmp_path: Path
) -> None:
    wrong = {
        r"The checker .*missing.* cannot be loaded .* Give a folder": tmp_path / "missing",
        r"outputs called joy, anger, none of them entailment": make_cross_encoder(("joy", "anger")),
        r"LABEL_0, LABEL_1, LABEL_2, .* id2label": _without_labels(make_cross_encoder(NLI)),
        r"is no cross-encoder: it has learned no outputs": _without_head(make_cross_encoder(NLI)),
    }
    for said, folder in wrong.items():
        with pytest.raises(ModelError, match=said):
            load_checker(str(folder))


def test_weights_of_another_kind_than_safetensors_are_not_read(make_cross_encoder: MakeCrossEncoder) -> None:
    folder = make_cross_encoder(NLI)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_checker(str(folder))


def test_the_command_line_says_it_in_one_line(
    engine: Engine,
    home: Path,
    served: Served,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert engine.documents  # the home holds an index
    monkeypatch.setenv("SSTC_CHAT_HOME", str(home))
    monkeypatch.setenv("SSTC_CHAT_LLM_BASE_URL", served.url)
    monkeypatch.setenv("SSTC_CHAT_CHECKER", str(home / "no-model"))
    assert run(["ask", "What is REMPE?"], lambda _: None) == 1
    said = capsys.readouterr().err
    assert "The checker" in said
    assert "Give a folder" in said
    assert "Traceback" not in said
