"""The three catalogues are complete, follow the sources, and say the same with the same gaps and tags."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.formats import date_format
from django.utils.translation import override
from django.utils.translation.trans_real import DjangoTranslation

from samskap.project.messages import LANGUAGES, LOCALE, PACKAGE, Text, collect, read_catalogue, update, written

NORWEGIAN = ("nb", "nn")
# Longer than three words and rightly the same in Norwegian as in English.
SAME_IN_ALL: set[str] = set()
# Words that give the other written form away.
ONLY_BOKMAL = r"ikke|jeg|hva|hvor|hvordan|hvorfor|hvem|hvilken|hvilke|fra|bare|noe|noen|være|gjøre|selv|dere|siden"
ONLY_NYNORSK = r"ikkje|eg|kva|korleis|kvifor|kven|frå|berre|noko|nokon|vere|gjere|sjølv|dykk|sida|ein|eit|dei|ho"
# English words of the house, and the stem that its translation must hold in bokmål and in nynorsk.
TERMS = [
    ("opinion map", "meningskart", "meiningskart"),
    ("common direction", "felles retning", "felles retning"),
    ("common ground", "felles grunn", "felles grunn"),
    ("statement", "påstand", "påstand"),
    ("municipality", "kommune", "kommun"),
    ("facilitator", "prosessled", "prosessleia"),
    ("participant", "deltak", "deltak"),
]
GAP = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")


@pytest.fixture(scope="module")
def texts() -> dict[Text, list[str]]:
    return collect()


def entries(language: str) -> Iterator[Message]:
    return (message for message in read_catalogue(language) if message.id)


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """Each text of a message with what is said for it; a plural has two."""
    if message.pluralizable:
        yield from zip(message.id, message.string, strict=True)
    else:
        yield message.id, message.string


def said(language: str) -> Iterator[tuple[str, str]]:
    for message in entries(language):
        yield from pairs(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_is_what_the_sources_give(language: str, texts: dict[Text, list[str]]) -> None:
    """`make messages` would change nothing."""
    file = LOCALE / language / "LC_MESSAGES" / "django.po"
    assert written(language, texts, read_catalogue(language)) == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_none_is_fuzzy(language: str, texts: dict[Text, list[str]]) -> None:
    catalogue = read_catalogue(language)
    found = {text: catalogue.get(text.single, text.context or None) for text in texts}
    assert [text.single for text, message in found.items() if message is None or message.fuzzy] == []
    assert [message.id for message in entries(language) if not all(form for _id, form in pairs(message))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_both_forms(language: str) -> None:
    assert read_catalogue(language).num_plurals == 2
    assert [m.id for m in entries(language) if m.pluralizable and len(m.string) != 2] == []


@pytest.mark.parametrize("language", NORWEGIAN)
def test_gaps_and_tags_are_kept(language: str) -> None:
    """A singular form may say "one" in words; nothing else may lose or gain a gap."""
    wrong = []
    for message in entries(language):
        for place, (source, text) in enumerate(pairs(message)):
            is_singular = message.pluralizable and place == 0
            known = set(GAP.findall(source)) | (set(GAP.findall(message.id[1])) if is_singular else set())
            gaps = set(GAP.findall(text))
            fits = gaps <= known if is_singular else sorted(GAP.findall(source)) == sorted(GAP.findall(text))
            if not fits or sorted(TAG.findall(source)) != sorted(TAG.findall(text)):
                wrong.append((source, text))
    assert wrong == []


@pytest.mark.parametrize("language", NORWEGIAN)
def test_a_sentence_ends_as_its_source_does(language: str) -> None:
    ends = ".:?!…"
    wrong = [pair for pair in said(language) if (pair[0][-1] in ends) != (pair[1][-1] in ends) and pair[0][-1] != ","]
    assert wrong == []


@pytest.mark.parametrize("language", NORWEGIAN)
def test_no_sentence_is_left_in_english(language: str) -> None:
    same = [source for source, text in said(language) if source == text and len(source.split()) > 3]
    assert [source for source in same if source not in SAME_IN_ALL] == []


@pytest.mark.parametrize(("language", "foreign"), [("nn", ONLY_BOKMAL), ("nb", ONLY_NYNORSK)])
def test_the_two_written_forms_are_not_mixed(language: str, foreign: str) -> None:
    word = re.compile(rf"(?<![\w@./-])({foreign})(?![\w-])", re.IGNORECASE)
    assert [text for _source, text in said(language) if word.search(text)] == []


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term[0])
@pytest.mark.parametrize("language", NORWEGIAN)
def test_the_words_of_the_house_are_used(language: str, term: tuple[str, str, str]) -> None:
    english, stem = term[0], term[1 + NORWEGIAN.index(language)]
    word = re.compile(rf"\b{english}s?\b", re.IGNORECASE)
    other = re.compile(r"%\(\w+\)s|accessibility statement|the statement that Norwegian law", re.IGNORECASE)
    wrong = [pair for pair in said(language) if word.search(other.sub("", pair[0])) and stem not in pair[1].lower()]
    assert wrong == []


def test_nynorsk_is_written_and_not_copied() -> None:
    bokmal = {message.id: message.string for message in entries("nb")}
    sentences = [m for m in entries("nn") if not m.pluralizable and len(m.id.split()) > 4]
    different = [m for m in sentences if m.string != bokmal[m.id]]
    assert len(different) >= 0.85 * len(sentences)


def test_the_source_language_is_english(texts: dict[Text, list[str]]) -> None:
    names = {"Bokmål", "Kragerø", "Brønnøysundregistrene", "øre"}
    norwegian = [t.single for t in texts if set(re.findall(r"\w*[æøå]\w*", t.single, re.IGNORECASE)) - names]
    assert norwegian == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_speaks(language: str) -> None:
    """What the build compiles from the source is a catalogue that the standard library reads."""
    binary = BytesIO()
    write_mo(binary, read_catalogue(language))
    assert len(binary.getvalue()) > 1000
    assert (
        read_catalogue(language).get("Agree", "vote").string == {"nb": "Enig", "nn": "Einig", "en": "Agree"}[language]
    )


# Templates: what is not marked cannot be translated.

TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
NOT_WORDS = re.compile(
    r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}|\{%\s*blocktrans.*?endblocktrans(?:late)?\s*%\}"
    r"|\{%\s*block \w+_(?:class|attributes)\s*%\}.*?\{%\s*endblock.*?%\}|\{%.*?%\}|\{\{.*?\}\}"
    r"|<(script|style|code|title)\b.*?</\1>|<!.*?>|&\w+;",
    re.DOTALL,
)
READ_ALOUD = re.compile(r"""\b(?:aria-label|alt|placeholder|title)=(?:"([^"]*)"|'([^']*)')""")
LANGUAGE_NAMES = {"Bokmål", "Nynorsk", "English"}  # each in its own language, on every page
PROPER = {
    "IATI",
    "Samskap",
    "XML",
    "samskap_ticket_",
    "samskap_session",
    "samskap_csrf",
    "samskap_language",
    "samskap_scheme",
}


