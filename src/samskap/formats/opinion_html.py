"""The opinion map as one HTML file that needs nothing else: drawing, tables, method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from samskap.engines.opinion_map import CommonGround, Group, Lacking, OpinionMap, StatementResult, StratumCount
from samskap.formats.opinion_svg import MapLabels, draw_map
from samskap.formats.opinion_words import Language, number, percent, say, stratum

__all__ = ["counts_sentence", "map_labels", "map_page", "structure_sentence"]

STYLE = """
:root { color-scheme: light dark; --line: #8886; --soft: #8881; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 62rem; padding: 1rem; }
svg { display: block; height: auto; max-width: 100%; }
table { border-collapse: collapse; margin: 0.5rem 0 1.5rem; width: 100%; }
caption { font-weight: 600; padding: 0.5rem 0; text-align: start; }
th, td { border-bottom: 1px solid var(--line); padding: 0.35rem 0.6rem; text-align: start; vertical-align: top; }
tbody th { font-weight: inherit; }
td.number, th.number { font-variant-numeric: tabular-nums; text-align: end; white-space: nowrap; }
.scroll { overflow-x: auto; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; overflow-wrap: anywhere; }
@media print { body { max-width: none; } }
"""


def map_page(result: OpinionMap, *, title: str, texts: Mapping[str, str], language: Language) -> str:
    """A whole HTML document in this language; `texts` are the words of the statements."""
    heading = title or say("untitled", language)
    parts = [
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(say('title', language))}: {escape(heading)}</title>\n<style>{STYLE}</style>\n</head>",
        f"<body>\n<main>\n<h1>{escape(say('title', language))}: {escape(heading)}</h1>",
        *_lead(result, language=language),
        f"<h2>{say('map', language)}</h2>",
        draw_map(result, width=720, height=480, labels=map_labels(result, language=language)),
        f"<p>{say('map_note', language)} {say('outline_note', language) if result.groups else ''}</p>",
        *_groups(result, texts=texts, language=language),
        *_common_ground(result, texts=texts, language=language),
        *_awaited(result, texts=texts, language=language),
        *_divisive(result, texts=texts, language=language),
        *_divided_within(result, texts=texts, language=language),
        *_uncertain(result, texts=texts, language=language),
        *_not_heard(result, language=language),
        *_all_statements(result, texts=texts, language=language),
        *_method(result, language=language),
        "</main>\n</body>\n</html>\n",
    ]
    return "\n".join(parts)


def map_labels(result: OpinionMap, *, language: Language) -> MapLabels:
    """The words of the drawing."""
    return MapLabels(
        title=say("title", language),
        description=structure_sentence(result, language=language),
        groups={group.key: say("group_size", language, name=group.key, size=group.size) for group in result.groups},
        ungrouped=say("ungrouped", language) if result.groups else "",
        unsure=say("unsure", language),
    )


def counts_sentence(result: OpinionMap, *, language: Language) -> str:
    """How much there was to work with: in words."""
    counts = result.counts
    numbers = {
        "people": counts.people,
        "votes": counts.votes,
        "statements": counts.statements,
        "inside": counts.people_in_map,
        "needed": counts.votes_needed,
    }
    return say("counts", language, **{name: number(value, language=language) for name, value in numbers.items()})


def structure_sentence(result: OpinionMap, *, language: Language) -> str:
    """Are there groups, and how sure: in words."""
    found = result.structure
    stability = f"{found.stability:.2f}" if language == "en" else f"{found.stability:.2f}".replace(".", ",")
    sentence = say(found.reason, language, groups=found.groups, stability=stability)
    return f"{sentence} {say(found.border, language)}" if found.has_groups else sentence


def _lead(result: OpinionMap, *, language: Language) -> Iterable[str]:
    counts = result.counts
    yield f"<p>{counts_sentence(result, language=language)}</p>"
    if counts.left_out:
        yield f"<p>{say('left_out', language, left_out=counts.left_out)}</p>"


def _table(caption: str, *, head: Sequence[str], rows: Iterable[Sequence[str]], language: Language) -> str:
    """A table whose first column is words and names its row; the others are short. Cells are escaped here."""
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f'<td class="number">{escape(cell)}</td>' for cell in row[1:])
        + "</tr>\n"
        for row in rows
    )
    if not body:
        return f"<h3>{escape(caption)}</h3>\n<p>{say('none', language)}</p>"
    columns = f'<th scope="col">{escape(head[0])}</th>' + "".join(
        f'<th scope="col" class="number">{escape(name)}</th>' for name in head[1:]
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption>\n<thead><tr>{columns}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def _words(keys: Iterable[str], *, language: Language) -> list[str]:
    return [say(key, language) for key in keys]


def _groups(result: OpinionMap, *, texts: Mapping[str, str], language: Language) -> Iterable[str]:
    yield f"<h2>{say('groups', language)}</h2>"
    yield f"<p>{escape(structure_sentence(result, language=language))}</p>"
    for group in result.groups:
        yield _group(group, texts=texts, language=language)


def _group(group: Group, *, texts: Mapping[str, str], language: Language) -> str:
    rows = [
        (
            texts.get(item.statement) or item.statement,
            say(item.side, language),
            percent(item.share, language=language),
            percent(item.share_elsewhere, language=language),
        )
        for item in group.representative
    ]
    caption = say("group_size", language, name=group.key, size=group.size)
    head = _words(("representative", "side", "share", "elsewhere"), language=language)
    return _table(caption, head=head, rows=rows, language=language)


def _common_ground(result: OpinionMap, *, texts: Mapping[str, str], language: Language) -> Iterable[str]:
    yield f"<h2>{say('common_ground', language)}</h2>\n<p>{say('common_note', language)}</p>"
    for side, caption in (("agree", "agreed"), ("disagree", "rejected")):
        rows = [
            _ground(ground, texts=texts, language=language) for ground in result.common_ground if ground.side == side
        ]
        head = _words(("statement", "bound", "weakest", "too_few"), language=language)
        yield _table(say(caption, language), head=head, rows=rows, language=language)


def _ground(ground: CommonGround, *, texts: Mapping[str, str], language: Language) -> tuple[str, ...]:
    return (
        texts.get(ground.statement) or ground.statement,
        percent(ground.bound, language=language),
        stratum(ground.weakest_kind, ground.weakest_stratum, language=language),
        ", ".join(stratum(name.kind, name.name, language=language) for name in ground.unheard),
    )


def _divisive(result: OpinionMap, *, texts: Mapping[str, str], language: Language) -> Iterable[str]:
    yield f"<h2>{say('divisive', language)}</h2>\n<p>{say('divisive_note', language)}</p>"
    rows = [
        (
            texts.get(item.statement) or item.statement,
            percent(item.spread, language=language),
            stratum(item.kind, item.high, language=language),
            stratum(item.kind, item.low, language=language),
        )
        for item in result.divisive
    ]
    head = _words(("statement", "spread", "high", "low"), language=language)
    yield _table(say("divisive", language), head=head, rows=rows, language=language)


def _awaited(result: OpinionMap, *, texts: Mapping[str, str], language: Language) -> Iterable[str]:
    yield f"<h2>{say('awaited', language)}</h2>\n<p>{say('awaited_note', language)}</p>"
    rows = [
        (
            texts.get(item.statement) or item.statement,
            say(item.side, language),
            ", ".join(_lacking(part, language=language) for part in item.lacking),
        )
        for item in result.awaited
    ]
    head = _words(("statement", "side", "lacking"), language=language)
    yield _table(say("awaited", language), head=head, rows=rows, language=language)


def _lacking(part: Lacking, *, language: Language) -> str:
    name = stratum(part.kind, part.name, language=language)
    return name if part.needed is None else say("needs", language, stratum=name, needed=part.needed)


def _divided_within(result: OpinionMap, *, texts: Mapping[str, str], language: Language) -> Iterable[str]:
    yield f"<h2>{say('divided', language)}</h2>\n<p>{say('divided_note', language)}</p>"
    rows = [
        (
            texts.get(item.statement) or item.statement,
            stratum(item.kind, item.name, language=language),
            percent(item.share_agree, language=language),
            percent(item.share_disagree, language=language),
        )
        for item in result.divided_within
    ]
    head = _words(("statement", "within", "agree", "disagree"), language=language)
    yield _table(say("divided", language), head=head, rows=rows, language=language)


def _uncertain(result: OpinionMap, *, texts: Mapping[str, str], language: Language) -> Iterable[str]:
    yield f"<h2>{say('uncertain', language)}</h2>"
    rows = [
        (
            texts.get(item.statement) or item.statement,
            str(item.answered),
            f"{percent(item.lower_agree, language=language)}–{percent(item.upper_agree, language=language)}",
        )
        for item in result.uncertain
    ]
    head = _words(("statement", "answered", "agree"), language=language)
    yield _table(say("uncertain", language), head=head, rows=rows, language=language)


def _not_heard(result: OpinionMap, *, language: Language) -> Iterable[str]:
    if not result.too_few:
        return
    yield f"<h2>{say('too_few', language)}</h2>\n<ul>"
    for item in result.too_few:
        name = stratum(item.kind, item.name, language=language)
        yield f"<li>{escape(say('too_few_line', language, stratum=name, needed=item.needed))}</li>"
    yield "</ul>"


def _all_statements(result: OpinionMap, *, texts: Mapping[str, str], language: Language) -> Iterable[str]:
    yield f"<h2>{say('statements', language)}</h2>"
    kinds = sorted({(count.kind, count.name) for item in result.statements for count in item.by_stratum})
    names = [stratum(kind, name, language=language) for kind, name in kinds]
    agree = say("agree", language)
    head = [*_words(("statement", "agree", "disagree", "pass"), language=language), *(f"{agree}, {x}" for x in names)]
    rows = [_statement(item, kinds=kinds, texts=texts, language=language) for item in result.statements]
    yield _table(say("statements", language), head=head, rows=rows, language=language)


def _statement(
    item: StatementResult, *, kinds: list[tuple[str, str]], texts: Mapping[str, str], language: Language
) -> tuple[str, ...]:
    told: dict[tuple[str, str], StratumCount] = {(count.kind, count.name): count for count in item.by_stratum}
    shares = [percent(told[kind].share_agree, language=language) if kind in told else "–" for kind in kinds]
    return (texts.get(item.key) or item.key, str(item.agree), str(item.disagree), str(item.passed), *shares)


def _method(result: OpinionMap, *, language: Language) -> Iterable[str]:
    yield f"<h2>{say('method', language)}</h2>"
    for part in (1, 2, 3):
        yield f"<p>{say(f'method_{part}', language)}</p>"
    made = say("made", language, engine=result.engine_version, seed=result.seed, hash=result.input_hash)
    yield f"<footer><p>{escape(made)}</p></footer>"
