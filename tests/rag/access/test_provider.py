"""What is set of the organisation is checked when the page is served, and its roles are ours."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sstc_chat.corpus.errors import SettingsError
from sstc_chat.rag.access.provider import provider_of
from sstc_chat.rag.settings import Settings, load_settings

SET = Settings(
    Path("home"),
    oidc_issuer="https://login.example/",
    oidc_client_id="sstc-chat",
    oidc_client_secret="hidden",  # noqa: S106
    oidc_roles="evaluator=sstc evaluators, administrator=docs,evaluator=m&e",
)


def test_roles_are_those_that_a_claim_stands_for() -> None:
    provider = provider_of(SET)
    assert provider is not None
    assert provider.issuer == "https://login.example"
    for said, roles in (
        (["staff", "sstc evaluators"], {"reader", "evaluator"}),
        ("docs", {"reader", "administrator"}),
        (["m&e", "docs"], {"reader", "evaluator", "administrator"}),
        (["reader", {"x": 1}, None], {"reader"}),
        (None, {"reader"}),
        ({"docs": 1}, {"reader"}),
    ):
        assert provider.roles_by({"roles": said}) == roles
    assert provider.roles_by({}) == {"reader"}


def test_the_secret_is_not_shown() -> None:
    assert "hidden" not in repr(SET) + repr(provider_of(SET))


def test_without_an_issuer_there_is_none() -> None:
    assert provider_of(Settings(Path("home"))) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"oidc_issuer": "http://login.example"}, "oidc_issuer is 'http://login.example'"),
        ({"oidc_issuer": "login.example"}, "begins with https"),
        ({"public_address": "http://chat.example"}, "public_address is"),
        ({"oidc_client_id": ""}, "oidc_client_id"),
        ({"oidc_client_secret": ""}, "oidc_client_secret must be"),
        ({"oidc_roles": "king=x"}, "'king=x': 'king' is no role"),
        ({"oidc_roles": "evaluator"}, "Write it as"),
    ],
)
def test_what_will_not_do_is_named(changes: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        provider_of(replace(SET, **changes))  # type: ignore[arg-type]


def test_the_secret_has_no_flag(tmp_path: Path) -> None:
    environment = {"SSTC_CHAT_OIDC_CLIENT_SECRET": "hidden"}
    assert load_settings({"home": tmp_path}, environment).oidc_client_secret == "hidden"  # noqa: S105
