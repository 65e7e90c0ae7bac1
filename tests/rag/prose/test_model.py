from __future__ import annotations

import socket

import pytest

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.rag.prose.model import MOST_CHARACTERS, OpenAIModel, open_model
from sstc_chat.rag.prose.types import ModelFailureError

from .conftest import Served

MESSAGES = ({"role": "user", "content": "A question"},)


def _failure(model: OpenAIModel) -> str:
    with pytest.raises(ModelFailureError) as raised:
        list(model.stream(MESSAGES))
    return raised.value.kind


def test_what_the_server_streams_arrives_in_pieces(served: Served) -> None:
    served.texts["writer"] = "It was held in Rio [1]."
    pieces = list(served.model("writer").stream(MESSAGES))
    assert "".join(pieces) == "It was held in Rio [1]."
    assert len(pieces) > 1
    assert served.asked[0]["messages"] == [{"role": "user", "content": "A question"}]
    assert served.keys == ["Bearer secret-key"]
    assert "tools" not in served.asked[0]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("no-key", "refused"),
        ("forbidden", "refused"),
        ("no-model", "unknown"),
        ("rate", "busy"),
        ("error", "broken"),
        ("garbage", "broken"),
        ("cut", "cut"),
        ("too-long", "endless"),
        ("endless", "endless"),
    ],
)
def test_each_failure_has_a_name(served: Served, name: str, kind: str) -> None:
    served.texts["cut"] = "It was"
    assert _failure(served.model(name)) == kind


def test_a_server_that_says_nothing_is_left_at_the_deadline(served: Served) -> None:
    assert _failure(served.model("silent", seconds=0.5)) == "slow"


def test_a_server_that_drips_is_left_at_the_deadline_too(served: Served) -> None:
    served.texts["dripping"] = "word " * 200
    assert _failure(served.model("dripping", seconds=0.7)) == "slow"


def test_a_server_that_is_not_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert _failure(open_model(f"http://127.0.0.1:{port}/v1", "any", "", 5)) == "unreachable"


def test_a_dead_server_costs_one_wait_and_not_one_for_each_question(served: Served) -> None:
    model = served.model("silent", seconds=0.5)
    assert _failure(model) == "slow"
    asked = len(served.asked)
    assert [_failure(model) for _ in range(5)] == ["paused"] * 5
    assert len(served.asked) == asked


def test_an_odd_event_is_no_text(served: Served) -> None:
    served.texts["odd"] = "Said."
    assert "".join(served.model("odd").stream(MESSAGES)) == "Said."


def test_no_more_than_so_many_characters_are_taken(served: Served) -> None:
    taken: list[str] = []
    with pytest.raises(ModelFailureError):
        taken.extend(served.model("endless").stream(MESSAGES))
    assert len("".join(taken)) == MOST_CHARACTERS


def test_whoever_stops_reading_stops_the_server(served: Served) -> None:
    model = served.model("endless")
    stream = model.stream(MESSAGES)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert served.gone.wait(10)
    served.texts["endless"] = ""
    assert _failure(model) == "endless"  # and not "paused": nothing had failed


def test_the_key_is_shown_nowhere(served: Served) -> None:
    model = served.model("no-key")
    assert "secret-key" not in repr(model)
    with pytest.raises(ModelFailureError) as raised:
        list(model.stream(MESSAGES))
    assert "secret-key" not in str(raised.value)


@pytest.mark.parametrize("address", ["localhost:11434", "ftp://x/v1", "file:///etc/passwd"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(SettingsError, match="llm_base_url is"):
        open_model(address, "any", "", 5)


def test_two_readers_do_not_mix(served: Served) -> None:
    served.texts |= {"dripping": "One two three four.", "writer": "Five six."}
    slow = served.model("dripping").stream(MESSAGES)
    first = next(slow)
    assert "".join(served.model("writer").stream(MESSAGES)) == "Five six."
    assert first + "".join(slow) == "One two three four."
