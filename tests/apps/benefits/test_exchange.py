"""Benefits as IATI results: what is public in the file, and files that become benefits, whole or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext, override
from lxml import etree
from tests import factories
from tests.apps.viewers import DESK, HIDDEN, PUBLIC, Town, words_of
from tests.factories.benefits import make_baseline, make_benefit, make_measurement, make_target
from tests.factories.initiatives import make_initiative
from tests.formats.test_iati_results import ONE, SCHEMA, WISH, foreign, period, written

from samskap.apps.benefits.actions import exchange as actions
from samskap.apps.benefits.labels.exchange import FILE_PROBLEMS, PARTS, RESULT_PROBLEMS, file_problem, problem_sentence
from samskap.apps.benefits.models import Benefit, ChainLink, Measurement
from samskap.apps.benefits.queries import exchange as queries
from samskap.apps.benefits.rules.exchange import LONGEST
from samskap.apps.initiatives.models import Initiative
from samskap.apps.trail.labels import SENTENCES
from samskap.apps.trail.models import Entry
from samskap.formats.errors import FormatError
from samskap.formats.iati_results import PROBLEMS, read_results
from samskap.kernel.errors import NotAllowed, RuleError

SAID = {"owner_role": "Leder", "kind": "quality", "gainer": "Innbyggerne", "gainer_sector": "people", "unit": "besøk"}
GOOD = b"""<result type="2"><title><narrative>Good</narrative></title><indicator measure="1">
  <title><narrative>N</narrative></title></indicator></result></iati-activity>"""


@pytest.fixture
def initiative(town: Town) -> Initiative:
    body = factories.make_organisation(municipality=town.municipality, name="Helse", sector="public")
    return make_initiative(
        municipality=town.municipality, title="Bygdebil", starts_on=date(2026, 1, 1), owner_organisation=body,
        translations={"en": {"title": "The van"}},
    )  # fmt: skip


@pytest.fixture
def benefit(initiative: Initiative) -> Benefit:
    """Two targets, a locked and an approved measurement, and a draft."""
    one = make_benefit(
        initiative, title="Færre timer", text="Først\n\nså", measure="Timer i uka", unit="timer", better="lower",
        translations={"en": {"title": "Fewer hours", "unit": "hours"}},
        owner_organisation=initiative.owner_organisation,
    )  # fmt: skip
    make_baseline(one, "40.5", source="Turnus")
    make_target(one, 35, due_on=date(2026, 6, 30))
    make_target(one, 30, due_on=date(2026, 12, 31))
    make_measurement(one, 39, measured_on=date(2026, 3, 31), cause="Sen start")
    make_measurement(one, 36, measured_on=date(2026, 6, 30), state="approved")
    make_measurement(one, 987, measured_on=date(2026, 7, 1), state="draft", source="Hemmelig utkast")
    return one


def at(name: str, *keys: Any) -> str:
    return reverse(f"benefits:{name}", args=keys)


def download(town: Town, initiative: Initiative, kind: str = "anonymous") -> bytes:
    return town.client(kind).get(at("initiative_results", initiative.pk)).content


def upload(town: Town, initiative: Initiative, content: bytes, kind: str = "leader") -> Any:
    file = SimpleUploadedFile("iati.xml", content, content_type="text/xml")
    return town.client(kind).post(at("import_results", initiative.pk), {"file": file})


# --- Written down ---


def test_the_file_has_what_is_approved_or_locked_and_nothing_else(
    town: Town, initiative: Initiative, benefit: Benefit
) -> None:
    content = download(town, initiative)
    SCHEMA.assertValid(etree.fromstring(content))
    (activity,) = read_results(content).activities
    (result,) = activity.results
    assert (activity.problems, activity.title) == ((), (("nb", "Bygdebil"), ("en", "The van")))
    assert (result.title, result.is_ascending, result.text) == (
        (("nb", "Færre timer"), ("en", "Fewer hours")), False, (("nb", "Først\n\nså"),),
    )  # fmt: skip
    assert (result.baseline.on, result.baseline.value, result.baseline.source) == (
        date(2025, 10, 1), Decimal("40.5"), "Turnus",
    )  # fmt: skip
    told = [(one.start, one.end, one.target, one.actual, one.cause) for one in result.periods]
    assert told == [
        (date(2025, 10, 2), date(2026, 3, 31), None, Decimal(39), "Sen start"),
        (date(2026, 4, 1), date(2026, 6, 30), Decimal(35), Decimal(36), ""),
        (date(2026, 7, 1), date(2026, 12, 31), Decimal(30), None, ""),
    ]
    for kind in ("anonymous", "leader"):
        page = download(town, initiative, kind).decode()
        assert "987" not in page
        assert "Hemmelig" not in page


def test_a_correction_stands_in_the_place_of_what_it_corrects(
    town: Town, initiative: Initiative, benefit: Benefit
) -> None:
    locked = Measurement.objects.get(measured_on=date(2026, 3, 31))
    make_measurement(benefit, 38, measured_on=locked.measured_on, state="approved", corrects=locked)
    (activity,) = read_results(download(town, initiative)).activities
    assert [one.actual for one in activity.results[0].periods] == [Decimal(38), Decimal(36), None]


def test_files_are_as_public_as_their_initiatives(town: Town, initiative: Initiative, benefit: Benefit) -> None:
    assert town.statuses(at("initiative_results", initiative.pk)) == PUBLIC
    assert town.statuses(at("municipality_results", town.municipality.number)) == PUBLIC
    draft = make_initiative(municipality=town.municipality, published=False)
    make_benefit(draft, title="Ikke ennå")
    assert town.statuses(at("initiative_results", draft.pk)) == HIDDEN
    page = town.client("leader").get(at("municipality_results", town.municipality.number)).content.decode()
    assert "Færre timer" in page
    assert "Ikke ennå" not in page


def test_where_there_is_nothing_there_is_no_file(town: Town, initiative: Initiative) -> None:
    assert town.client("anonymous").get(at("initiative_results", initiative.pk)).status_code == 404
    assert town.client("anonymous").get(at("municipality_results", town.municipality.number)).status_code == 404
    assert town.client("anonymous").get(at("municipality_results", "0000")).status_code == 404


def test_what_an_activity_says_of_itself(town: Town, initiative: Initiative, benefit: Benefit) -> None:
    initiative.owner_organisation.__class__.objects.update(register_number="123456785")
    link = ChainLink.objects.create(initiative=initiative, kind="impact", title="Hjemme lenger")
    make_benefit(initiative, title="Andel", unit="prosent", link=link)
    root = etree.fromstring(download(town, initiative))
    (activity,) = root.findall("iati-activity")
    assert activity.findtext("iati-identifier") == f"NO-KOMMUNE-{town.municipality.number}-{initiative.pk}"
    implementing = activity.findall("participating-org")[1]
    assert dict(implementing.attrib) == {"ref": "NO-BRC-123456785", "type": "15", "role": "4"}
    assert [one.get("type") for one in activity.findall("result")] == ["2", "3"]
    assert [one.get("measure") for one in activity.iter("indicator")] == ["1", "2"]


def test_a_file_costs_the_same_for_one_benefit_and_many(
    town: Town, initiative: Initiative, benefit: Benefit, django_assert_num_queries
) -> None:
    now = benefit.created_at
    for _round in range(2):
        with django_assert_num_queries(3):
            queries.results_of_municipality(town.municipality, now=now)
        make_benefit(initiative, baseline=1, targets={date(2026, 5, 1): 2}, measured={date(2026, 4, 1): 2})


# --- Imported ---


def facts(benefit: Benefit) -> dict[str, Any]:
    """All that a file carries of a benefit."""
    names = (
        "language", "translations", "title", "text", "kind", "is_harm", "is_planned", "certainty", "gainer",
        "gainer_sector", "owner_role", "measure", "unit", "better", "effects_from", "allows_negative",
    )  # fmt: skip
    base = benefit.baseline
    return {
        **{name: getattr(benefit, name) for name in names},
        "baseline": (base.measured_on, base.value, base.source),
        "targets": [(one.due_on, one.value) for one in benefit.targets.all()],
        "measured": [
            (one.measured_on, one.value, one.source, one.cause)
            for one in benefit.measurements.exclude(source="Hemmelig utkast")
        ],
    }


def test_what_one_municipality_writes_another_reads_whole(town: Town, initiative: Initiative, benefit: Benefit) -> None:
    content = download(town, initiative)
    there = make_initiative(municipality=town.municipality, title="Samme bil", starts_on=date(2026, 1, 1))
    look = upload(town, there, content)
    assert look.status_code == 303
    client = town.client("leader")
    page = client.get(look.url)
    assert "Fewer hours" in words_of(page)
    assert "owner_role" not in page.context["form"].fields
    answer = client.post(
        look.url, {"activity": "0", "organisation": factories.make_organisation(municipality=town.municipality).pk}
    )
    assert answer.url == at("work_benefits", there.pk)
    (made,) = there.benefits.all()
    assert facts(made) == facts(benefit)
    assert made.owner_organisation == benefit.owner_organisation
    assert {one.state for one in made.measurements.all()} == {"draft"}
    assert {one.written_by for one in made.measurements.all()} == {town.leader}
    assert client.get(look.url).status_code == 404  # the file is gone
    entry = Entry.objects.get(verb="benefits.results_imported")
    assert entry.data == {"benefits": 1, "source": f"NO-KOMMUNE-{town.municipality.number}-{initiative.pk}"}
    assert entry.verb in SENTENCES


def test_a_published_figure_below_zero_comes_in_as_it_went_out(town: Town, initiative: Initiative) -> None:
    make_benefit(initiative, baseline=-12, measured={date(2026, 6, 30): -3})
    there = make_initiative(municipality=town.municipality)
    look = upload(town, there, download(town, initiative))
    body = factories.make_organisation(municipality=town.municipality)
    town.client("leader").post(look.url, {"activity": "0", "organisation": body.pk})
    made = there.benefits.get()
    assert (made.baseline.value, made.measurements.get().value, made.allows_negative) == (-12, -3, True)


def test_what_a_file_of_ours_has_lost_is_asked_for(town: Town, initiative: Initiative) -> None:
    own = '<s:benefit xmlns:s="urn:samskap:results:1" kind="quality" certainty="sure" gainer-sector="people" '
    lost = own + 'effects-from="2026-01-01"><s:gainer>De\n\neldste</s:gainer><s:owner-role> </s:owner-role></s:benefit>'
    look = upload(town, initiative, foreign().replace(b"</result>", lost.encode() + b"</result>"))
    typed = {"activity": "0", "organisation": initiative.owner_organisation_id}
    page = town.client("leader").post(look.url, typed)
    assert "owner_role" in page.context["form"].errors
    assert town.client("leader").post(look.url, typed | SAID).status_code == 303
    (made,) = initiative.benefits.all()
    assert (made.kind, made.gainer, made.owner_role, made.unit) == ("quality", "De eldste", "Leder", "besøk")


def test_a_file_of_others_becomes_benefits_with_what_is_chosen(town: Town, initiative: Initiative) -> None:
    content = foreign('<baseline year="2025" value="3"/>', period(inside='<target value="9"/>'))
    look = upload(town, initiative, content)
    body = initiative.owner_organisation
    page = town.client("leader").get(look.url)
    assert page.context["form"]["organisation"].value() == body.pk
    town.client("leader").post(look.url, {"activity": "0", "organisation": body.pk} | SAID)
    (made,) = initiative.benefits.all()
    assert (made.title, made.measure, made.unit, made.owner_role, made.language) == (
        "Care",
        "Visits",
        "besøk",
        "Leder",
        "en",
    )
    with override("nb"):
        source = gettext("Imported from %(name)s") % {"name": "XM-1"}
    assert (made.baseline.measured_on, made.baseline.source) == (date(2025, 12, 31), source)
    assert [(one.due_on, one.value) for one in made.targets.all()] == [(date(2026, 12, 31), Decimal(9))]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (foreign(measure="9"), "The measure “9” of “Care” is not in the code list of IATI."),
        (foreign(period("2027-01-01", "2027-12-31"), period()), "are not in order"),
        (foreign(measure="5"), "There is no result in the file that can be followed as a benefit."),
        (foreign('<baseline year="2027" value="1"/>', period()), "“Care”:"),
        (foreign('<baseline year="2025" value="-1"/>', period()), "“Care”:"),
        (foreign(period(inside='<actual value="1"/>')), "“Care”:"),
        (foreign('<baseline year="2025" value="5"/>', period(inside='<target value="4"/>')), "“Care”:"),
        (foreign(period("2025-01-01", "2025-12-31")), "“Care”:"),
    ],
)
def test_a_result_that_cannot_be_a_benefit_stops_them_all_and_says_why(
    town: Town, initiative: Initiative, content: bytes, told: str
) -> None:
    if b'measure="5"' not in content:
        content = content.replace(b"</iati-activity>", GOOD)
    look = upload(town, initiative, content)
    before = Entry.objects.count()
    typed = {"activity": "0", "organisation": initiative.owner_organisation_id} | SAID
    answer = town.client("leader").post(look.url, typed)
    page = answer.content.decode()
    assert "Nothing was imported:" in page
    assert told in page
    assert (Benefit.objects.count(), Entry.objects.count()) == (0, before)
    assert town.client("leader").get(look.url).status_code == 200  # the file is still there


def test_what_is_there_already_is_not_imported_twice(town: Town, initiative: Initiative, benefit: Benefit) -> None:
    look = upload(town, initiative, download(town, initiative))
    typed = {"activity": "0", "organisation": initiative.owner_organisation_id}
    page = town.client("leader").post(look.url, typed).content.decode()
    assert "The initiative has a benefit of this name already." in page
    assert initiative.benefits.count() == 1


def test_made_up_figures_stay_in_a_municipality_that_is_made_up(town: Town, initiative: Initiative) -> None:
    content = foreign().replace(
        b'version="2.03"', b'version="2.03" xmlns:s="urn:samskap:results:1" s:illustrative="true"'
    )
    look = upload(town, initiative, content)
    typed = {"activity": "0", "organisation": initiative.owner_organisation_id} | SAID
    page = town.client("leader").post(look.url, typed).content.decode()
    assert "made up for a demonstration" in page
    assert not initiative.benefits.exists()
    town.municipality.__class__.objects.update(is_illustrative=True)
    assert town.client("leader").post(look.url, typed).status_code == 303
    assert initiative.benefits.count() == 1


def test_one_activity_of_several_is_chosen(town: Town, initiative: Initiative) -> None:
    one = foreign()
    two = one.replace(b"</iati-activities>", b"") + one.partition(b'"2.03">')[2].replace(b"Care", b"Work")
    look = upload(town, initiative, two)
    typed = {"organisation": initiative.owner_organisation_id} | SAID
    assert "Select a valid choice" in town.client("leader").post(look.url, typed | {"activity": "2"}).content.decode()
    town.client("leader").post(look.url, typed | {"activity": "1"})
    assert [one.title for one in initiative.benefits.all()] == ["Work"]


@pytest.mark.parametrize("content", [b"", b"Tiltak;2026", b"<!DOCTYPE a><iati-activities/>", b"<rss/>"])
def test_a_file_that_is_none_is_refused_with_what_to_do(town: Town, initiative: Initiative, content: bytes) -> None:
    answer = upload(town, initiative, content)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]
    assert not list(queries.upload_path(town.leader.pk, "x").parent.glob(f"{town.leader.pk}-*.iati.xml"))


def test_the_import_is_for_those_who_may_change_the_initiative(town: Town, initiative: Initiative) -> None:
    assert town.statuses(at("import_results", initiative.pk)) == DESK
    look = upload(town, initiative, foreign())
    assert town.client("facilitator").get(look.url).status_code == 404  # the file of another person
    for kind, status in (("anonymous", 302), ("stranger", 404), ("elsewhere", 404), ("partner", 404)):
        assert town.client(kind).get(look.url).status_code == status
    for attempt in (actions.refused_of, lambda *given, **said: actions.import_results(*given, source="", **said)):
        with pytest.raises(NotAllowed):
            attempt(initiative, [], organisation=initiative.owner_organisation, by=town.stranger)
    with pytest.raises(RuleError):
        actions.import_results(initiative, [], organisation=initiative.owner_organisation, by=town.leader, source="x")


def test_where_there_is_no_organisation_nothing_can_answer(town: Town) -> None:
    one = make_initiative(municipality=town.municipality)
    town.municipality.organisations.all().delete()
    page = town.client("leader").get(at("import_results", one.pk)).content.decode()
    assert "An organisation must answer for a benefit" in page


# --- Words ---


def test_every_problem_has_its_sentence_in_each_language() -> None:
    assert set(RESULT_PROBLEMS) == set(PROBLEMS)
    content = [
        foreign('<baseline year="x" value="y"/>', period(end="z"), period("2027-01-01", "2026-01-01"), measure="9")
    ]
    content.append(written(ONE).replace(b"</result>", WISH))
    for one in content:
        for problem in read_results(one).activities[0].problems:
            for language in ("nb", "nn", "en"):
                with override(language):
                    assert "%(" not in problem_sentence(problem)
    assert {"baseline", "target", "actual", "kind", "certainty", "gainer-sector", "effects-from"} <= set(PARTS)
    for code in FILE_PROBLEMS:
        gaps = {"most": 5, "line": 3, "found": "rss"}
        assert "%(" not in file_problem(FormatError("x", code=code, gaps=gaps))


def test_texts_are_kept_as_long_as_a_benefit_can_hold_them() -> None:
    models = {"source": Measurement, "cause": Measurement}
    for name, most in LONGEST.items():
        assert models.get(name, Benefit)._meta.get_field(name).max_length == most
