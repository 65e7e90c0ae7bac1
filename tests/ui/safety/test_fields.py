"""A walk finds every field of every view by itself, and puts markup and script into each: nothing of it runs.

It presses whatever can be pressed until it has seen everything, and fills in whatever can be filled in. A
field that stands in the source and that it has not found fails the test.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ElementHandle, FilePayload, Page

from sstc_chat.rag.evaluation.questions import parse_questions
from sstc_chat.rag.review.judging import open_judging
from sstc_chat.rag.review.rounds import Rounds
from sstc_chat.rag.review.running import Plan, ask_round, begin_round
from sstc_chat.rag.review.types import VERDICTS
from sstc_chat.rag.types import Answer, AnswerSentence
from sstc_chat.ui.app import VIEWS
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from tests.ui.safety.conftest import Hostile, Library

UI = Path(__file__).parents[3] / "ui"
WALKING = Path(__file__).with_name("walking.js").read_text("utf-8")
PATHS = (*(view.path for view in VIEWS), "sign-in", "privacy")
# What a field is made with in the source, and what it looks like on the page.
MADE_BY = {"input", "textarea", "select"}
TOLD_APART = ("name", "type", "class", "enterkeyhint", "autocomplete", "maxlength")
NOT_FILLED = {"hidden", "checkbox", "radio"}
# Scripts that make one: for the name of a conversation, and to copy where a browser knows no other way.
BY_SCRIPTS = {"conversations.js", "reading-places.js"}
NAMING = words_in("en")("chat.name")
# So often what has led to a field is pressed again, in vain.
PATIENCE = 8
LONGEST = 5000
BUSY = (
    ".turn[data-state=pending], .turn[data-writing], [aria-busy=true], #documents progress, "
    "#desk [data-action=stop]"
)


@dataclass(frozen=True)
class Writing:
    """A language model that writes nothing but payloads, under a name that is one."""

    payloads: Sequence[str]

    @property
    def model(self) -> SimpleNamespace:
        return SimpleNamespace(name=self.payloads[0])

    def write(self, answer: Answer, _: object) -> Iterator[Answer]:
        sentences = tuple(AnswerSentence(one, (1,), "supported") for one in self.payloads)
        text = " ".join(f"{one.text} [1]" for one in sentences)
        times = {**answer.milliseconds, "write": 1.0}
        yield replace(answer, text=text, sentences=sentences, milliseconds=times)

    def written(self, answer: Answer, sources: object) -> Answer:
        *_, whole = self.write(answer, sources)
        return whole


@dataclass
class Walk:
    """Somebody who fills in and presses everything on a page.

    Attributes
    ----------
    left
        By field, what is not filled into it yet.
    opened_by
        By field and button, what was pressed before it was seen, for it may be gone after it was sent.
    found
        What was seen of each field.
    fields
        Those on the page as it is.
    """

    page: Page
    hostile: Hostile
    left: dict[str, list[str]] = field(default_factory=dict)
    opened_by: dict[str, str] = field(default_factory=dict)
    found: dict[str, dict[str, Any]] = field(default_factory=dict)
    fields: list[dict[str, Any]] = field(default_factory=list)

    def everything(self, path: str) -> None:
        """Open a view and do all that can be done there."""
        self.page.goto(f"{self.hostile.site}/en/{path}")
        self.page.locator("#room, main").first.wait_for()
        order, pressed, last, idle, before = list[str](), set[str](), "", 0, set[str]()
        while idle < PATIENCE:
            seen = self._look()
            now = {one["known"] for one in (*seen["fields"], *seen["pressed"])}
            self.opened_by.update(dict.fromkeys(now - before, last))
            before, idle, self.fields = now, idle + 1, seen["fields"]
            order += [one["known"] for one in seen["pressed"] if one["known"] not in order]
            for one in seen["fields"]:
                self.left.setdefault(one["known"], list(self.hostile.payloads))
                self.found.setdefault(one["known"], one)
            filled = next((one for one in seen["fields"] if self.left[one["known"]]), None)
            again = self._openers()
            new = [one for one in seen["pressed"] if one["known"] not in pressed]
            idle = 0 if filled or new else idle
            new = new or [one for one in seen["pressed"] if one["known"] in again]
            if filled and (there := self._at(filled)):
                self._fill(filled, there)
            elif new and not filled:
                # What came to be seen last comes first, or it may be gone.
                one = max(new, key=lambda one: order.index(one["known"]))
                last = one["known"]
                pressed.add(last)
                if there := self._at(one):
                    there.dispatch_event("click")
            elif seen["inDialog"] and not filled:
                self.page.keyboard.press("Escape")
            elif not filled:
                return

    def _openers(self) -> set[str]:
        """Return what leads, one press after the other, to fields that are not filled in yet."""
        found, names = set[str](), [name for name, left in self.left.items() if left]
        while names:
            opener = self.opened_by.get(names.pop(), "")
            if opener and opener not in found:
                found.add(opener)
                names.append(opener)
        return found

    def _look(self) -> Any:  # noqa: ANN401
        """Return what can be filled in and pressed, once nothing is under way; nothing has been run."""
        self.page.wait_for_timeout(40)
        self.page.wait_for_function(f"!document.querySelector({json.dumps(BUSY)})")
        assert self.page.evaluate("window.hacked") is None
        assert self.page.evaluate(self.hostile.made) == []
        return self.page.evaluate(WALKING)

    def _at(self, one: dict[str, Any]) -> ElementHandle | None:
        """Return a field or a button; None where the page was made anew since it was looked at."""
        return self.page.query_selector(f"[data-walked='{one['number']}']")

    def _fill(self, one: dict[str, Any], there: ElementHandle) -> None:
        """Fill in one field, and those beside it, and send them as they are sent."""
        if one["type"] == "file":
            self._send_files(one, there)
        elif one["tag"] == "select":
            there.select_option(index=len(there.query_selector_all("option")) - 1)
            self.left[one["known"]] = []
        elif one["type"] == "number":
            there.fill("1")
            self.left[one["known"]] = []
        else:
            self._type(one, there)

    def _type(self, one: dict[str, Any], there: ElementHandle) -> None:
        # What is looked for is shown nowhere: all of it at once will do.
        most = int(one["attributes"].get("maxlength", LONGEST if one["type"] == "search" else 0))
        left = self.left[one["known"]]
        text = left.pop(0)
        while most and left and len(text) + len(left[0]) < most:
            text += f" {left.pop(0)}"
        text = text[:most] if most else text
        there.fill(text)
        beside = there.evaluate(
            """(one, text) => {
              const others = [...(one.form?.querySelectorAll("input, textarea") ?? [])].filter(
                (other) => !other.value && ["text", "password", "textarea"].includes(other.type));
              for (const other of others) other.value = text;
              return others.map((other) => other.name);
            }""",
            text,
        )
        for other in self.fields:
            if other["attributes"].get("name") in beside and text in self.left[other["known"]]:
                self.left[other["known"]].remove(text)
        if not self._submit(there):
            there.press("Enter")

    def _submit(self, there: ElementHandle) -> bool:
        """Send the form of a field, where it has one."""
        return bool(
            there.evaluate(
                """(one) => {
                  const send = one.form?.querySelector("[type=submit], button.primary, button");
                  send?.click();
                  return Boolean(send);
                }"""
            )
        )

    def _send_files(self, one: dict[str, Any], there: ElementHandle) -> None:
        """Send files whose names are hostile, and what is in them."""
        kind = one["attributes"]["accept"].split(",")[-1].strip()
        left = self.left[one["known"]]
        taken = len(left) if "multiple" in one["attributes"] else 1
        there.set_input_files([file_of(payload, kind) for payload in left[:taken]])
        del left[:taken]
        self._submit(there)


def file_of(payload: str, kind: str) -> FilePayload:
    """Return a hostile file under a hostile name: a question with a known answer, and a text."""
    row = {"question": f"What is {payload}?", "lang": "en", "answerable": True, "evidence": [payload]}
    name = re.sub(r"[/\\\x00-\x1f]", "_", payload)[:150] + kind
    return {"name": name, "mimeType": "text/plain", "buffer": json.dumps(row).encode()}


@pytest.fixture
def stage(
    library: Library, hostile: Hostile, serve_page: Callable[..., AbstractContextManager[str]]
) -> Iterator[Hostile]:
    """Serve hostile documents, on which a hostile model writes, with rounds that hostile raters judged."""
    rounds = Rounds(library.editor.home)
    for name in hostile.payloads[:2]:
        row = {"question": f"{hostile.question} {name}", "lang": "en", "answerable": True, "evidence": [name]}
        content = json.dumps(row).encode()
        asked = parse_questions(content, Path("hostile"), name)
        number = begin_round(rounds, library.engine.now(), asked, content, Plan(raters=2))
        assert list(ask_round(rounds, library.engine.now(), number))
    judging = open_judging(rounds, 1)
    for rater, verdict in zip(hostile.payloads[4:6], (VERDICTS[0], VERDICTS[2]), strict=True):
        for item in judging.items:
            judging.judge(rater, item, verdict, " ".join(hostile.markup)[:500])
        judging.hand_in(rater)
    with serve_page(library.engine, library.editor, writer=Writing(hostile.markup)) as url:
        yield replace(hostile, site=url)


def fields_of_the_source() -> list[dict[str, str]]:
    """Return the attributes of each field that the page's code makes, as far as they stand there."""
    found = []
    for path in UI.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "element" or not call.args:
                continue
            tag = getattr(call.args[0], "value", "")
            given = {
                word.arg.rstrip("_"): str(word.value.value)
                for word in call.keywords
                if word.arg and isinstance(word.value, ast.Constant)
            }
            if tag in MADE_BY and given.get("type") not in NOT_FILLED:
                kept = {key: value for key, value in given.items() if key in TOLD_APART}
                found.append({"tag": tag, "made in": path.name, **kept})
    return found


