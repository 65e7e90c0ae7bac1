"""Programs get what the command line prints, or one line of JSON that says what was wrong."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from sstc_chat.rag.access import accounts, tokens
from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.documents.listing import rows_object, rows_of
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.feedback.keeping import all_feedback
from sstc_chat.rag.output import answer_object, hits_object
from sstc_chat.rag.records.record import record_of
from sstc_chat.rag.records.selectors import annotated
from sstc_chat.rag.types import Answer, AnswerSentence
from sstc_chat.ui.access.visitors import Door

if TYPE_CHECKING:
    from tests.ui.conftest import Make
    from tests.ui.scripted import Scripted as Library
    from tests.ui.scripted import Texts

QUESTION = "What is Ejo Heza?"
PAGE = (Path(__file__).parents[3] / "docs" / "API.md").read_text("utf-8")
Serve = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where accounts, tokens and feedback are kept; one must show who one is."""
    made = tmp_path_factory.mktemp("place")
    accounts.add(made, "Amina", "nine cups of black tea", ["evaluator"])
    return made


@pytest.fixture(scope="module")
def url(serve_page: Serve, engine: Engine, place: Path) -> Iterator[str]:
    door = Door(place, readers="signed-in")
    editor = Editor(place, {}, {})  # is described, and changes nothing here
    with serve_page(engine, editor, door=door, languages=[]) as address:
        yield address


@pytest.fixture(scope="module")
def token(place: Path) -> str:
    return tokens.add(place, "A program", [])


@pytest.fixture
def client(url: str, token: str) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"{url}/api/v1", headers=headers, timeout=60) as opened:
        yield opened


