"""Markup and script that would run, or fetch something, wherever it were not escaped."""

from __future__ import annotations

ELSEWHERE = "hostile.example"
RUN = "window.hacked=1"
PAYLOADS = (
    f"<script>{RUN}</script>",
    f"<img src=//{ELSEWHERE}/x onerror={RUN}>",
    f"<svg onload={RUN}><script>{RUN}</script></svg>",
    f"<svg><animate onbegin={RUN} attributeName=x></svg>",
    f'<iframe srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<details open ontoggle={RUN}>",
    f"<style>@import '//{ELSEWHERE}/x';*{{background:url(//{ELSEWHERE}/x)}}</style>",
    f"<link rel=stylesheet href=//{ELSEWHERE}/x>",
    f"<meta http-equiv=refresh content=0;url=//{ELSEWHERE}>",
    f"<base href=//{ELSEWHERE}/>",
    f"<form action=//{ELSEWHERE}><button autofocus onfocus={RUN}>",
    f"<template shadowrootmode=open><script>{RUN}</script></template>",
    f"<math><mtext><style><img src=x onerror={RUN}></style></mtext></math>",
    f"</textarea></title></style></script><script>{RUN}</script>",
    f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    f"' onclick='{RUN}' x='",
    f"${{{RUN}}} {{{{{RUN}}}}} <%= {RUN} %> `${{{RUN}}}`",
    f"[press](javascript:{RUN}) [press](JaVaScRiPt:{RUN}) [press](\x01javascript:{RUN})",
    f"[press](data:text/html,<script>{RUN}</script>) [press](//{ELSEWHERE}) ![see](https://{ELSEWHERE}/x.png)",
    f"\uff1cscript\uff1e{RUN}\uff1c/script\uff1e \\u003cscript\\u003e{RUN} %3Cscript%3E &lt;script&gt;{RUN}",
    "\u202etfel ot thgir morf\u2066 \u2028 \u200f",
)
# Those that no reader of a format takes for a link.
MARKUP = PAYLOADS[:17]
# Whatever could have come out of a payload, where the page shows what others have written.
MADE = """() => {
  const made =
    "script, img, iframe, style, link, meta, base, form[action], template, math, object, animate";
  const shown = ".conversation, .report, .contents, .chooser, #documents, #desk, #limits, #notice, dialog";
  const all = [...document.querySelectorAll(shown)].flatMap((part) => [...part.querySelectorAll("*")]);
  return all.filter((one) =>
    (one.matches(made) && !(one.matches("template") && one.classList.length)) ||
    one.getAttributeNames().some((name) => name.startsWith("on")) ||
    (one.href && !/^(https?|mailto|blob):/.test(one.href))).map((one) => one.outerHTML);
}"""
