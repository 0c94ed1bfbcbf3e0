"""An outlook as one HTML file that needs nothing else: sentence, drawings, tables, parameters."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from samskap.engines.outlook import Band, Comparison, Official, Outlook
from samskap.formats.charts import Face, FanChart, Line, Mark, Numbers, both_widths
from samskap.formats.languages import Language, decimal
from samskap.formats.outlook_basis import Basis
from samskap.formats.outlook_told import headline, remarks, tables
from samskap.formats.outlook_words import say
from samskap.formats.text_tables import TextTable

__all__ = ["outlook_page"]

STYLE = """
:root { color-scheme: light dark; --line: #8886; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 62rem; padding: 1rem; }
.lead { font-size: 1.25rem; }
.made-up { border: 2px solid; padding: 0.5rem 1rem; }
figure { margin: 1.5rem 0; }
figcaption { font-weight: 600; }
svg { display: block; height: auto; max-width: 100%; }
table { border-collapse: collapse; margin: 0.5rem 0 1rem; width: 100%; }
caption { font-weight: 600; padding: 0.5rem 0; text-align: start; }
th, td { border-bottom: 1px solid var(--line); padding: 0.35rem 0.6rem; text-align: start; vertical-align: top; }
tbody th { font-weight: inherit; }
td.number, th.number { font-variant-numeric: tabular-nums; text-align: end; white-space: nowrap; }
.scroll { overflow-x: auto; }
.ch-narrow { display: none; }
@media screen and (max-width: 40rem) { .ch-wide { display: none; } .ch-narrow { display: block; } }
footer { border-top: 1px solid var(--line); margin-top: 2rem; overflow-wrap: anywhere; }
@media print { body { max-width: none; } figure, table { break-inside: avoid; } }
"""
ENGLISH = Numbers(decimal=".", group=",")
OLD = "80+"


def outlook_page(
    outlook: Outlook,
    *,
    basis: Basis,
    language: Language,
    officials: Sequence[Official] = (),
    change: Comparison | None = None,
) -> str:
    """A whole HTML document in this language; `officials` of the group 80+ are drawn beside ours, `change` is told."""
    told = tables(outlook, language=language, officials=officials, change=change)
    title = escape(say("title", language, name=basis.name))
    first, *others = headline(outlook, basis=basis, language=language)
    parts = [
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>",
        *_warning(basis, language),
        f'<p class="lead">{escape(first)}</p>',
        *(f"<p>{escape(sentence)}</p>" for sentence in others),
        *_drawings(outlook, officials, basis, language),
        *(_table(table) for table in told),
        *_parameters(basis, language),
        "<footer>",
        *(f"<p>{escape(sentence)}</p>" for sentence in remarks(outlook, basis=basis, language=language)),
        "</footer>\n</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def _warning(basis: Basis, language: Language) -> Iterator[str]:
    if basis.standing == "illustrative":
        yield f'<p class="made-up">{escape(say("illustrative", language))}</p>'


def _drawings(outlook: Outlook, officials: Sequence[Official], basis: Basis, language: Language) -> Iterator[str]:
    beside = tuple(
        Line(
            say("vintage", language, edition=each.edition),
            tuple(zip(map(float, each.years), each.persons, strict=True)),
            "thin",
            1,
        )
        for each in officials
        if each.group == OLD
    )
    yield _fan("support", "support_ratio", outlook.support_ratio, outlook, basis, language, decimals=1)
    yield _fan("old", "old_chart", outlook.groups[OLD], outlook, basis, language, unit="persons", beside=beside)
    yield _fan("posts", "posts", outlook.posts, outlook, basis, language)
    if outlook.money:
        yield _fan("room", "room_share", outlook.money.room_share, outlook, basis, language, decimals=1)


def _fan(
    key: str,
    title: str,
    band: Band,
    outlook: Outlook,
    basis: Basis,
    language: Language,
    *,
    unit: str = "",
    decimals: int = 0,
    beside: tuple[Line, ...] = (),
) -> str:
    """A drawing with its name; a quantity that does not exist in some year is not drawn."""
    if not all(math.isfinite(value) for name in Band.__slots__ for value in getattr(band, name)):
        return ""

    ends = {"first": band.p50[0], "last": band.p50[-1], "low": band.p10[-1], "high": band.p90[-1]}
    words = {name: decimal(value, language=language, places=decimals) for name, value in ends.items()}
    heading = say(title, language)
    face = Face(
        key=key,
        title=heading,
        description=say("fan_text", language, base=outlook.base_year, year=outlook.years[-1], **words),
        unit=say(unit, language) if unit else "",
        decimals=decimals,
        numbers=ENGLISH if language == "en" else Numbers(),
    )
    chart = FanChart(
        face,
        say("middle", language),
        outlook.years,
        band.p50,
        inner=(say("half", language), band.p25, band.p75),
        outer=(say("most", language), band.p10, band.p90),
        beside=beside,
        today=Mark(outlook.base_year, say("today", language)),
    )
    made_up = f" <small>{escape(say('illustrative', language))}</small>" if basis.standing == "illustrative" else ""
    return f"<figure>\n<figcaption>{escape(heading)}{made_up}</figcaption>\n{both_widths(chart)}\n</figure>"


def _table(table: TextTable) -> str:
    head = f'<th scope="col">{escape(table.head[0])}</th>' + "".join(
        f'<th scope="col" class="number">{escape(cell)}</th>' for cell in table.head[1:]
    )
    body = "".join(f"<tr>{_row(row)}</tr>\n" for row in table.rows)
    note = f"\n<p>{escape(table.note)}</p>" if table.note else ""
    title = escape(table.title)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table><caption>{title}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>{note}"
    )


def _row(cells: Iterable[str]) -> str:
    first, *others = cells
    return f'<th scope="row">{escape(first)}</th>' + "".join(
        f'<td class="number">{escape(each)}</td>' for each in others
    )


def _parameters(basis: Basis, language: Language) -> Iterator[str]:
    """Every parameter with its source, behind a fold: there are many."""
    if not basis.parameters:
        return
    head = "".join(
        f'<th scope="col">{escape(say(name, language))}</th>'
        for name in ("parameter", "value", "edition", "source", "checked")
    )
    yield f"<details><summary>{escape(say('parameters', language))}</summary>"
    yield f'<div class="scroll" tabindex="0"><table><thead><tr>{head}</tr></thead>\n<tbody>'
    for each in basis.parameters:
        checked = say("yes" if each.verified else "no", language)
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in (f"{each.value:g}", each.edition, each.source, checked))
        yield f'<tr><th scope="row">{escape(each.key)}</th>{cells}</tr>'
    yield "</tbody></table></div></details>"