def unmarked(source: str) -> list[str]:
    """The words of a template that a reader sees or hears and no catalogue knows."""
    bare = NOT_WORDS.sub(" ", source)
    bare = re.sub(r'\bdata-[\w-]+="\s*"', " ", bare)  # texts for a script, in a part of a tag
    heard = " ".join(a or b for a, b in READ_ALOUD.findall(bare))
    seen = re.sub(r"<[^>]*>", " ", bare)
    return [word for word in re.findall(r"[^\W\d]{2,}", f"{seen} {heard}") if word not in PROPER | LANGUAGE_NAMES]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_every_word_of_a_template_is_marked(file: Path) -> None:
    assert unmarked(file.read_text(encoding="utf-8")) == []


def test_a_planted_word_is_found() -> None:
    assert unmarked('<p title="Help">{% translate "Yes" %} Nope {{ no }}</p>') == ["Nope", "Help"]


# Python: what a page says to a person is marked too.

PERSONAL = {"NotFound", "NotAllowed", "RuleError", "Closed"}
SPOKEN = {"label", "help_text", "cure", "title", "message", "error_messages", "placeholder"}
PYTHON_FILES = sorted(
    f for place in ("apps", "web") for f in (PACKAGE / place).rglob("*.py") if "migrations" not in f.parts
)