def fields_of_scripts() -> set[str]:
    """Return the scripts that make a field."""
    made = re.compile(r"createElement\(\"(input|textarea|select)\"\)|contentEditable")
    return {path.name for path in (UI / "static").glob("*.js") if made.search(path.read_text("utf-8"))}


def is_same(source: dict[str, str], seen: dict[str, Any]) -> bool:
    wanted = {key: value for key, value in source.items() if key not in {"tag", "made in"}}
    there = seen["attributes"]
    return seen["tag"] == source["tag"] and all(
        value in there.get(key, "").split() if key == "class" else there.get(key) == value
        for key, value in wanted.items()
    )


def test_nothing_that_is_put_into_any_field_runs(stage: Hostile, browser: Browser) -> None:
    trusting = browser.new_context(bypass_csp=True, reduced_motion="reduce", locale="en")
    asked, requested = list[str](), set[str]()
    trusting.on("request", lambda request: requested.add(request.url))
    page = trusting.new_page()
    page.set_default_timeout(15_000)
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    walk = Walk(page, stage)
    for path in (
        "",
        "desk",
        "desk?round=1&step=judge",
        "desk?round=1&step=agreement",
        "desk?round=2&step=judge",
    ):
        walk.everything(path)
    walk.everything("sign-in")
    walk.everything("privacy")
    walk.everything("documents")
    assert asked == []
    assert {url for url in requested if not url.startswith((stage.site, "blob:"))} == set()
    # What is settled or signed cannot be filled in again: some fields have had some of it, most all of it.
    some = {name for name, left in walk.left.items() if left}
    assert [name for name in some if len(walk.left[name]) == len(stage.payloads)] == []
    assert len(some) < len(walk.left) / 2
    missing = [
        one for one in fields_of_the_source() if not any(is_same(one, seen) for seen in walk.found.values())
    ]
    assert missing == []
    assert fields_of_scripts() == BY_SCRIPTS
    assert any(one["attributes"].get("aria-label") == NAMING for one in walk.found.values())
    state = trusting.storage_state(indexed_db=True)
    trusting.close()
    look_again(browser.new_context(storage_state=state, locale="en"), stage)


def look_again(context: BrowserContext, stage: Hostile) -> None:
    """Open all views as they are now under the policy of the page: it has nothing to hold back."""
    context.add_init_script(
        "window.held = []; document.addEventListener('securitypolicyviolation',"
        " (event) => held.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));"
    )
    requested: set[str] = set()
    context.on("request", lambda request: requested.add(request.url))
    page = context.new_page()
    desks = [
        f"desk?round={number}&step={step}" for number in (1, 2) for step in ("figures", "judge", "feedback")
    ]
    for path in (*PATHS, *desks):
        page.goto(f"{stage.site}/en/{path}")
        page.locator("#room, main").first.wait_for()
        page.wait_for_timeout(300)
        assert page.evaluate("[window.held, window.hacked ?? null]") == [[], None], path
        assert page.evaluate(stage.made) == [], path
    assert {url for url in requested if not url.startswith(stage.site)} == set()
    context.close()
