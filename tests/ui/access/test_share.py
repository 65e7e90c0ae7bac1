"""Nobody gets more than their share, on the page and for programs alike, and so nobody pushes others out."""

from __future__ import annotations

import html
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext, Page, expect

from sstc_chat.corpus.errors import ShareError
from sstc_chat.ui.access.attempts import Pace
from sstc_chat.ui.access.share import Share
from sstc_chat.ui.access.visitors import Visitor
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from sstc_chat.rag.types import Answer
    from tests.ui.conftest import Make
    from tests.ui.scripted import Scripted

Serve = Callable[..., AbstractContextManager[str]]
PROXY = "127.0.0.1"
GREEDY, OTHER = "192.0.2.1", "198.51.100.7"


def visitor(name: str = "", address: str = "") -> Visitor:
    return Visitor(frozenset({"reader"}), name, address)


def is_taken(pace: Pace, who: Visitor) -> bool:
    try:
        with pace.taking(who):
            return True
    except ShareError as error:
        return not 1 <= error.seconds <= 60


def test_so_many_in_a_minute_of_each_person_and_of_each_address() -> None:
    pace = Pace(Share(a_minute=3))
    assert [is_taken(pace, visitor("Amina", GREEDY)) for _ in range(4)] == [True] * 3 + [False]
    assert not is_taken(pace, visitor(" AMINA ", OTHER))
    assert is_taken(pace, visitor("Boris", GREEDY))
    assert [is_taken(pace, visitor(address="2001:db8::1")) for _ in range(4)] == [True] * 3 + [False]
    assert not is_taken(pace, visitor(address="2001:db8::2"))
    assert is_taken(pace, visitor(address=GREEDY))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 25)), max_size=80), st.integers(1, 4))
def test_no_minute_has_more_than_a_share(steps: list[tuple[str, int]], most: int) -> None:
    """What is taken, and when the next would be, is what looking back over all that was taken says."""
    with pytest.MonkeyPatch.context() as patch:
        now, taken = 1000.0, list[tuple[str, float]]()
        patch.setattr("time.monotonic", lambda: now)
        pace = Pace(Share(a_minute=most))
        for name, later in steps:
            now += later
            lately = [when for who, when in taken if who == name and when > now - 60]
            if len(lately) < most:
                assert is_taken(pace, visitor(name))
                taken.append((name, now))
            else:
                with pytest.raises(ShareError) as caught, pace.taking(visitor(name)):
                    pass
                assert caught.value.seconds == lately[0] + 60 - now
        assert len(pace._minute._taken) <= len({name for name, when in taken if when > now - 60}) + 1


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=60), st.integers(1, 5))
def test_as_many_at_once_as_may_be_whatever_others_do(steps: list[tuple[str, bool]], most: int) -> None:
    """Each begins and ends requests in any order; what is taken is what a count for each allows."""
    pace, counted = Pace(Share(a_minute=1000, at_once=most)), Counter[str]()
    with ExitStack() as open_ones:
        under_way: dict[str, list[ExitStack]] = {name: [] for name in "abc"}
        for name, begins in steps:
            if not begins and under_way[name]:
                under_way[name].pop().close()
                counted[name] -= 1
            elif begins:
                one = open_ones.enter_context(ExitStack())
                try:
                    one.enter_context(pace.taking(visitor(name)))
                except ShareError:
                    assert counted[name] == most
                else:
                    under_way[name].append(one)
                    counted[name] += 1
                    assert counted[name] <= most
    assert all(is_taken(pace, visitor(name)) for name in "abc")


@pytest.fixture
def slow(make: Make) -> Scripted:
    """Return an engine that takes a while for each question, four at a time."""

    def reply(text: str, _: Sequence[str]) -> Answer:
        time.sleep(0.2)
        return make.answer(text)

    return make.engine({"one": [("paragraph", "It began.")]}, reply)


@pytest.fixture
def clients() -> Iterator[Callable[[str, str], httpx.Client]]:
    """Return what gives somebody who asks from an address, as the proxy tells it."""
    with ExitStack() as stack:
        yield lambda url, address: stack.enter_context(
            httpx.Client(
                base_url=url,
                headers={"X-Forwarded-For": address},
                timeout=60,
                limits=httpx.Limits(max_connections=60),
            )
        )


def ask(client: httpx.Client, question: str) -> httpx.Response:
    return client.post("/api/v1/ask", json={"question": question})


def press(client: httpx.Client, kind: str, language: str = "en", **told: object) -> httpx.Response:
    """Do what the page's script does."""
    if kind == "ask":
        return client.post(f"/{language}/ask", json={"name": "a", **told})
    events = client.get(f"/{language}/config").raise_for_status().json()["dependencies"]
    (event,) = (one["id"] for one in events if kind in [what for _, what in one["targets"]])
    body = {"data": [], "event_data": {"name": "a", **told}, "fn_index": event, "session_hash": "s"}
    return client.post(f"/{language}/gradio_api/run/predict", json=body)


def said(turn: httpx.Response) -> str:
    return html.unescape(turn.raise_for_status().text)


