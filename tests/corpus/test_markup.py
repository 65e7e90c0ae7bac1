"""Links and escapes read as what they mean, and every character knows where it came from."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sstc_chat.corpus.markup import plain, without_markup

PIECES = ["word", "é", "合作", " ", "\n", "  ", r"\$", r"\*", r"\(", "(1)", "[2]", "$", "\\n", "."]
LINKS = ["[x](#)", "[two words](https://a.b/c?d=e)", "[](#)", "[a\nb](#)"]
NASTY = ["\\", "[", "]", "(", ")", "(#)", "#", "_", " ", "\n", "\r\n", "a", "é", "\u2028", "\0"]
nasty = st.lists(st.sampled_from([*PIECES, *LINKS, *NASTY]), max_size=30).map("".join)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("in [Kenya](#) now", "in Kenya now", id="link"),
        pytest.param("[two  words](https://ilo.org/a?b=c#d)", "two words", id="link-with-address"),
        pytest.param("[a](b(c)d).", "a.", id="brackets-in-target"),
        pytest.param("[a](#)[b](#)", "ab", id="links-side-by-side"),
        pytest.param("[](#)a", "a", id="link-without-label"),
        pytest.param("[a\nb](#)", "a b", id="label-on-two-lines"),
        pytest.param(r"[a\]b \$5](#)", "a]b $5", id="escapes-in-label"),
        pytest.param(r"\$5 \(half\)", "$5 (half)", id="escapes"),
        pytest.param(r"\\$", r"\$", id="escaped-backslash"),
        pytest.param(r"\[a](#)", "[a](#)", id="escaped-link"),
        pytest.param(r"[a\](#)", "[a](#)", id="escaped-end-of-label"),
        pytest.param(r"C:\new \é", r"C:\new \é", id="backslash-before-letter-stays"),
        pytest.param("end\\", "end\\", id="last-backslash-stays"),
        pytest.param("[1] and [2]", "[1] and [2]", id="no-target-stays"),
        pytest.param("[a](b c)", "[a](b c)", id="space-in-target-stays"),
        pytest.param("[a](#", "[a](#", id="open-target-stays"),
        pytest.param("[a [b](#) c]", "[a b c]", id="link-in-brackets"),
        pytest.param("\r\n a \t\n\n b\u3000c \n", "a b c", id="white-space"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_markup_reads_as_what_it_means(source: str, expected: str) -> None:
    assert plain(source) == expected


@given(st.lists(st.sampled_from([*PIECES, *LINKS]), max_size=30).map("".join))
@settings(max_examples=200)
def test_plain_equals_two_substitutions_one_after_the_other(source: str) -> None:
    unlinked = re.sub(r"\[([^\[\]]*)\]\([^()\s]*\)", r"\1", source)
    unescaped = re.sub(r"\\([$*(])", r"\1", unlinked)
    assert plain(source) == re.sub(r"\s+", " ", unescaped).strip()


@given(st.one_of(nasty, st.text()))
@settings(max_examples=200)
def test_what_is_checked_reads_as_what_is_shown(source: str) -> None:
    assert plain(source) == " ".join(without_markup(source)[0].text.split())


@given(st.one_of(nasty, st.text()))
@settings(max_examples=200)
def test_every_character_stands_for_its_own_or_for_its_escape(source: str) -> None:
    mapped, _ = without_markup(source)
    assert len(mapped) == len(mapped.starts) == len(mapped.ends)
    for character, start, end in zip(mapped.text, mapped.starts, mapped.ends, strict=True):
        assert source[start:end] in (character, "\\" + character)
    assert all(mapped.starts < mapped.ends)
    assert all(mapped.ends[:-1] <= mapped.starts[1:])


@given(nasty)
@settings(max_examples=200)
def test_a_label_lies_inside_its_link(source: str) -> None:
    _, links = without_markup(source)
    for (start, end), (outer_start, outer_end) in links.items():
        assert source[outer_start] == "["
        assert source[outer_end - 1] == ")"
        assert source[outer_start + 1 : source.index("](", end)].strip() == source[start:end]


def test_text_without_markup_stays_as_it_is() -> None:
    source = "Nothing – here, 合作 and 😀."
    mapped, links = without_markup(source)
    assert (mapped.text, links) == (source, {})
    assert mapped.starts.tolist() == list(range(len(source)))


def test_many_escapes_in_an_open_bracket_are_read_at_once() -> None:
    # In a process of its own, which can be ended: trying every way to read n escapes takes 2**n steps.
    source = r"\_".join(["[Name: ", *[""] * 60, "]"])
    program = "import sys; from sstc_chat.corpus.markup import plain; print(plain(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", program, source],
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=True,
    )
    assert done.stdout.strip() == "[Name: " + "_" * 61 + "]"
