"""Texts that try to be more than text, and reports in which every foreign text is one of them."""

from dataclasses import replace

from gitscale.risk.finding import Delta, Finding, Measure, Place, Related, Report, lines_of
from tests.risk.reports import RULES

COMMANDS = (
    "::error file=policy.yaml,line=1::forged",
    "  ::stop-commands::x",
    ":::error::x",
    "::notice::x::y",
    "##[error]forged",
    "###[add-mask]forged",
    "a ##[group x=1;y=2] b",
    "#\u200b#[error]x",
    "##\ufe0f[error]x",
    "\u200b::error::x",
    "\ufeff::error::x",
    "\u3164::error::x",
    "\u00ad:\u00ad:error::x",
    "\U000e0001::error::x",
    "%0A::error::x",
    "%250A::error::x",
)
BREAKS = tuple(
    f"a{end}::error::x" for end in ("\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1e", "\x85", "\u2028", "\u2029")
)
TERMINAL = ("\x1b[2J\x1b]0;x\x07", "\x9b2J", "\x00", "\x7f", "\u202etxt.exe", "\u2066a\u2069", "\t\ta", "\x08\x08")
MARKDOWN = (
    "`code` ``` ~~~",
    "a | b || c",
    "a\\|b\\\\|c",
    "<img src=x onerror=alert(1)>",
    "</code></pre></details></td><h1>x",
    "<!-- --><!-- gitscale:risk-gate -->",
    "&lt;b&gt; &#60;b&#62; &amp;#64;all",
    "@all @org/team a@example.org mailto:a@example.org",
    "![x](https://example.org/x.png) [x](javascript:x) [x]: https://example.org",
    "https://example.org www.example.org WWW.example.org xmpp:a@b.c",
    "#1 org/repo#1 GH-1 :skull: $x$ $$y$$",
    "**bold** __bold__ ~~gone~~ *a* _b_",
    "# head",
    "- [x] item",
    "1. item",
    "> quote",
    "===",
    "---",
    "    code",
)
DATA = (
    "]]> ]]&gt; <!ENTITY x>",
    "{0} {x} [a](1) \\[",
    "\ufffe\uffff\ud800",
    "\udc80.yaml",
    "\"quoted\" 'too'",
    "x" * 10_000,
    "界" * 200,
    "",
)
TEXTS = (*COMMANDS, *BREAKS, *TERMINAL, *MARKDOWN, *DATA)


def report(text: str) -> Report:
    """A report in which everything that comes from a pull request is the text."""
    path = text.replace("\ud800", "")  # which a path cannot hold: it comes from bytes
    place = Place(path, 1, 1, 4)
    finding = Finding(
        "GS101", "error", text, place, text or "none", (text, text), text, 1.0, 2.0, (Related(place, text),)
    )
    whole = Finding("GS104", "warning", f"in {text}", Place(f"bots/{path}"), state="accepted")
    long = Finding("GS903", "note", f"#{text}", Place("##", 2, 90), f":{text}", related=(Related(Place("#"), text),))
    measure = Measure(100.0, 5.0, 40.0)
    deltas = (
        Delta("bot", text, measure, Measure(200.0, 5.0, 20.0), "risk-adding", 100.0, text, ((text, text, text),)),
        Delta("account", f"{text}/{text}", None, measure, "neutral"),
    )
    return Report(
        findings=(finding, whole, long),
        rules=RULES,
        files=1,
        bots=1,
        version="0.1.0",
        deltas=deltas,
        base=text or "main",
        head=text,
        sources={path: lines_of(text), "##": lines_of(f"\n{text * 3}{'.' * 80}##{text}")},
    )


def everything() -> Report:
    """One report with all of them."""
    reports = [report(text) for text in TEXTS]
    findings = tuple(item for single in reports for item in single.findings)
    sources = {path: lines for single in reports for path, lines in single.sources.items()}
    return replace(reports[0], findings=findings, sources=sources)