def unmarked_calls(source: str) -> list[str]:
    """Sentences in the arguments of errors, form fields and messages that no translation can reach."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        spoken = [keyword.value for keyword in node.keywords if keyword.arg in SPOKEN]
        if name.split(".")[-1] in PERSONAL:
            spoken += node.args[:1]
        if name.startswith("messages."):
            spoken += node.args[1:2]
        bare = [text for text in spoken if isinstance(text, ast.Constant | ast.JoinedStr)]
        found += [ast.unparse(text) for text in bare if re.search(r"[^\W\d]{2,}", ast.unparse(text).strip("f'\""))]
    return found


@pytest.mark.parametrize("file", PYTHON_FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_every_sentence_that_a_page_says_is_marked(file: Path) -> None:
    assert unmarked_calls(file.read_text(encoding="utf-8")) == []


def test_a_planted_sentence_is_found() -> None:
    source = 'raise RuleError("Too late.", cure=_("Wait."))\nmessages.success(request, f"Hi {name}")\nField(label="")'
    assert unmarked_calls(source) == ["'Too late.'", "f'Hi {name}'"]


# The collecting itself.

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, npgettext_lazy, pgettext
A = _("Whole")
B = ngettext("%(n)s vote", "%(n)s votes", n) % {"n": n}
C = pgettext("verb", "Open"), npgettext_lazy("day", "one", "many", "n")
D = _("In two "
      "halves")
"""
TEMPLATE = """{% load i18n %}{% translate "It's" context "talk" as said %}{% include "x" with label=_("Label") %}
{% blocktranslate trimmed count n=n context "q" %}
  {{ n }} of
  100 %
{% plural %}
  {{ n }} in all
{% endblocktranslate %}{{ x|default:_("None") }}{# translate "no" #}"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "a/templates/a").mkdir(parents=True)
    (tmp_path / "a/labels.py").write_text(PYTHON)
    (tmp_path / "a/templates/a/page.html").write_text(TEMPLATE)
    (tmp_path / "a/migrations").mkdir()
    (tmp_path / "a/migrations/0001_initial.py").write_text('_("Frozen")')
    return tmp_path


def test_texts_are_collected_from_python_and_templates(sources: Path) -> None:
    page, labels = ["a/templates/a/page.html"], ["a/labels.py"]
    assert collect(sources) == {
        Text("", "%(n)s vote", "%(n)s votes"): labels,
        Text("", "In two halves", ""): labels,
        Text("", "Label", ""): page,
        Text("", "None", ""): page,
        Text("", "Whole", ""): labels,
        Text("day", "one", "many"): labels,
        Text("q", "%(n)s of 100 %%", "%(n)s in all"): page,
        Text("talk", "It's", ""): page,
        Text("verb", "Open", ""): labels,
    }


def test_translations_are_kept_and_obsolete_ones_dropped() -> None:
    old = Catalog(locale="nb")
    old.add("Whole", "Hel")
    old.add("Gone", "Borte")
    old.add("Unsure", "Usikker", flags=["fuzzy"])
    old.add("Now plural", "Flere nå")
    texts = {
        Text("", "Now plural", "Now plurals"): ["a.py"],
        Text("", "Unsure", ""): ["a.py"],
        Text("", "Whole", ""): ["a.py", "b.py"],
    }
    once = written("nb", texts, old)
    again = read_po(BytesIO(once.encode()), locale="nb")
    assert {m.id: m.string for m in again if m.id} == {
        ("Now plural", "Now plurals"): ("", ""),
        "Unsure": "",
        "Whole": "Hel",
    }
    assert written("nb", texts, again) == once
    assert "#: a.py b.py\n" in once
    assert "Date" not in once
    assert "fuzzy" not in once


def test_update_counts_what_waits(tmp_path: Path, texts: dict[Text, list[str]]) -> None:
    assert update(tmp_path) == {"nb": len(texts), "nn": len(texts), "en": 0}


@pytest.mark.parametrize(
    ("language", "sentence"), [("nb", "Du har ikke tilgang til dette"), ("nn", "Du har ikkje tilgang til dette")]
)
def test_django_finds_the_catalogue(language: str, sentence: str, tmp_path: Path) -> None:
    """Where the compiled catalogues lie beside the sources, as the build leaves them."""
    if not (LOCALE / language / "LC_MESSAGES" / "django.mo").exists():
        pytest.skip("The catalogues are not compiled; run `make assets`.")
    assert DjangoTranslation(language).gettext("You may not see this") == sentence


def test_foreign_texts_are_worded_as_by_their_owners(texts: dict[Text, list[str]]) -> None:
    """An upgrade of Django or allauth that rewords a text is noticed here, not by a reader."""
    import allauth
    import django

    theirs = set(collect(Path(allauth.__file__).parent)) | set(collect(Path(django.__file__).parent))
    listed = [text for text, files in texts.items() if "project/foreign_messages.py" in files]
    assert len(listed) > 20
    assert [text for text in listed if text not in theirs] == []


@pytest.mark.parametrize(
    ("language", "written_as"),
    [("nb", "14. november 2017 09:00"), ("nn", "14. november 2017 09:00"), ("en", "14 November 2017, 09:00")],
)
def test_times_are_written_as_people_here_write_them(language: str, written_as: str) -> None:
    with override(language):
        assert date_format(datetime(2017, 11, 14, 9, 0), "DATETIME_FORMAT") == written_as
