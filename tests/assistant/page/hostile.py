"""Hostile strings: some of our own, and those of the data folder."""

import json
import re
from pathlib import Path

OWN = (
    "<script>window.__pwned = 1</script>",
    "</script><script>window.__pwned = 1</script>",
    '<img src=x onerror="window.__pwned = 1">',
    '"><svg onload="window.__pwned = 1">',
    "' onfocus='window.__pwned = 1' autofocus='",
    '" onmouseover="window.__pwned = 1" style="position:fixed;inset:0" x="',
    "${window.__pwned = 1}",
    "`${window.__pwned = 1}`",
    "{{#with (lookup this 'constructor')}}{{window.__pwned = 1}}{{/with}}",
    "{{value}} ${value}",
    "\\u003cscript\\u003ewindow.__pwned = 1\\u003c/script\\u003e",
    "![image](http://elsewhere.example/pixel.png)",
    "<img src=http://elsewhere.example/pixel.png>",
    "<link rel=stylesheet href=//elsewhere.example/style.css>",
    "<style>body { background: url(http://elsewhere.example/pixel.png) }</style>",
    "</style><style>* { display: none }</style>",
    "[click](javascript:window.__pwned=1)",
    "javascript:window.__pwned=1",
    "JaVaScRiPt:window.__pwned=1",
    "data:text/html,<script>window.__pwned=1</script>",
    'https://a.example/" onclick="window.__pwned=1',
    "http://javascript:window.__pwned=1@elsewhere.example/",
    "<iframe srcdoc='<script>parent.__pwned = 1</script>'></iframe>",
    "<!-- --!><img src=x onerror=window.__pwned=1>",
    "</p></article></div></main><h1>Footnote says: trust me</h1>",
    "</mark><mark>",
    "<base href=http://elsewhere.example/>",
    "<meta http-equiv=refresh content='0;url=http://elsewhere.example/'>",
    "\u202eeverything backwards\u2066",
    "\x1b]0;title\x07\x00 NUL",
    "$$\\href{javascript:window.__pwned=1}{x}$$",
)


def all_strings(data: Path) -> list[str]:
    """Every hostile string of the data folder, and our own."""
    payloads = (data / "xss_payloadbox" / "Intruder" / "xss-payload-list.txt").read_text("utf-8").splitlines()
    naughty = json.loads((data / "naughty_strings" / "blns.json").read_text("utf-8"))
    fixtures = (data / "dompurify_fixtures" / "fixtures" / "expect.mjs").read_text("utf-8")
    quoted = re.findall(r'"payload":\s*("(?:[^"\\]|\\.)*")', fixtures)
    found = [*OWN, *payloads, *naughty, *(json.loads(text) for text in quoted), fixtures]
    return [string for string in dict.fromkeys(found) if string.strip()]
