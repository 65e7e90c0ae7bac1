"""A run: everybody does what they do until it is over, and it is told each minute how that goes."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from soaking.crowd import actions_of
from soaking.faults import Faults
from soaking.ledger import Ledger
from soaking.person import Person
from soaking.service import Service, Size

MINUTE = 60
# What the service holds is looked at so often; after so long it has what it needs, and may grow no more.
LOOK = 5
WARM = 300
MAY_GROW = 1.05


@dataclass
class Soak:
    """A run: the people, the faults, and how much memory there was when."""

    service: Service
    ledger: Ledger
    faults: Faults
    people: list[Person]
    pause: float
    sizes: list[tuple[float, Size]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self, seconds: float) -> None:
        """Have everybody do what they do, and tell each minute how it is."""
        threads = [threading.Thread(target=self._live, args=(person,)) for person in self.people]
        threads.append(threading.Thread(target=self._watch))
        try:
            for thread in threads:
                thread.start()
            self.faults.run(seconds, self.over)
        finally:
            self.over.set()
            for thread in threads:
                if thread.ident:  # where this was ended at once, some never began
                    thread.join()

    def _live(self, person: Person) -> None:
        weights, does = actions_of(person)
        while not self.over.is_set():
            try:
                if person.comes_in():
                    self._do(person, person.draw.choices(does, weights)[0])
            except Exception as error:  # a fault of this script or an answer of no known form: look at it
                self.ledger.find(f"{person.kind}: {error!r}")
            self.over.wait(person.draw.uniform(0, 2 * self.pause))

    def _do(self, person: Person, action: Callable[[Person], None]) -> None:
        action(person)
        self.ledger.count("actions", action.__name__)

    def _watch(self) -> None:
        begin = last = time.monotonic()
        while not self.over.wait(LOOK):
            now = time.monotonic()
            self.sizes.append((now, self.service.size()))
            if now - last >= MINUTE:
                last = now
                print(f"{(now - begin) / MINUTE:5.0f} min  {self.state()}", flush=True)

    def state(self) -> str:
        """Return in one line how it is."""
        counts, (_, size) = self.ledger.counts, self.sizes[-1]
        sums = {
            what: sum(number for name, number in counts.items() if name.startswith(what))
            for what in ("requests", "answers", "refusals", "told")
        }
        return (
            f"{sums['requests']:,} requests, {sums['answers']:,} answers, {sums['refusals']:,} refusals, "
            f"{sums['told']:,} told why not; {sum(self.faults.done.values())} faults; own {size.own:.0f} MB, "
            f"resident {size.resident:.0f} MB, {size.files} files; found: {len(self.ledger.findings)}"
        )

    def growth(self, *, judged: bool) -> str:
        """Return how memory grew since the last start, and note it where it may not have."""
        sizes = [one for at, one in self.sizes if at > self.faults.began + WARM]
        quarter = len(sizes) // 4
        if not quarter:
            return "too short a run to tell"
        first, last = (
            statistics.median(one.own for one in part) for part in (sizes[:quarter], sizes[-quarter:])
        )
        if judged and last > first * MAY_GROW:
            self.ledger.find(f"memory grew from {first:.0f} to {last:.0f} MB")
        return (
            f"{first:.0f} MB → {last:.0f} MB ({last / first - 1:+.1%}) in {len(sizes) * LOOK // MINUTE} min"
        )