def timeless(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer without what is another each time it is asked."""
    kept = {key: value for key, value in answer.items() if key not in {"milliseconds", "record"}}
    return dict(json.loads(json.dumps(kept)))


@pytest.mark.parametrize("question", [QUESTION, "Écris-moi un poème sur la mer."])
def test_an_answer_is_that_of_the_command_line(client: httpx.Client, engine: Engine, question: str) -> None:
    answer = client.post("/ask", json={"question": question}).raise_for_status().json()
    assert timeless(answer) == timeless(answer_object(engine.ask(question)))
    assert set(answer["milliseconds"]) == set(engine.ask(question).milliseconds)
    assert answer["record"]["question"] == question


def test_a_follow_up_is_understood_with_what_was_asked_before(client: httpx.Client, engine: Engine) -> None:
    question, history = "And in Kenya?", ["Which study tours took place in Madagascar?"]
    answer = client.post("/ask", json={"question": question, "history": history}).raise_for_status().json()
    assert answer["standalone_question"] != question
    assert timeless(answer) == timeless(answer_object(engine.ask(question, history)))


def test_passages_and_documents_are_those_of_the_command_line(client: httpx.Client, engine: Engine) -> None:
    found = client.post("/search", json={"question": QUESTION, "top": 3}).raise_for_status().json()
    assert found == json.loads(json.dumps(hits_object(engine.search(QUESTION, 3))))
    listed = client.get("/documents").raise_for_status().json()
    assert listed == json.loads(json.dumps(rows_object(rows_of(engine.store), engine.store)))


def test_a_record_is_checked_and_feedback_is_kept_and_taken_back(
    client: httpx.Client, place: Path, engine: Engine
) -> None:
    record = client.post("/ask", json={"question": QUESTION}).json()["record"]
    own = json.loads(json.dumps(annotated(record_of(engine.ask(QUESTION)), engine.store)))
    assert {key for key in own if own[key] != record[key]} <= {"milliseconds", "asked", "made"}
    assert set(record) == set(own)
    checked = client.post("/records/check", json={"records": [record]}).raise_for_status().json()
    assert '"same"' in json.dumps(checked)
    sent = client.post("/feedback", json={"good": True, "record": record, "comment": "Yes."})
    assert [one.opinion.comment for one in all_feedback(place)] == ["Yes."]
    assert client.get("/opinions").status_code == 403
    reader = {"Authorization": f"Bearer {tokens.add(place, 'The figures', ['evaluator'])}"}
    (kept,) = client.get("/opinions", headers=reader).raise_for_status().json()
    assert (kept["good"], kept["comment"], kept["record"]) == (True, "Yes.", record)
    back = f"/feedback/{sent.json()['token']}"
    assert client.delete(back).status_code == 204
    assert all_feedback(place) == []
    assert client.delete(back).json() == {
        "error": "There is no feedback with this token. It was taken back already, or removed."
    }


@pytest.mark.parametrize(
    ("path", "body", "status", "said"),
    [
        ("/ask", {"question": ""}, 422, "question: String should match pattern"),
        ("/ask", {"question": "x" * 2001}, 422, "question: String should have at most 2000 characters"),
        ("/ask", {"question": "  "}, 422, "question"),
        ("/ask", {"question": "?!"}, 400, ""),
        ("/ask", {}, 422, "question: Field required"),
        ("/ask", {"question": QUESTION, "documents": ["none"]}, 404, "There is no document 'none'"),
        ("/ask", {"question": QUESTION, "surprise": 1}, 422, "surprise: Extra inputs"),
        ("/ask/stream", {"question": QUESTION, "years": ["1066"]}, 404, "There is no year '1066'"),
        ("/search", {"question": QUESTION, "top": 51}, 422, "top: Input should be less"),
        ("/records/check", {"records": [{}]}, 400, ""),
        ("/feedback", {"good": True, "record": {"format": "x"}}, 400, ""),
        ("/nowhere", {}, 404, "There is nothing here."),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    client: httpx.Client, path: str, body: dict[str, Any], status: int, said: str
) -> None:
    answer = client.post(path, json=body)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])
    assert said in answer.json()["error"]
    assert "Traceback" not in answer.text


def test_what_is_no_json_or_too_much_of_it_is_said(client: httpx.Client) -> None:
    assert client.post("/ask", content=b"{").status_code == 422
    assert client.post("/ask", content=b"x" * (1024 * 1024 + 1)).status_code == 413
    assert client.get("/ask").json() == {"error": "Method Not Allowed"}


@pytest.mark.parametrize("header", [None, "Bearer sstc_wrong", "Basic YTpi", "Bearer", "nonsense"])
def test_without_a_token_that_is_known_nothing_is_answered(url: str, header: str | None) -> None:
    headers = {"Authorization": header} if header else {}
    answer = httpx.post(f"{url}/api/v1/ask", json={"question": QUESTION}, headers=headers)
    assert (answer.status_code, list(answer.json())) == (401, ["error"])
    assert httpx.get(f"{url}/api/v1/health", headers=headers).json()["status"] == "ok"


def test_a_wrong_token_is_not_taken_for_nobody(serve_page: Serve, make: Make, tmp_path: Path) -> None:
    """Where questions are answered without one, who brings one that was removed learns of it."""
    with serve_page(make.engine({}), door=Door(tmp_path), languages=[]) as url:
        asked = {"url": f"{url}/api/v1/ask", "json": {"question": "Who?"}}
        assert httpx.post(**asked).status_code == 200  # type: ignore[arg-type]
        assert httpx.post(**asked, headers={"Authorization": "Bearer x"}).status_code == 401  # type: ignore[arg-type]


class Scripted:
    """Writes two sentences, one after the other."""

    def write(self, answer: Answer, _: object) -> Iterator[Answer]:
        first = AnswerSentence("It saves.", (1,), "supported")
        yield replace(answer, text="It saves. [1]", sentences=(first,))
        yield replace(answer, text="It saves. It lasts. [1]", sentences=(first, first))

    def written(self, answer: Answer, sources: object) -> Answer:
        *_, whole = self.write(answer, sources)
        return whole


def events(answer: httpx.Response) -> list[tuple[str, dict[str, Any]]]:
    assert answer.headers["content-type"].startswith("text/event-stream")
    found = re.findall(r"event: (\w+)\ndata: (.*)\n\n", answer.text)
    return [(name, json.loads(data)) for name, data in found]


def test_quotes_come_at_once_and_then_each_sentence(
    serve_page: Serve, engine: Engine, tmp_path: Path
) -> None:
    with serve_page(engine, door=Door(tmp_path), writer=Scripted(), languages=[]) as url:
        asked = {"question": QUESTION}
        told = events(httpx.post(f"{url}/api/v1/ask/stream", json=asked, timeout=60))
        quoted = events(httpx.post(f"{url}/api/v1/ask/stream", json={**asked, "quotes": True}, timeout=60))
        whole = httpx.post(f"{url}/api/v1/ask", json=asked, timeout=60).json()
    assert [name for name, _ in told] == ["quotes", "sentence", "sentence", "done"]
    assert timeless(told[0][1]) == timeless(answer_object(engine.ask(QUESTION)))
    assert [len(answer["sentences"]) for _, answer in told[1:]] == [1, 2, 2]
    assert [name for name, _ in quoted] == ["quotes", "done"]
    assert timeless(whole) == timeless(told[-1][1])


@dataclass
class Changing:
    """A library out of which the quoted document is taken behind each of the first `times` answers."""

    engine: Library
    there: Texts
    times: int

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self.engine, name)

    @property
    def store(self) -> Texts:
        self.times -= 1
        return self.there if self.times < 0 else replace(self.there, texts={"one": ""})


@pytest.mark.parametrize(("times", "status"), [(0, 200), (2, 200), (3, 400)])
def test_a_question_whose_quotes_are_gone_at_once_is_asked_again(
    serve_page: Serve, make: Make, times: int, status: int
) -> None:
    """Nobody is told of a library that changed between an answer and its record, unless it goes on so."""
    lines, _ = make.lines("one", ("paragraph", "It began in Turin."))
    answer = make.answer("Where?", make.citation(lines[0]))
    engine = make.engine({"one": [("paragraph", "It began in Turin.")]}, lambda *_: answer)
    with serve_page(Changing(engine, engine.store, times), languages=[]) as url:
        told = httpx.post(f"{url}/api/v1/ask", json={"question": "Where?"}, timeout=60)
    assert told.status_code == status
    assert len(engine.asked) == min(times + 1, 3)
    if status == 200:
        selector = told.json()["record"]["citations"][0]["target"][0]["selector"][1]
        assert selector["exact"] == "It began in Turin."


def test_the_description_tells_of_every_address(client: httpx.Client) -> None:
    described = client.get("/openapi.json").raise_for_status().json()
    paths = set(re.findall(r"^\| `\w+ (/[\w/]+?)`", PAGE, re.MULTILINE))
    assert {re.sub(r"{(\w+)}", lambda name: name[1].upper(), path) for path in described["paths"]} == paths
    secured = {
        path for path, methods in described["paths"].items() for one in methods.values() if "security" in one
    }
    assert secured == set(described["paths"]) - {"/health"}
    for methods in described["paths"].values():
        for one in methods.values():
            failed = one["responses"]["422"]["content"]["application/json"]["schema"]
            assert failed == {"$ref": "#/components/schemas/Failure"}


def test_the_lines_for_the_shell_work_as_they_stand(url: str, token: str) -> None:
    lines = [line for line in re.findall(r"^curl .*$", PAGE, re.MULTILINE) if "/documents/" not in line]
    assert len(lines) == 4
    if shutil.which("curl") is None:
        pytest.skip("There is no curl here.")
    for line in lines:
        command = line.replace("https://chat.example.org", url)
        environment = {**os.environ, "SSTC_CHAT_TOKEN": token}
        done = subprocess.run(command, shell=True, env=environment, capture_output=True, check=True)  # noqa: S602
        assert b'"error"' not in done.stdout
        assert done.stdout


def test_the_example_in_python_works_as_it_stands(
    url: str, token: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    monkeypatch.setenv("SSTC_CHAT_TOKEN", token)
    exec(program.replace("https://chat.example.org", url), {})  # noqa: S102
    printed = capsys.readouterr().out
    assert "Ejo Heza" in printed
    assert "'same'" in printed
