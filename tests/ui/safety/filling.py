"""Fields are filled with payloads and sent: each payload once into each field."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from playwright.sync_api import ElementHandle, FilePayload

from .controls import Control

LONGEST = 5000
# Gives a text to the other fields of a form that are empty, and returns their names.
FILL_BESIDE = """(one, text) => {
  const others = [...(one.form?.querySelectorAll("input, textarea") ?? [])].filter(
    (other) => !other.value && ["text", "password", "textarea"].includes(other.type));
  for (const other of others) other.value = text;
  return others.map((other) => other.name);
}"""
# Sends the form of a field, where it has one, and returns whether it has.
SUBMIT = """(one) => {
  const send = one.form?.querySelector("[type=submit], button.primary, button");
  send?.click();
  return Boolean(send);
}"""


@dataclass
class Filling:
    """What is put into fields.

    Attributes
    ----------
    left
        By field, what is not filled into it yet.
    """

    payloads: Sequence[str]
    left: dict[str, list[str]] = field(default_factory=dict)

    def next_of(self, fields: Sequence[Control]) -> Control | None:
        """Return the first field that something is left for."""
        for one in fields:
            self.left.setdefault(one.known, list(self.payloads))
        return next((one for one in fields if self.left[one.known]), None)

    def fill(self, one: Control, there: ElementHandle, fields: Sequence[Control]) -> None:
        """Fill in one of the fields, and those beside it, and send them as they are sent."""
        if one.type == "file":
            self._send_files(one, there)
        elif one.tag == "select":
            there.select_option(index=len(there.query_selector_all("option")) - 1)
            self.left[one.known] = []
        elif one.type == "number":
            there.fill("1")
            self.left[one.known] = []
        else:
            self._type(one, there, fields)

    def _type(self, one: Control, there: ElementHandle, fields: Sequence[Control]) -> None:
        text = self._text_for(one)
        there.fill(text)
        beside = there.evaluate(FILL_BESIDE, text)
        for other in fields:
            if other.attributes.get("name") in beside and text in self.left[other.known]:
                self.left[other.known].remove(text)
        if not there.evaluate(SUBMIT):
            there.press("Enter")

    def _text_for(self, one: Control) -> str:
        """Take as many payloads as a field has room for; one where it does not say."""
        # What is looked for is shown nowhere: all of it at once will do.
        most = int(one.attributes.get("maxlength", LONGEST if one.type == "search" else 0))
        left = self.left[one.known]
        text = left.pop(0)
        while most and left and len(text) + len(left[0]) < most:
            text += f" {left.pop(0)}"
        return text[:most] if most else text

    def _send_files(self, one: Control, there: ElementHandle) -> None:
        """Send files whose names are hostile, and what is in them."""
        kind = one.attributes["accept"].split(",")[-1].strip()
        left = self.left[one.known]
        taken = len(left) if "multiple" in one.attributes else 1
        there.set_input_files([file_of(payload, kind) for payload in left[:taken]])
        del left[:taken]
        there.evaluate(SUBMIT)


def file_of(payload: str, kind: str) -> FilePayload:
    """Return a hostile file under a hostile name: a question with a known answer, and a text."""
    row = {"question": f"What is {payload}?", "lang": "en", "answerable": True, "evidence": [payload]}
    name = re.sub(r"[/\\\x00-\x1f]", "_", payload)[:150] + kind
    return {"name": name, "mimeType": "text/plain", "buffer": json.dumps(row).encode()}