@pytest.mark.parametrize("way", ["programs", "page"])
def test_who_asks_fifty_at_once_pushes_nobody_out(
    serve_page: Serve, slow: Scripted, clients: Callable[[str, str], httpx.Client], way: str
) -> None:
    """Two people behind a proxy; one sends fifty questions, and then the other asks one."""

    def asked(client: httpx.Client, question: str) -> str:
        if way == "programs":
            answer = ask(client, question)
            assert answer.status_code == 200 or answer.headers["Retry-After"] == "1"
            return {200: "answered", 429: "refused"}[answer.status_code]
        turn = said(press(client, "ask", question=question))
        return "refused" if words_in("en")("errors.many") in turn else "answered"

    with (
        serve_page(slow, trusted_proxies=PROXY, languages=["en"], share=Share(at_once=8)) as url,
        ThreadPoolExecutor(60) as pool,
    ):
        greedy, other = clients(url, GREEDY), clients(url, OTHER)
        fifty = [pool.submit(asked, greedy, f"What of number {number}?") for number in range(50)]
        while len(slow.asked) < 2:
            time.sleep(0.01)
        assert asked(other, "What of mine?") == "answered"
        outcomes = Counter(one.result() for one in fifty)
        place = [text for text, _ in slow.asked].index("What of mine?")
    assert outcomes["refused"] >= 50 - 8 * 3
    assert outcomes["answered"] >= 8
    # Before it came no more than those that were taken at once, and what was taken in their place.
    assert place <= 20


def test_the_page_and_programs_count_together_and_say_when_to_come_back(
    serve_page: Serve, make: Make, clients: Callable[[str, str], httpx.Client]
) -> None:
    engine = make.engine({"one": [("paragraph", "It began.")]})
    with serve_page(engine, trusted_proxies=PROXY, share=Share(a_minute=3)) as url:
        greedy, other = clients(url, GREEDY), clients(url, OTHER)
        assert ask(greedy, "What is it?").status_code == 200
        assert greedy.get("/pages/picture?document=x").status_code != 429
        assert 'data-state="refused"' in said(press(greedy, "ask", question="What is it?"))
        late = ask(greedy, "What is it?")
        assert (late.status_code, list(late.json())) == (429, ["error"])
        assert "At most 3 requests" in late.json()["error"]
        assert 1 <= int(late.headers["Retry-After"]) <= 60
        assert late.headers["content-security-policy"]
        assert greedy.get("/api/v1/health").status_code == 429
        assert greedy.get("/pages/picture?document=x").status_code == 429
        turn = said(press(greedy, "ask", "ar", question="ما هو؟"))
        assert words_in("ar")("errors.often") in turn
        assert 'data-state="failed"' in turn
        refused = press(greedy, "limit", "ar", find="")
        assert (refused.status_code, refused.headers["Retry-After"].isdecimal()) == (429, True)
        assert refused.json()["error"] == words_in("ar")("errors.often")
        # A stop is always taken, and who asks from elsewhere is answered.
        assert press(greedy, "stop").status_code == 200
        assert ask(other, "What is it?").status_code == 200
    assert [text for text, _ in engine.asked] == ["What is it?"] * 3


def test_the_page_says_so_in_the_language_of_the_reader(
    serve_page: Serve, make: Make, context: BrowserContext
) -> None:
    """A question is told in its turn, and all else in a line above the box; what was answered stays."""
    quote = make.citation(make.lines("one", ("paragraph", "It began."))[0][0])
    engine = make.engine(
        {"one": [("paragraph", "It began.")]}, lambda question, _: make.answer(question, quote)
    )
    often = words_in("ar")("errors.often")
    with serve_page(engine, languages=["ar"], share=Share(a_minute=3)) as url:
        page = context.new_page()
        page.goto(f"{url}/ar/")
        page.wait_for_selector(".welcome")
        for number in range(3):
            page.locator("#box textarea").fill(f"What is number {number}?")
            page.locator("#box textarea").press("Enter")
            turn = page.locator(f".turn[data-name]:nth-of-type({number + 1})")
            expect(turn.locator(".asked")).to_contain_text(f"number {number}")
            expect(page.locator(".turn[data-state=pending]")).to_have_count(0)
        expect(page.locator(".turn").last).to_contain_text(often)
        expect(page.locator(".turn").first).to_contain_text("It began.")
        page.locator(".export summary").click()
        page.locator(".export [data-suffix='.md']").click()
        expect(page.locator("#notice")).to_contain_text(often)


def test_the_desk_says_so_too(serve_page: Serve, make: Make, context: BrowserContext) -> None:
    """What goes over Gradio's queue; what shows more and more of itself is taken once."""
    often = words_in("ar")("errors.often")
    with serve_page(make.engine({}), languages=["ar"], share=Share(a_minute=2)) as url:
        page = context.new_page()
        page.goto(f"{url}/ar/desk")
        shown = page.locator("#desk-start [data-shown]")
        expect(shown).to_have_count(1)
        first = shown.get_attribute("data-shown")
        page.locator("[data-step=start]").click()
        expect(shown).not_to_have_attribute("data-shown", str(first))
        expect(page.locator("#desk-start [aria-busy]")).to_have_count(0)
        page.locator("[data-step=start]").click()
        expect(page.locator("#notice")).to_contain_text(often)


def test_what_fails_for_another_reason_is_told_too(page: Page) -> None:
    """Gradio tells a page nothing of it, and what was asked for would be waited for without end."""
    said = words_in("en")("errors.other")

    def ask() -> None:
        page.locator("#box textarea").fill("What is Ejo Heza?")
        page.locator("#box textarea").press("Enter")

    ask()
    expect(page.locator(".turn[data-state=answered]")).to_be_visible()
    for address in ("**/ask", "**/run/predict"):
        page.route(address, lambda route: route.fulfill(status=500, json={"error": None}))
    page.locator(".export summary").click()
    page.locator(".export [data-suffix='.md']").click()
    expect(page.locator("#notice")).to_contain_text(said)
    ask()
    expect(page.locator(".turn[data-state=failed]")).to_contain_text(said)
