"""What a language model adds to answers, what of it is withheld, and what the check costs.

    python benchmarks/prose.py QUESTIONS.jsonl… --url http://127.0.0.1:8081/v1 [--model NAME]

Each question is answered in quotes and then in prose by the model, on the shipped report. What is shown is
held against a rule that shares no code with the check: every run of digits, and in English every word with a
capital inside a sentence, must stand in a quote that the sentence cites. `benchmarks/smollm.py` serves a
model that invents freely.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sstc_chat.index.encoders import Encoder
from sstc_chat.rag.opening import open_engine
from sstc_chat.rag.prose.checking.support import Finding, Quoted, Support
from sstc_chat.rag.prose.model import Messages, Model, open_model
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.rag.settings import load_settings
from sstc_chat.rag.types import Answer

SECONDS = 120


class Timed(Support):
    """The check, with how long each sentence took, in milliseconds."""

    def __init__(self, encoders: Mapping[str, Encoder]) -> None:
        super().__init__(encoders)
        self.milliseconds: list[float] = []

    def check(self, sentence: str, language: str, quotes: Sequence[Quoted]) -> Finding:
        """Check a sentence as the gate does."""
        start = time.perf_counter()
        found = super().check(sentence, language, quotes)
        self.milliseconds.append(1000 * (time.perf_counter() - start))
        return found


@dataclass
class Watched:
    """A model, with when it last wrote something."""

    model: Model
    name: str = ""
    last: float = 0.0

    def stream(self, messages: Messages) -> Iterator[str]:
        """Yield what the model writes."""
        for piece in self.model.stream(messages):
            self.last = time.perf_counter()
            yield piece


def main() -> None:
    """Ask every question twice, and print what was shown, withheld and wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", nargs="+", type=Path)
    parser.add_argument("--url", required=True)
    parser.add_argument("--model", default="default")
    parser.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "sstc-chat-prose")
    options = parser.parse_args()
    engine = open_engine(load_settings({"home": options.home}, environment={}), lambda *_: None)
    timed = Timed(engine.encoders)
    model = Watched(open_model(options.url, options.model, "", SECONDS), options.model)
    writer = Writer(model, timed)
    rows = [json.loads(line) for path in options.questions for line in path.read_text("utf-8").splitlines()]
    counts: Counter[str] = Counter()
    first: list[float] = []
    for row in rows:
        quoted = engine.ask(row["question"], row.get("history", ()))
        *shown, answer = watched(writer.write(quoted, engine.documents), model)
        first += [waited for _, waited in shown[:1]]
        counts += counted(row, quoted, answer[0])
    for name, count in counts.items():
        print(f"{name:58}{count:6}")
    print_times("a check", timed.milliseconds)
    print_times("from the model's last word to the first sentence", first)


def print_times(name: str, times: Sequence[float]) -> None:
    """Print the median, the 95th percentile and the most of `times`, if there are any."""
    if times:
        median, late, most = np.quantile(times, (0.5, 0.95, 1))
        print(f"milliseconds {name}: median {median:.1f}, 95% {late:.1f}, most {most:.1f} (n {len(times)})")


def watched(answers: Iterable[Answer], model: Watched) -> Iterator[tuple[Answer, float]]:
    """Yield answers as they come, with how long it is since the model last wrote, in milliseconds."""
    for answer in answers:
        yield answer, 1000 * (time.perf_counter() - model.last)


def counted(row: dict[str, object], quoted: Answer, answer: Answer) -> Counter[str]:
    """Return what is to be counted of one answer."""
    supported = [one for one in answer.sentences if one.verdict == "supported"]
    strange = strangers(answer)
    for one in strange:
        print(f"NOT IN ITS QUOTES: {one}")
    return Counter({
        "questions": 1,
        "refused in quotes": quoted.refused,
        "answered in prose what quotes refuse": quoted.refused and not answer.refused,
        "refused in prose what quotes answer": answer.refused and not quoted.refused,
        "unanswerable, answered": not row.get("answerable", True) and not answer.refused,
        "right in quotes": right(row, quoted),
        "right in prose": right(row, answer),
        "answers with prose": answer.written,
        "sentences shown": len(supported),
        "sentences withheld": len(answer.withheld),
        **{f"  for {name}": n for name, n in Counter(one.reason for one in answer.withheld).items()},
        **({f"answers with the note {answer.note}": 1} if answer.note else {}),
        "figures or names shown that the cited quotes do not have": len(strange),
    })  # fmt: skip


def right(row: dict[str, object], answer: Answer) -> bool:
    """Whether an answer is right by its evidence; one to an unanswerable question by being refused."""
    if not row.get("answerable", True):
        return answer.refused
    shown = " ".join(" ".join(one.quote.split()) for one in answer.citations)
    evidence = row.get("evidence") or []
    assert isinstance(evidence, list)  # noqa: S101
    return not answer.refused and all(
        any(" ".join(one.split()) in shown for one in ([piece] if isinstance(piece, str) else piece))
        for piece in evidence
    )


def strangers(answer: Answer) -> list[str]:
    """Return the figures and names of shown sentences that no quote they cite has."""
    quotes = {one.number: one.quote for one in answer.citations}
    found: list[str] = []
    for sentence in answer.sentences:
        said = " ".join(quotes[number] for number in sentence.citations)
        figures = re.findall(r"\d+", sentence.text)
        names = (
            re.findall(r"(?<=[a-z,;] )[A-Z]\w+", sentence.text) if answer.question.language == "en" else []
        )
        found += [one for one in figures if one not in re.findall(r"\d+", said)]
        found += [one for one in names if one.lower() not in said.lower()]
    return found


if __name__ == "__main__":
    main()
