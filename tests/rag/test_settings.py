from __future__ import annotations

from pathlib import Path

import pytest

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.index.encoders import ModelChoice
from sstc_chat.rag.models import load_reranker
from sstc_chat.rag.settings import load_settings


def test_later_wins(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("port = 1001\nchunk_size = 401\nhost = '0.0.0.0'\n")
    environment = {"SSTC_CHAT_PORT": "1002", "SSTC_CHAT_CHUNK_SIZE": "402"}
    settings = load_settings({"home": tmp_path, "port": "1003", "host": None}, environment)
    assert (settings.host, settings.chunk_size, settings.port) == ("0.0.0.0", 402, 1003)  # noqa: S104
    assert settings.home == tmp_path


def test_the_home_may_come_from_the_environment(tmp_path: Path) -> None:
    assert load_settings({}, {"SSTC_CHAT_HOME": str(tmp_path)}).home == tmp_path
    assert load_settings({}, {}).home.name == "sstc-chat"


@pytest.mark.parametrize(
    ("text", "environment", "flags", "named"),
    [
        pytest.param("prot = 1", {}, {}, "'prot'", id="unknown"),
        pytest.param("port = ", {}, {}, "settings.toml cannot be read as TOML", id="not TOML"),
        pytest.param("", {"SSTC_CHAT_PORT": "http"}, {}, "SSTC_CHAT_PORT is 'http'", id="no number"),
        pytest.param("", {}, {"port": "99999"}, "--port is 99999", id="out of bounds"),
        pytest.param("", {}, {"chunk_size": "1"}, "--chunk-size is 1", id="too small"),
    ],
)
def test_a_wrong_setting_is_named_with_where_it_stands(
    tmp_path: Path, text: str, environment: dict[str, str], flags: dict[str, object], named: str
) -> None:
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(SettingsError, match=named):
        load_settings({"home": tmp_path, **flags}, environment)


def test_each_role_has_its_model_with_its_prefixes(tmp_path: Path) -> None:
    environment = {
        "SSTC_CHAT_ENGLISH_MODEL": "intfloat/multilingual-e5-small",
        "SSTC_CHAT_ENGLISH_QUESTION_PREFIX": "query: ",
        "SSTC_CHAT_ENGLISH_PASSAGE_PREFIX": "passage: ",
    }
    models = load_settings({"home": tmp_path}, environment).models()
    assert models["english"] == ModelChoice("intfloat/multilingual-e5-small", "query: ", "passage: ")
    assert models["multilingual"] == ModelChoice("multilingual-use")


def test_there_is_no_reranker_unless_one_is_set(tmp_path: Path) -> None:
    settings = load_settings({"home": tmp_path}, environment={})
    assert (settings.reranker, load_reranker(settings)) == ("", None)
    assert load_settings({}, {"SSTC_CHAT_RERANKER": "a/folder"}).reranker == "a/folder"
