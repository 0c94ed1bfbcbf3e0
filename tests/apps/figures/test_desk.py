"""The desk: files are looked at before anything is stored, editions listed and deleted, own indicators made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override
from tests import factories
from tests.apps.viewers import DESK, LIST, Town, words_of

from samskap.apps.figures import actions, labels, urls
from samskap.apps.figures.models import Edition, Indicator
from samskap.formats.errors import FormatError
from samskap.kernel.errors import RuleError
from samskap.sources.errors import SourceError
from samskap.sources.values import Figure

pytestmark = pytest.mark.django_db
HEADER = "indicator,place,period,value,missing,breakdown,unit\n"
GOOD = "# publisher: NAV\n# table: T1\n" + HEADER + "neet_share,4016,2023,9.1,,,percent\nneet_share,4016,2024,8.9,,,\n"

PUBLIC_PAGES = {"places", "place", "indicator", "indicator_csv", "indicator_json", "concept"}
PAGES = {
    "desk": LIST,
    "import_file": LIST,
    "new_indicator": LIST,
    "delete_edition": DESK,
    "change_indicator": DESK,
    "delete_indicator": DESK,
}


@pytest.fixture
def edition(drangedal: Town) -> Edition:
    return factories.make_edition(
        Figure("neet_share", "4016", "2024", 8.9), municipality=drangedal.municipality, table="T0"
    )


@pytest.fixture
def indicator(drangedal: Town) -> Indicator:
    return actions.create_indicator(
        drangedal.municipality, by=drangedal.leader, title="Frivillige", topic="services", unit="persons"
    )


def upload(town: Town, content: str | bytes, kind: str = "facilitator", name: str = "tall.csv", **typed: str) -> Any:
    data = content.encode() if isinstance(content, str) else content
    return town.client(kind).post(
        reverse("figures:import_file"), {"file": SimpleUploadedFile(name, data), **typed}, follow=False
    )


def looked_at(town: Town, content: str | bytes, **typed: str) -> tuple[str, HttpResponse]:
    """The address of the preview, and the preview."""
    answer = upload(town, content, **typed)
    assert answer.status_code == 302
    return answer.headers["Location"], town.client("facilitator").get(answer.headers["Location"])


# --- Who ---


@pytest.mark.parametrize("page", PAGES)
def test_each_page_lets_in_those_it_is_for(drangedal: Town, edition: Edition, indicator: Indicator, page: str) -> None:
    pk = {"delete_edition": edition.pk, "change_indicator": indicator.pk, "delete_indicator": indicator.pk}
    address = reverse(f"figures:{page}", args=[pk[page]] if page in pk else [])
    assert drangedal.statuses(address) == PAGES[page]


def test_every_page_of_the_module_is_in_a_grid() -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == PUBLIC_PAGES | set(PAGES) | {"preview_file"}


def test_a_file_that_waits_is_seen_by_those_of_its_municipality_only(drangedal: Town) -> None:
    address, _page = looked_at(drangedal, GOOD)
    assert drangedal.statuses(address) == DESK
    assert drangedal.statuses(address, method="post")["elsewhere"] == 404
    assert Edition.objects.count() == 1  # those of Drangedal stored it


@pytest.mark.parametrize("kind", ["stranger", "partner"])
def test_others_hand_in_no_file(drangedal: Town, kind: str) -> None:
    assert upload(drangedal, GOOD, kind).status_code == 404


def test_others_delete_and_change_nothing(drangedal: Town, edition: Edition, indicator: Indicator) -> None:
    for kind in ("anonymous", "stranger", "elsewhere", "partner"):
        client = drangedal.client(kind)
        for page, pk in (("delete_edition", edition.pk), ("change_indicator", indicator.pk),
                         ("delete_indicator", indicator.pk)):  # fmt: skip
            answer = client.post(reverse(f"figures:{page}", args=[pk]), {"title_nb": "X", "language": "nb"})
            assert answer.status_code == (302 if kind == "anonymous" else 404)
    assert Edition.objects.filter(pk=edition.pk).exists()
    assert Indicator.objects.get(pk=indicator.pk).title == "Frivillige"


# --- Importing ---


def test_a_file_is_shown_before_it_is_stored(drangedal: Town) -> None:
    address, page = looked_at(drangedal, GOOD)
    words = words_of(page)
    for said in ("NAV, T1", "Official figures", "Young people outside work", "Drangedal", "2023 – 2024",
                 "Store these figures"):  # fmt: skip
        assert said in words
    assert Edition.objects.count() == 0
    answer = drangedal.client("facilitator").post(address, follow=True)
    assert "2 figures are stored." in answer.content.decode()
    stored = Edition.objects.get()
    assert (stored.table, stored.municipality, stored.source.name) == ("T1", drangedal.municipality, "NAV")
    assert drangedal.client("facilitator").get(address).status_code == 404  # the file is gone


def test_what_is_wrong_is_said_row_by_row_and_nothing_can_be_stored(drangedal: Town) -> None:
    wrong = (
        "# publisher: NAV\n" + HEADER + "neet_share,4016,2024,109,,,\nneet_share,4016,24,8,,,\njobs,4014,2024,1,,,\n"
    )
    address, page = looked_at(drangedal, wrong)
    words = words_of(page)
    assert "Row 4: “24” is no period" in words
    assert "neet_share 4016 2024 is 109." in words
    assert "it is a file from another place" in words
    assert "Store these figures" not in words
    assert drangedal.client("facilitator").post(address).status_code == 302
    assert Edition.objects.count() == 0


def test_a_long_list_of_problems_is_cut_and_counted(drangedal: Town) -> None:
    rows = "".join(f"neet_share,4016,{year},x,,,\n" for year in range(1900, 1960))
    _address, page = looked_at(drangedal, "# publisher: NAV\n" + HEADER + rows)
    assert words_of(page).count("is not a number") == 50
    assert "And 10 more." in words_of(page)


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"\xff\xfe\x00", "x.csv"), (b"{", "x.json"), (b"<html>", "x.json"), (b"PK\x03\x04", "x.xlsx")],
)
def test_what_is_no_file_of_figures_is_refused_with_a_sentence(drangedal: Town, content: bytes, name: str) -> None:
    _address, page = looked_at(drangedal, content, name=name)
    assert page.status_code == 200
    assert "Store these figures" not in words_of(page)
    assert 'data-color="danger"' in words_of(page)


@pytest.mark.parametrize(
    ("content", "name", "said", "english"),
    [
        (HEADER.encode() + b"neet_share,4016,\xe5,8,,,\n", "x.csv", "Row 2 is not in UTF-8: it has the byte 0xE5", ""),
        (HEADER.encode() + b'neet_share,4016,2024,"8,,,\n', "x.csv", "Row 2 cannot be read.", ""),
        (b"<html>", "x.json", "The file is a web page, not figures.", ""),
        (b"{", "x.json", "as JSON it goes wrong in line 1, column 2.", ""),
        (b"{}", "x.json", "The file is not a JSON-stat dataset of version 2.0.", ""),
        (b'{"class":"dataset","version":"2.0","id":["a"],"size":[]}', "x.json", "contradict each other",
         "x.json contradicts itself: it has no &#x27;dimension&#x27;."),
        (b'{"class":"dataset","version":"2.0","id":5,"size":[],"dimension":{}}', "x.json", "contradict each other",
         "of another kind than JSON-stat has there"),
    ],
)  # fmt: skip
def test_why_a_file_cannot_be_read_is_said_in_the_language_of_the_reader(
    drangedal: Town, content: bytes, name: str, said: str, english: str
) -> None:
    words = words_of(looked_at(drangedal, content, name=name)[1])
    assert said in words
    assert ('<p lang="en">' in words) is bool(english)
    assert english in words


def test_a_refusal_that_we_have_no_words_for_is_marked_as_english() -> None:
    with override("en"):
        assert labels.refusal(SourceError("Odd.", code="source_odd", cure="Ask.")) == labels.Refusal("", "Odd. Ask.")
        assert labels.refusal(FormatError("Odd.", code="format_csv")) == labels.Refusal("", "Odd.")
        assert labels.refusal(RuleError("Nei.", code="figures_wrong")) == labels.Refusal("Nei.")
        assert labels.refusal(FormatError("x", code="format_rows", gaps={"most": 5})).text.startswith(
            "The file has more than 5"
        )


def test_more_people_than_there_can_be_are_refused_before_they_are_stored(drangedal: Town) -> None:
    rows = [
        f"4016,2026,{sex},{age},{99_999_999_999 if age == 7 else 1}" for sex in ("female", "male") for age in range(106)
    ]
    file = "# publisher: SSB\n# table: T\nplace,year,sex,age,persons\n" + "\n".join(rows)
    assert "That is more than there can be." in words_of(looked_at(drangedal, file)[1])


def test_the_person_says_what_the_file_does_not(drangedal: Town) -> None:
    bare = HEADER + "neet_share,4016,2024,8.9,,,\n"
    assert "who published the figures" in words_of(looked_at(drangedal, bare)[1])
    address, page = looked_at(drangedal, bare, publisher="Kommunen", table="Egen", standing="ours")
    assert "Kommunen, Egen" in words_of(page)
    drangedal.client("facilitator").post(address)
    assert (Edition.objects.get().standing, Edition.objects.get().table) == ("ours", "Egen")


def test_the_preview_says_which_edition_it_stands_before(drangedal: Town, edition: Edition) -> None:
    _address, page = looked_at(drangedal, GOOD)
    assert "Source: SSB, table T0" in words_of(page)


def test_the_name_of_a_file_is_no_path(drangedal: Town) -> None:
    client = drangedal.client("facilitator")
    for name in ("..%2F..%2Fsecret", "0" * 63, "g" * 64):
        assert client.get(f"/work/figures/import/{name}/").status_code == 404


def test_a_file_that_is_too_large_is_refused(drangedal: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samskap.apps.figures.forms._LARGEST_MB", 0)
    answer = upload(drangedal, GOOD)
    assert answer.status_code == 200
    assert "The file is larger than 0 MB." in answer.content.decode()


def test_files_that_were_left_are_forgotten_after_a_day(drangedal: Town) -> None:
    import os

    address, _page = looked_at(drangedal, GOOD)
    waiting = Path(settings.SAMSKAP_DATA) / "figures/waiting/4016" / address.split("/")[4]
    os.utime(waiting, (0, 0))
    looked_at(drangedal, GOOD + "neet_share,4016,2022,9.0,,,\n")
    assert not waiting.exists()


# --- The rest of the desk ---


def test_the_desk_lists_own_and_shared_editions(drangedal: Town, edition: Edition) -> None:
    factories.make_edition(profiles=[factories.make_people("4016", 2026)], table="07459")
    factories.make_edition(
        Figure("neet_share", "4014", "2024", 9.0), table="T9", municipality=factories.make_municipality(number="4014")
    )
    words = words_of(drangedal.client("facilitator").get(reverse("figures:desk")))
    assert ("T0" in words, "07459" in words, "T9" in words) == (True, True, False)
    assert words.count("/delete/") == 1


def test_an_edition_is_deleted_after_one_question(drangedal: Town, edition: Edition) -> None:
    client = drangedal.client("leader")
    address = reverse("figures:delete_edition", args=[edition.pk])
    assert "import the file once more" in words_of(client.get(address))
    assert Edition.objects.count() == 1
    answer = client.post(address, follow=True)
    assert "Import the file again to have them back." in answer.content.decode()
    assert Edition.objects.count() == 0


def test_an_indicator_is_made_used_and_changed(drangedal: Town) -> None:
    client = drangedal.client("facilitator")
    typed = {"language": "nb", "title_nb": "Frivillige i sykehjem", "title_en": "Volunteers", "topic": "services",
             "unit": "persons", "decimals": "0"}  # fmt: skip
    answer = client.post(reverse("figures:new_indicator"), typed, follow=True)
    assert "4016-frivillige-i-sykehjem" in answer.content.decode()
    made = Indicator.objects.get()
    text = HEADER + f"{made.key},4016,2025,12,,,\n{made.key},4016,2026,14,,,\n"
    address, _page = looked_at(drangedal, text, publisher="Kommunen", standing="ours")
    client.post(address)
    assert "Volunteers" in words_of(client.get("/places/4016/"))
    changed = client.post(reverse("figures:change_indicator", args=[made.pk]), typed | {"unit": "jobs"})
    assert "There are figures in persons already." in changed.content.decode()
    client.post(reverse("figures:change_indicator", args=[made.pk]), typed | {"title_en": "Helpers"})
    assert "Helpers" in words_of(client.get(f"/places/4016/figures/{made.key}/"))
    client.post(reverse("figures:delete_indicator", args=[made.pk]))
    assert Indicator.objects.count() == 0
