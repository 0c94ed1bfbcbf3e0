"""The report of the day: the page, the tagged PDF, and the data."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from tests.apps.reports.conftest import SECRET, Held, gather
from tests.apps.reports.reading import opened, tags_of, text_of
from tests.apps.viewers import KINDS, Town, words_of

from samskap.apps.gatherings.models import Gathering

pytestmark = pytest.mark.django_db

MARKUP = '#panic(1) *fet* = Overskrift $x$ @ref <merke> `rå` \\ // "sitat" ] ) }'


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.SAMSKAP_DATA = tmp_path


def pdf_of(gathering: Gathering, town: Town, *, kind: str = "anonymous", **asked: str) -> bytes:
    answer = town.client(kind).get(f"/g/{gathering.code}/report.pdf", asked)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    return answer.content


def test_the_page_tells_the_day(held: Held, town: Town) -> None:
    gathering = gather(held)
    words = words_of(town.client("anonymous").get(f"/g/{gathering.code}/report/"))
    for part in ("agree on 4 of 14 statements.", "Common ground", "What divides", "The groups", "Who took part",
                 "60 of the 80 who could take part have answered: 75%.", "Kommunedirektøren", "Hva er spørsmål 0?",
                 "Innlegg 0", "How the result was made", "report.pdf"):  # fmt: skip
        assert part in words


def test_the_pdf_is_tagged_and_says_what_it_is(held: Held, town: Town) -> None:
    gathering = gather(held)
    paper = opened(pdf_of(gathering, town, lang="nn"))
    assert paper.Root.MarkInfo.Marked
    assert str(paper.Root.Lang).startswith("nn")
    assert paper.Root.ViewerPreferences.DisplayDocTitle
    assert paper.docinfo["/Title"] == "Dagen"
    with paper.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Dagen"


def test_headings_tables_and_the_map_are_tags(held: Held, town: Town) -> None:
    paper = opened(pdf_of(gather(held), town))  # the tags live as long as their paper
    tags = tags_of(paper)
    kinds = [str(tag.S) for tag in tags]
    levels = [int(kind[2:]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert kinds.count("/Table") >= 5
    assert kinds.count("/TH") >= 15
    figures = [tag for tag in tags if str(tag.S) == "/Figure"]
    assert [str(figure.Alt) for figure in figures if "Map of 60 people" in str(figure.get("/Alt", ""))]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Common ground", "What divides", "agree on 4 of 14 statements", "Count again"]),
        ("nb", ["14"]),
        ("nn", ["14"]),
    ],
)
def test_the_pdf_is_made_in_every_language(held: Held, town: Town, language: str, words: list[str]) -> None:
    text = text_of(pdf_of(gather(held), town, lang=language))
    for word in [*words, "Dagen", "Kommunedirektøren", "Hva er spørsmål 0?"]:
        assert word in text
    assert SECRET not in text


def test_what_people_wrote_is_never_markup(held: Held, town: Town) -> None:
    gathering = gather(held)
    held.conversation.statements.filter(number=1).update(text=MARKUP)
    Gathering.objects.filter(pk=gathering.pk).update(title=f"Dag {MARKUP}", place=MARKUP)
    gathering.slots.update(title=MARKUP, text=MARKUP)
    gathering.questions.update(text=MARKUP)
    assert text_of(pdf_of(gathering, town)).count("#panic(1) *fet* = Overskrift $x$ @ref <merke>") >= 5


def test_odd_signs_do_not_stop_the_pdf(held: Held, town: Town) -> None:
    gathering = gather(held)
    held.conversation.statements.filter(number=1).update(text="Ørebro 漢字 😀 слово \u202e x")
    text = text_of(pdf_of(gathering, town))
    assert "Ørebro □□ □" in text
    assert "слово" in text


def test_the_pdf_is_kept_until_its_content_changes(held: Held, town: Town) -> None:
    gathering = gather(held)
    first = pdf_of(gathering, town)
    folder = Path(settings.SAMSKAP_DATA) / "reports"
    kept = list(folder.iterdir())
    assert len(kept) == 1
    kept[0].write_bytes(b"%PDF- kept")
    assert pdf_of(gathering, town) == b"%PDF- kept"
    held.conversation.statements.filter(number=1).update(text="Ny ordlyd.")
    assert pdf_of(gathering, town) not in (first, b"%PDF- kept")
    assert len(list(folder.iterdir())) == 1


def test_each_language_keeps_its_own_pdf(held: Held, town: Town) -> None:
    gathering = gather(held)
    for language in ("nb", "nn", "en", "nb"):
        pdf_of(gathering, town, lang=language)
    assert len(list((Path(settings.SAMSKAP_DATA) / "reports").iterdir())) == 3


def test_a_pdf_is_made_on_demand_in_two_seconds(held: Held, town: Town) -> None:
    gathering = gather(held)
    pdf_of(gathering, town, lang="en")
    started = time.process_time()
    pdf_of(gathering, town, lang="nb")
    assert time.process_time() - started < 2


def test_hidden_results_are_in_no_form_of_the_report(hidden: Held, town: Town) -> None:
    gathering = gather(hidden)
    for kind in KINDS:
        client = town.client(kind)
        page = words_of(client.get(f"/g/{gathering.code}/report/"))
        assert "The results are hidden until the host shows them." in page
        data = client.get(f"/g/{gathering.code}/report.json", {"preview": "1"}).content.decode()
        text = text_of(pdf_of(gathering, town, kind=kind))
        for leak in ("Group A", "agree on 4 of 14", "Påstand 1 i"):
            assert not [form for form in (page, data, text) if leak in form]


def test_only_those_who_run_the_day_look_ahead_and_the_paper_says_so(hidden: Held, town: Town) -> None:
    gathering = gather(hidden)
    seen = {
        kind: "agree on 4 of 14" in words_of(town.client(kind).get(f"/g/{gathering.code}/report/", {"preview": "1"}))
        for kind in KINDS
    }
    assert seen == {kind: kind in ("facilitator", "leader") for kind in KINDS}
    text = text_of(pdf_of(gathering, town, kind="facilitator", preview="1"))
    assert "Hidden from others: only those who run the process can see these results." in text
    assert "agree on 4 of 14" not in text_of(pdf_of(gathering, town, kind="partner", preview="1"))


def test_the_data_has_the_numbers_of_the_page(held: Held, town: Town) -> None:
    gathering = gather(held)
    document = town.client("anonymous").get(f"/g/{gathering.code}/report.json").json()
    assert document["format"] == "samskap.report/1"
    assert {count["key"]: count["number"] for count in document["counts"]} == {
        "eligible": 80, "invited": None, "registered": 0, "present": 60, "answered": 60,
    }  # fmt: skip
    assert [row["answered"] for row in document["sectors"]] == [20, 20, 20, 0]
    conversation = document["conversations"][0]
    assert conversation["result"]["headline"].endswith("agree on 4 of 14 statements.")
    assert conversation["export"].endswith(f"/conversations/{held.conversation.pk}/export.zip")


def test_an_unknown_code_and_an_unpublished_day_look_alike(held: Held, town: Town) -> None:
    gathering = gather(held)
    held.conversation.process.__class__.objects.update(published_at=None)
    for form in ("report/", "report.pdf", "report.json"):
        statuses = town.statuses(f"/g/{gathering.code}/{form}")
        assert statuses == {kind: 200 if kind in ("facilitator", "leader") else 404 for kind in KINDS}
        assert town.client("anonymous").get(f"/g/XXXXXX/{form}").status_code == 404


def test_a_long_programme_costs_no_more_questions_to_the_database(
    held: Held, town: Town, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = town.client("anonymous")
    costs = []
    for speakers in (1, 3):
        gathering = gather(held, speakers=speakers)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(f"/g/{gathering.code}/report/")
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert costs[0] <= 40
