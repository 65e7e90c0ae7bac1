"""Who comes, and what each of them does how often."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from soaking import editing, judging, reading, trespassing
from soaking.ledger import Ledger
from soaking.person import PASSWORD, Person
from soaking.service import Service

Action = Callable[[Person], None]
# Who comes, in turn: a role, and whether it is a program.
PAGE = ("nobody", "reader", "evaluator", "administrator", "nobody", "reader", "evaluator", "reader")
WHO = (
    *((role, False) for role in PAGE),
    *(("reader", True), ("evaluator", True)),
    *((role, False) for role in PAGE),
    *(("reader", True), ("administrator", True)),
)
EVERYBODY = (
    *(
        (6, reading.ask_by_program),
        (2, reading.ask_by_stream),
        (2, reading.search),
        (1, reading.check_records),
    ),
    *((1, reading.send_feedback), (2, trespassing.try_an_address)),
)
ON_THE_PAGE = (
    *((10, reading.ask_on_page), (2, reading.open_page), (1, reading.export), (1, trespassing.try_the_desk)),
    *((1, trespassing.try_a_wrong_token), (0.2, trespassing.leave), *EVERYBODY),
)
MORE = {
    "evaluator": ((1, judging.open_desk), (1, judging.begin_round), (12, judging.judge)),
    "administrator": ((8, editing.change),),
}
OF_PROGRAMS = {"evaluator": ((2, judging.read_opinions),), "administrator": ((6, editing.change),)}


def actions_of(person: Person) -> tuple[Sequence[float], Sequence[Action]]:
    """Return what somebody does: how often, and what."""
    kinds = OF_PROGRAMS if person.token else MORE
    actions = (*(EVERYBODY if person.token else ON_THE_PAGE), *kinds.get(person.role, ()))
    weights, does = zip(*actions, strict=True)
    return weights, does


def people_at(service: Service, ledger: Ledger, number: int) -> list[Person]:
    """Return the people, whose accounts and tokens are made by command."""
    built = service.command("index", "build")
    if built.returncode:
        raise SystemExit(built.stderr)
    people = []
    for place in range(number):
        role, is_program = WHO[place % len(WHO)]
        name = f"{role} {place}"
        token = ""
        if is_program:
            token = service.command("tokens", "add", name, "--role", role).stdout.strip()
        elif role != "nobody":
            service.command("accounts", "add", name, "--role", role, said=PASSWORD + "\n")
        origin, draw = f"198.51.100.{place + 1}", random.Random(place)  # noqa: S311 - no secret
        people.append(Person(name, role, origin, service.address, ledger, token, draw))  # type: ignore[arg-type]
    return people
