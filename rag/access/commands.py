"""What the commands `accounts` and `tokens` do, and how they are called."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping, Sequence

from sstc_chat.corpus.errors import AccessError
from sstc_chat.rag.access import accounts, sessions, tokens
from sstc_chat.rag.access.roles import ROLES, Roles, as_text
from sstc_chat.rag.commands import settings_of
from sstc_chat.rag.terminal import as_json, say, write

Command = Callable[[argparse.Namespace], None]
PASSWORDS = """\
The password is asked for on the terminal, or read from standard input:
  sstc-chat accounts add "Amina Diallo" --role evaluator
  pass show sstc-chat/amina | sstc-chat accounts add "Amina Diallo" --role evaluator

With the first account, the evaluator's desk and the documents ask who comes.
"""


def add_commands(adder: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands on accounts and tokens to the command line."""
    of_accounts = _group(adder, "accounts", "who may sign in on the page", PASSWORDS)
    adding = _named(of_accounts, "add", add_account, "add one")
    _add_roles(adding)
    _listing(of_accounts, list_accounts, "list them")
    _named(of_accounts, "remove", remove_account, "remove one; its sessions end")
    changing = _named(of_accounts, "role", change_roles, "give one other roles; its sessions end")
    changing.add_argument("role", nargs="+", choices=ROLES, metavar="ROLE", help=", ".join(ROLES))
    _named(of_accounts, "password", change_password, "give one another password; its sessions end")
    _named(of_accounts, "sign-out", end_sessions, "end the sessions of one")

    of_tokens = _group(adder, "tokens", "what programs show to be let in", "")
    _add_roles(_named(of_tokens, "add", add_token, "add one, and print it: it is not shown again"))
    _listing(of_tokens, list_tokens, "list them")
    _named(of_tokens, "remove", remove_token, "remove one")


def add_account(options: argparse.Namespace) -> None:
    """Add an account."""
    home = settings_of(options).home
    accounts.add(home, accounts.checked_name(options.name), _password(), options.role)
    say(f"Added {options.name}.")


def list_accounts(options: argparse.Namespace) -> None:
    """Print the accounts, with their roles."""
    everybody = accounts.everybody(settings_of(options).home)
    _print([(one.name, one.roles, {"made": one.made, "issuer": one.issuer}) for one in everybody], options)


def remove_account(options: argparse.Namespace) -> None:
    """Remove an account."""
    home = settings_of(options).home
    accounts.remove(home, options.name)
    say(f"Removed {options.name}.")
    if not accounts.are_there(home):
        say("That was the last account: whoever is at this machine may use all of the page again.")


def change_roles(options: argparse.Namespace) -> None:
    """Give an account other roles."""
    accounts.set_roles(settings_of(options).home, options.name, options.role)
    say(f"{options.name}: {', '.join(options.role)}.")


def change_password(options: argparse.Namespace) -> None:
    """Give an account another password."""
    accounts.set_password(settings_of(options).home, options.name, _password())
    say(f"{options.name} has another password.")


def end_sessions(options: argparse.Namespace) -> None:
    """End the sessions of an account."""
    say(f"Sessions ended: {sessions.end_all(settings_of(options).home, options.name)}.")


def add_token(options: argparse.Namespace) -> None:
    """Add a token, and print it."""
    write(tokens.add(settings_of(options).home, options.name, options.role))
    say("Keep it: only its hash is stored.")


def list_tokens(options: argparse.Namespace) -> None:
    """Print the tokens, without what a program brings."""
    everything = tokens.everything(settings_of(options).home)
    _print([(one.name, one.roles, {"made": one.made}) for one in everything], options)


def remove_token(options: argparse.Namespace) -> None:
    """Remove a token."""
    tokens.remove(settings_of(options).home, options.name)
    say(f"Removed {options.name}.")


def _password() -> str:
    """Ask for a password twice, or read the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise AccessError("The two passwords differ. Nothing was changed.")
    return password


def _print(rows: Sequence[tuple[str, Roles, Mapping[str, str]]], options: argparse.Namespace) -> None:
    if options.json:
        write(
            as_json([{"name": name, "roles": as_text(roles).split(), **more} for name, roles, more in rows])
        )
        return
    for name, roles, more in rows:
        write("  ".join([name, as_text(roles), *filter(None, more.values())]))


def _group(
    adder: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str, epilog: str
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    shape = argparse.RawDescriptionHelpFormatter
    parser = adder.add_parser(name, help=what, epilog=epilog, formatter_class=shape)
    return parser.add_subparsers(title="actions", metavar="ACTION", required=True)


def _named(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, function: Command, what: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=what)
    parser.add_argument("name", metavar="NAME")
    parser.set_defaults(run=function)
    return parser


def _listing(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], function: Command, what: str
) -> None:
    parser = actions.add_parser("list", help=what)
    parser.add_argument("--json", action="store_true", help="print a JSON array")
    parser.set_defaults(run=function)


def _add_roles(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--role",
        action="append",
        choices=ROLES,
        default=[],
        help="may be given several times (default: reader)",
    )
