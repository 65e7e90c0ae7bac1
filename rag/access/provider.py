"""The organisation through which people sign in: what is set of it, checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sstc_chat.corpus.errors import AccessError, SettingsError
from sstc_chat.rag.access.roles import Role, checked_roles
from sstc_chat.rag.settings import LOOPBACK, Settings


@dataclass(frozen=True)
class Provider:
    """A provider of OpenID Connect, and what it says of people.

    Attributes
    ----------
    issuer
        Its address.
    client_id, secret
        What it knows this service by.
    claim
        Which claim of an ID token tells somebody's roles.
    roles
        What that claim says, and which role that is here.
    address
        The address of this service, as people's browsers know it; empty where requests tell it.
    """

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    claim: str
    roles: Mapping[str, Role]
    address: str = ""

    def roles_by(self, claims: Mapping[str, object]) -> frozenset[Role]:
        """Return the roles that claims give: one value, or a list of them."""
        said = claims.get(self.claim)
        values = said if isinstance(said, list) else [said]
        return checked_roles(self.roles[one] for one in values if isinstance(one, str) and one in self.roles)


def provider_of(settings: Settings) -> Provider | None:
    """Return the provider that is set; None where there is none.

    Raises
    ------
    SettingsError
        If a part is missing, or one will not do.
    """
    if not settings.oidc_issuer:
        return None
    _check_address("oidc_issuer", settings.oidc_issuer)
    if settings.public_address:
        _check_address("public_address", settings.public_address)
    if not settings.oidc_client_id or not settings.oidc_client_secret:
        raise SettingsError("Where oidc_issuer is set, oidc_client_id and oidc_client_secret must be, too.")
    return Provider(
        settings.oidc_issuer.rstrip("/"),
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.oidc_claim,
        dict(_mapping(settings.oidc_roles)),
        settings.public_address.rstrip("/"),
    )


def is_safe(address: str) -> bool:
    """Whether an address is reached by TLS, or on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _check_address(name: str, value: str) -> None:
    if not is_safe(value):
        raise SettingsError(f"{name} is {value!r}. Give an address that begins with https://")


def _mapping(text: str) -> Iterable[tuple[str, Role]]:
    for pair in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = pair.partition("=")
        try:
            roles = checked_roles([name.strip()])
        except AccessError as error:
            raise SettingsError(f"oidc_roles has {pair!r}: {error}") from error
        if not value.strip():
            raise SettingsError(f"oidc_roles has {pair!r}. Write it as: evaluator=what the claim says")
        yield from ((value.strip(), role) for role in roles if role == name.strip())
