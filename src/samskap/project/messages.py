"""Collect the texts of the interface into the catalogues, without GNU gettext: `make messages`.

Texts are marked in Python files and in Django's templates. The catalogues hold what the sources hold and no more: a
text that is gone loses its translation, a new one waits empty, and nothing is guessed from a text that looks alike.
Neither line numbers nor dates are written, so that a catalogue changes only when a text does.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

__all__ = ["LANGUAGES", "LOCALE", "Text", "collect", "main", "read_catalogue", "update", "written"]

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "locale"
LANGUAGES = ("nb", "nn", "en")
SOURCE_LANGUAGE = "en"

Id: TypeAlias = str | tuple[str, str]

# Which arguments of a marking function are the text, its plural and (c) its context, in Babel's terms.
_FORMS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = _FORMS | {
    f"{name}_{kind}": form for name, form in _FORMS.items() if name != "_" for kind in ("lazy", "noop")
}
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)", re.DOTALL)


@dataclass(frozen=True, order=True)
class Text:
    """One text of the interface: its context ("" for none), the text, and the plural form ("" for none)."""

    context: str
    single: str
    plural: str

    @property
    def id(self) -> Id:
        return (self.single, self.plural) if self.plural else self.single


def collect(root: Path = PACKAGE) -> dict[Text, list[str]]:
    """Every text that is marked under `root`, and the files it stands in, relative to `root`."""
    found: dict[Text, set[str]] = {}
    for file in _sources(root):
        texts = _in_python(file) if file.suffix == ".py" else _in_template(file)
        for text in texts:
            found.setdefault(text, set()).add(file.relative_to(root).as_posix())
    return {text: sorted(found[text]) for text in sorted(found)}


def read_catalogue(language: str, folder: Path = LOCALE) -> Catalog:
    """The catalogue of a language; an empty one where there is none yet."""
    file = _file(language, folder)
    if not file.exists():
        return Catalog(locale=language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def written(language: str, texts: dict[Text, list[str]], old: Catalog) -> str:
    """The content of a catalogue file: these texts, with the translations that the old catalogue has for them."""
    new = Catalog(locale=language)
    for text, files in texts.items():
        said = _kept(text, old) if language != SOURCE_LANGUAGE else text.id
        new.add(text.id, said, locations=[(file, 0) for file in files], context=text.context or None)
    stream = BytesIO()
    write_po(
        stream, new, width=0, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False
    )  # width=0: a text is one line, however long
    return _header(language, new.plural_forms) + stream.getvalue().decode().rstrip() + "\n"


def update(folder: Path = LOCALE) -> dict[str, int]:
    """Write the catalogues anew; how many texts of each language wait for a translation."""
    texts = collect()
    for language in LANGUAGES:
        file = _file(language, folder)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(written(language, texts, read_catalogue(language, folder)), encoding="utf-8")
    return {language: _waiting(read_catalogue(language, folder)) for language in LANGUAGES}


@click.command()
def main() -> None:
    """Collect the texts of the interface into the catalogues."""
    for language, waiting in update().items():
        click.echo(f"{language}: {waiting} texts wait for a translation" if waiting else f"{language}: complete")


def _sources(root: Path) -> Iterator[Path]:
    python = (file for file in root.rglob("*.py") if "migrations" not in file.parts)
    templates = (file for kind in ("html", "txt") for file in root.rglob(f"templates/**/*.{kind}"))
    yield from sorted([*python, *templates])


def _in_python(file: Path) -> Iterator[Text]:
    with file.open("rb") as stream:
        for _line, said, _comments, context in extract("python", stream, keywords=KEYWORDS):
            parts = said if isinstance(said, tuple) else (said,)
            single, plural = (*parts, "")[:2]
            yield Text(context or "", single, plural)


def _in_template(file: Path) -> Iterator[Text]:
    """Django turns a template into calls; what stands between them is not Python, so they are read one by one."""
    for call in _CALL.finditer(templatize(file.read_text(encoding="utf-8"), origin=str(file))):
        parts = [ast.literal_eval(part) for part in re.findall(_LITERAL, call[2], re.DOTALL)]
        context = parts.pop(0) if "p" in call[1] else ""
        yield Text(context, parts[0], parts[1] if len(parts) > 1 else "")


def _kept(text: Text, old: Catalog) -> str | tuple[str, ...]:
    known = old.get(text.single, text.context or None)
    if known is None or known.fuzzy or known.pluralizable != bool(text.plural):
        return ("", "") if text.plural else ""
    said = known.string or ""
    return said if isinstance(said, str) else tuple(said)


def _waiting(catalogue: Catalog) -> int:
    said = [message.string if message.pluralizable else [message.string] for message in catalogue if message.id]
    return sum(not all(forms or [""]) for forms in said)


def _file(language: str, folder: Path) -> Path:
    return folder / language / "LC_MESSAGES" / "django.po"


def _header(language: str, plural_forms: str) -> str:
    lines = [
        'msgid ""',
        'msgstr ""',
        '"Project-Id-Version: Samskap\\n"',
        f'"Language: {language}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"Plural-Forms: {plural_forms}\\n"',
    ]
    return "\n".join(lines) + "\n\n"


if __name__ == "__main__":
    main()
