"""Documents of four formats that are full of payloads, each with a fact to be asked for."""

from __future__ import annotations

import html

from .payloads import ELSEWHERE, MARKUP, PAYLOADS, RUN

FACT = "The seminar in Ruritania gathered 41 delegates"
QUESTION = "How many delegates did the seminar in Ruritania gather?"
TEXT = "\n\n".join(
    [
        f"# Report {PAYLOADS[0]} {PAYLOADS[-1]}",
        f"Before {PAYLOADS[1]} everything.",
        *(f"## Section {payload}\n\nPart {i}: {payload} was said." for i, payload in enumerate(PAYLOADS)),
        f'## Seminar {PAYLOADS[0]}\n\n{FACT} {PAYLOADS[0]} {PAYLOADS[14]} from [all]("{RUN}) sides.',
        "See [the site](https://ilo.org/?a=1&b=%22).",
    ]
)
ROW = {
    "id": f'"><script>{RUN}</script>',
    "title": PAYLOADS[1],
    "text": f"Grain prices fell in Syldavia. {PAYLOADS[2]}",
}
# In Markdown what is code is shown as it stands; the rest is markup of the format, and hostile.
MARKDOWN = "\n\n".join(
    [
        f"# Harbours {PAYLOADS[0]}",
        *PAYLOADS,
        *(f"It read `` {payload.replace('`', '')} `` on the wall." for payload in MARKUP),
        f"[press](javascript:{RUN}) <javascript:{RUN}> [see][1] ![see](//{ELSEWHERE}/x.png)",
        f'[1]: javascript:{RUN} "{PAYLOADS[14]}"',
        f"| {PAYLOADS[1]} | two |\n|---|---|\n| {PAYLOADS[0]} | [press](javascript:{RUN}) |",
        "The harbour of Borduria counts 17 cranes.",
    ]
)
SITE = "\n".join(
    [
        f"<!DOCTYPE html><title>{html.escape(PAYLOADS[1])}</title><body onload={RUN}>",
        f"<h1>{html.escape(PAYLOADS[0])}</h1>",
        *(f"<p>It read {html.escape(payload)} on the wall.</p>" for payload in MARKUP),
        *(f"<div>{payload}</div>" for payload in (*PAYLOADS[:5], *PAYLOADS[6:10], *PAYLOADS[11:13])),
        f'<p><a href="javascript:{RUN}">press</a> <a href="data:text/html,{RUN}" onclick="{RUN}">it</a></p>',
        f'<table><tr><td>{html.escape(PAYLOADS[2])}<td><a href="JaVaScRiPt:{RUN}">x</a></table>',
        "<p>The bridge of Poldevia is 88 metres long.</p>",
    ]
)
