"""Experience packages: what goes out, what comes in, and how an initiative of one's own begins from one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.apps.viewers import DESK, LIST, PUBLIC, Town, make_town, met, words_of
from tests.factories.appraisals import make_appraisal, make_effect_list
from tests.factories.benefits import make_benefit, make_measurement
from tests.factories.initiatives import make_cost, make_initiative
from tests.factories.stories import make_story
from tests.formats.experiences import package, with_parts

from samskap.apps.actors.models import Municipality
from samskap.apps.initiatives.models import Initiative
from samskap.apps.stories import actions, queries
from samskap.apps.stories.models import Experience, Story
from samskap.apps.stories.rules.experiences import BRINGS
from samskap.apps.stories.rules.stories import Words
from samskap.apps.trail.models import Entry
from samskap.formats.experience_package import Package, read, written
from samskap.kernel import clock
from samskap.kernel.errors import NotAllowed, RuleError

pytestmark = pytest.mark.django_db

WORDS = "Nå bestiller jeg bussen selv."
NEXT = {"next_step": "Ring dem", "next_date": date(2030, 1, 1)}


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.SAMSKAP_DATA = tmp_path


def lend(initiative: Initiative, *, channel: str = "package", purpose: str = "learn", days: int = 30) -> Story:
    """An accepted story that may be used so for so many days."""
    said = {"title": "Til legen", "text": WORDS, "shown_name": "Anna"}
    return make_story(initiative, consents=((purpose, channel),), in_days=days, **said)


def bus(town: Municipality) -> Initiative:
    """An initiative with something in every part that a package has."""
    made = make_initiative(
        municipality=town, title="Bestillingsbuss", stage="in_operation", learned="Spør først.\r\nAlltid.",
        problem="Bussen går <b>tom</b>.", translations={"en": {"title": "Bus on demand"}},
    )  # fmt: skip
    make_cost(made, year=2024, amount_nok=450_000)
    made.risks.create(text="Ingen bestiller.", response="Ring rundt.", likelihood=2, consequence=3)
    made.affected.create(who="Eldre uten bil", how="Kommer seg ut")
    activity = made.chain_links.create(kind="activity", title="Buss på telefon")
    outcome = made.chain_links.create(kind="outcome", title="Flere kommer seg ut")
    activity.arrows_out.create(target=outcome, mechanism="Den kommer til døra.")
    benefit = make_benefit(
        made, title="Flere turer", kind="value_for_others", link=outcome, baseline=12,
        targets={date(2026, 12, 31): 40}, measured={date(2026, 3, 1): 20},
    )  # fmt: skip
    make_measurement(benefit, 99, measured_on=date(2026, 6, 1), state="draft")
    wrong = make_measurement(benefit, 77, measured_on=date(2026, 4, 1))
    make_measurement(benefit, "31.5", measured_on=date(2026, 4, 1), corrects=wrong)
    return made


def exported(initiative: Initiative, *, at: datetime | None = None) -> Package:
    when = at or datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    return queries.package_of(initiative, site="https://samskap.example.no", now=when)


def stored(town: Town, made: Package | None = None) -> Experience:
    name = actions.hold_package(written(made or package()), municipality=town.municipality, by=town.leader)
    return actions.store_experience(town.municipality, name, by=town.leader)


def uploaded(client: Client, data: bytes) -> Any:
    file = SimpleUploadedFile("pakke.experience.json", data, content_type="application/json")
    return client.post("/work/experiences/import/", {"file": file}, follow=True)


# What goes out


def test_a_package_holds_what_is_public_and_what_counts(town: Town) -> None:
    made = bus(town.municipality)
    lend(made)
    parts = read(written(exported(made))).package.parts
    words = parts.initiative.words
    assert (words["nb"].title, words["en"].title, words["nb"].learned) == (
        "Bestillingsbuss", "Bus on demand", "Spør først.\nAlltid.",
    )  # fmt: skip
    assert [(one.year, one.amount_nok, one.payer) for one in parts.costs] == [(2024, 450_000, "")]
    assert [one.words["nb"].title for one in parts.chain.links] == ["Buss på telefon", "Flere kommer seg ut"]
    assert [one.words["nb"].mechanism for one in parts.chain.arrows] == ["Den kommer til døra."]
    (benefit,) = parts.benefits
    assert benefit.baseline is not None
    assert (benefit.baseline.value, benefit.link) == ("12", parts.chain.links[1].key)
    assert [(one.on, one.value) for one in benefit.measured] == [("2026-03-01", "20"), ("2026-04-01", "31.5")]
    assert [(one.text, one.name) for one in parts.stories] == [(WORDS, "Anna")]


def test_a_package_tells_the_appraisal_that_is_shown(town: Town) -> None:
    made = bus(town.municipality)
    make_effect_list(made)
    answer = make_appraisal(made)
    assert exported(made).parts.appraisal is None
    type(answer).objects.update(is_shown=True)
    told = exported(made).parts.appraisal
    assert told is not None
    totals = answer.result["answer"]["appraisal"]["totals"]
    assert (told.edition, told.comparison_year, told.price_year) == ("no-r109-2021", 2026, 2026)
    assert {one.key: one.value for one in told.figures if one.unit == "NOK"} == {
        name: str(round(totals[name])) for name in ("net_present_value", "benefits", "costs", "tax_cost")
    }
    assert "What it was appraised to be worth there" in words_of(
        uploaded(make_town().client("leader"), written(exported(made)))
    )


def test_the_same_initiative_is_exported_to_the_same_bytes(town: Town) -> None:
    made = bus(town.municipality)
    assert written(exported(made)) == written(exported(made))
    later = exported(made, at=datetime(2026, 12, 1, tzinfo=UTC))
    assert read(written(exported(made))).fingerprint == read(written(later)).fingerprint


@pytest.mark.parametrize(
    "said",
    [{"channel": "web"}, {"channel": "report"}, {"purpose": "show"}, {"days": -1}],
    ids=["other channel", "report only", "other purpose", "ended"],
)
def test_a_story_that_does_not_say_yes_to_this_stays_here(town: Town, said: dict[str, Any]) -> None:
    made = bus(town.municipality)
    lend(made, **said)
    assert exported(made).parts.stories == ()
    assert WORDS.encode() not in written(exported(made))


def test_those_in_charge_anywhere_fetch_the_package_and_others_read_about_it(town: Town) -> None:
    made = bus(town.municipality)
    lend(made)
    assert town.statuses(f"/initiatives/{made.pk}/experience/") == PUBLIC
    assert town.statuses(f"/initiatives/{made.pk}/experience.json") == PUBLIC
    address = f"/initiatives/{made.pk}/experience/package/"
    assert town.statuses(address) == LIST
    answer = town.client("elsewhere").get(address)
    assert (answer.headers["Cache-Control"], answer.headers["Content-Disposition"]) == (
        "private, no-store", f'attachment; filename="{town.municipality.number}-{made.pk}.experience.json"',
    )  # fmt: skip
    assert read(answer.content).package.key == f"{town.municipality.number}-{made.pk}"


def test_a_draft_has_no_package(town: Town) -> None:
    made = make_initiative(municipality=town.municipality, published=False)
    assert town.statuses(f"/initiatives/{made.pk}/experience/") == met(404, 404, 200)
    assert town.statuses(f"/initiatives/{made.pk}/experience/package/") == met(302, 404, 404)


def test_anybody_can_ask_which_stories_are_still_valid_and_reads_no_word_of_them(town: Town) -> None:
    made = bus(town.municipality)
    kept, gone = lend(made), lend(made)
    gone.consents.update(withdrawn_at=clock.now())
    answer = town.client("anonymous").get(f"/initiatives/{made.pk}/experience.json").json()
    until = kept.consents.get().until.isoformat()
    assert answer == {
        "format": "samskap-experience-check", "version": 1, "key": f"{town.municipality.number}-{made.pk}",
        "stories": [{"key": str(kept.pk), "until": until}],
    }  # fmt: skip
    page = words_of(town.client("anonymous").get(f"/initiatives/{made.pk}/experience/"))
    assert f"Story {kept.pk} may be used until" in page
    assert WORDS not in page


def test_the_page_of_an_initiative_leads_to_its_package(town: Town) -> None:
    made = bus(town.municipality)
    assert f"/initiatives/{made.pk}/experience/" in words_of(town.client("anonymous").get(f"/initiatives/{made.pk}/"))


# What comes in


def test_a_package_is_shown_before_it_is_stored_and_stored_by_a_press(town: Town) -> None:
    client = town.client("facilitator")
    page = uploaded(client, written(package()))
    words = words_of(page)
    for part in (
        "Nothing of this initiative is here yet.", "Nissedal (4030)", "Bus on demand", "31.5 turer", "450,000", WORDS,
        "Bussen går tom.", "Spør sjåførene først.", "lent until", "Numbers of another municipality",
        "Kom seint i gang.",
    ):  # fmt: skip
        assert part in words
    assert Experience.objects.count() == 0
    after = client.post(page.request["PATH_INFO"], follow=True)
    kept = Experience.objects.get()
    assert (after.request["PATH_INFO"], kept.key, kept.title, kept.origin_name) == (
        f"/work/experiences/{kept.pk}/", "4030-7", "Bestillingsbuss", "Nissedal",
    )  # fmt: skip
    assert "Bestillingsbuss" in words_of(client.get("/work/experiences/"))


def test_a_file_can_be_put_away_after_a_look(town: Town, tmp_path: Path) -> None:
    client = town.client("facilitator")
    page = uploaded(client, written(package()))
    client.post(page.request["PATH_INFO"], {"drop": "1"})
    assert (Experience.objects.count(), list(tmp_path.glob("stories/waiting/*/*"))) == (0, [])


def broken(data: bytes) -> dict[str, bytes]:
    return {
        "was changed": data.replace("går tom".encode(), "går full".encode()),
        "no package": b"{}",
        "no JSON": b"PK\x03\x04",
        "too large": b" " * (2 * 1024 * 1024 + 1),
    }


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("was changed", "The package has been changed since it was made"),
        ("no package", "This file is not an experience package."),
        ("no JSON", "The file cannot be read."),
        ("too large", "The file is larger than 2 MB."),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(town: Town, kind: str, sentence: str) -> None:
    page = uploaded(town.client("leader"), broken(written(package()))[kind])
    assert sentence in words_of(page)
    assert Experience.objects.count() == 0


def test_a_package_of_a_newer_version_is_refused_in_its_own_sentence(town: Town) -> None:
    from tests.formats.test_experience_package import document_of, sealed

    page = uploaded(town.client("leader"), sealed(document_of(package()) | {"version": 2}))
    assert "The package is of version 2, and this Samskap knows version 1." in words_of(page)


def test_fields_that_are_not_known_are_told_and_not_stored(town: Town) -> None:
    from tests.formats.test_experience_package import document_of, sealed

    document = document_of(package())
    document["parts"]["music"] = "<script>alert(1)</script>"
    client = town.client("leader")
    page = uploaded(client, sealed(document))
    assert "parts.music" in words_of(page)
    client.post(page.request["PATH_INFO"])
    assert "alert(1)" not in json.dumps(Experience.objects.get().content)


def test_a_package_from_here_is_not_taken_in(town: Town) -> None:
    page = uploaded(town.client("leader"), written(exported(bus(town.municipality))))
    assert "This package was made here" in words_of(page)


def test_a_package_from_a_day_to_come_is_not_taken_in(town: Town) -> None:
    page = uploaded(town.client("leader"), written(package(exported_at="2099-01-01T00:00:00Z")))
    assert "made on a day that has not come yet" in words_of(page)


def test_a_name_that_does_not_fit_its_number_is_told(town: Town) -> None:
    made = package()
    page = uploaded(town.client("leader"), written(replace(made, origin=replace(made.origin, name="Oslo"))))
    assert "belongs to one of another name" in words_of(page)


def test_the_same_content_is_recognised_whenever_it_was_exported(town: Town) -> None:
    stored(town)
    page = uploaded(town.client("leader"), written(package(exported_at="2026-11-25T00:00:00Z")))
    assert "This is here already, word for word." in words_of(page)
    assert "Store this experience" not in words_of(page)
    with pytest.raises(RuleError) as caught:
        stored(town)
    assert (caught.value.code, Experience.objects.count()) == ("experience_known", 1)


def test_a_newer_package_takes_the_place_of_the_older_and_its_stories(town: Town) -> None:
    first = stored(town)
    newer = with_parts(package(exported_at="2026-11-25T00:00:00Z"), stories=(), costs=())
    page = uploaded(town.client("leader"), written(newer))
    assert "An older version is here." in words_of(page)
    assert "What it cost; What people tell." in words_of(page)
    town.client("leader").post(page.request["PATH_INFO"])
    kept = Experience.objects.get()
    assert (kept.pk, kept.exported_at.date()) == (first.pk, date(2026, 11, 25))
    assert WORDS not in json.dumps(kept.content, ensure_ascii=False)


def test_an_older_package_is_refused(town: Town) -> None:
    stored(town)
    older = with_parts(package(exported_at="2026-11-01T00:00:00Z"), costs=())
    assert "What is here is newer than this file." in words_of(uploaded(town.client("leader"), written(older)))
    with pytest.raises(RuleError) as caught:
        stored(town, older)
    assert caught.value.code == "experience_older"


def test_two_municipalities_keep_the_same_experience_each(town: Town) -> None:
    other = make_town()
    assert {stored(town).municipality_id, stored(other).municipality_id} == {
        town.municipality.pk,
        other.municipality.pk,
    }


def test_nothing_in_a_package_becomes_markup(town: Town) -> None:
    made = package()
    evil = '<img src=x onerror="alert(1)"><script>alert(2)</script> [x](javascript:alert(3))'
    first = made.parts.initiative
    words = {"nb": replace(first.words["nb"], title="<i>T</i>", summary=evil, problem=evil, learned=evil)}
    benefit = made.parts.benefits[0]
    made = with_parts(
        made,
        initiative=replace(first, words=words),
        stories=(replace(made.parts.stories[0], text=evil, title=evil[:80], name="<b>A</b>"),),
        benefits=(replace(benefit, words={"nb": replace(benefit.words["nb"], title="<u>x</u>", measure="<hr>")}),),
    )
    kept = stored(town, made)
    for page in (
        town.client("leader").get(f"/work/experiences/{kept.pk}/"),
        town.client("leader").get("/work/experiences/"),
    ):
        words_there = words_of(page)
        for sign in ("<img", "<script", "<i>T", "<b>A", "<u>x", "<hr>", 'href="javascript'):
            assert sign not in words_there


# What is lent, and ends


def test_a_story_that_has_ended_is_left_out_when_it_comes(town: Town) -> None:
    ended = replace(package().parts.stories[0], until="2026-01-01")
    made = with_parts(package(), stories=(ended,))
    assert "1 story in the file may no longer be used" in words_of(uploaded(town.client("leader"), written(made)))
    assert WORDS not in json.dumps(stored(town, made).content, ensure_ascii=False)


def test_a_story_is_hidden_after_its_last_day_and_then_erased(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = stored(town)
    address = f"/work/experiences/{kept.pk}/"
    assert WORDS in words_of(town.client("leader").get(address))
    monkeypatch.setattr(clock, "now", lambda: datetime(2028, 5, 2, 0, 0, 5, tzinfo=UTC))
    assert WORDS not in words_of(town.client("leader").get(address))
    actions.drop_ended_words(kept)
    kept.refresh_from_db()
    assert WORDS not in json.dumps(kept.content, ensure_ascii=False)
    assert Entry.objects.filter(verb="stories.told_story_ended").count() == 1


def test_a_story_can_be_erased_when_its_origin_says_so(town: Town) -> None:
    kept = stored(town)
    page = words_of(town.client("leader").get(f"/work/experiences/{kept.pk}/"))
    assert "https://samskap.example.no/initiatives/7/experience/" in page
    town.client("leader").post(f"/work/experiences/{kept.pk}/stories/5/delete/")
    kept.refresh_from_db()
    assert WORDS not in json.dumps(kept.content, ensure_ascii=False)
    assert WORDS not in words_of(town.client("leader").get(f"/work/experiences/{kept.pk}/"))


def test_what_is_withdrawn_here_is_gone_where_others_on_this_server_hold_it(
    town: Town, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    other = make_town()
    made = bus(town.municipality)
    story = lend(made)
    held = written(exported(made))
    kept = stored(other, exported(made))
    waiting = actions.hold_package(held, municipality=other.municipality, by=other.leader)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_story(story, by=town.leader)
    kept.refresh_from_db()
    assert WORDS not in json.dumps(kept.content, ensure_ascii=False)
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and WORDS.encode() in file.read_bytes()]
    again = actions.hold_package(held, municipality=other.municipality, by=other.leader)
    assert again == waiting
    assert WORDS not in words_of(other.client("leader").get(f"/work/experiences/import/{again}/"))


def test_what_its_teller_changed_here_is_gone_where_others_on_this_server_hold_it(
    town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    other = make_town()
    made = bus(town.municipality)
    story = lend(made)
    kept = stored(other, exported(made))
    actions.propose_change(story, words=Words(story.title, "Nye ord."), reason="Klarere.", by=town.leader)
    with django_capture_on_commit_callbacks(execute=True):
        actions.accept_change(story)
    kept.refresh_from_db()
    assert kept.content["parts"]["stories"] == []


def test_a_withdrawal_reaches_what_others_hold_after_the_initiative_was_deleted(
    town: Town, django_capture_on_commit_callbacks: Any
) -> None:
    other = make_town()
    made = bus(town.municipality)
    story = lend(made)
    kept = stored(other, exported(made))
    made.delete()
    story.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_story(story, by=actions.TELLER)
    kept.refresh_from_db()
    assert WORDS not in json.dumps(kept.content, ensure_ascii=False)


def test_a_last_day_beyond_all_calendars_is_stored_and_no_name_leads_out_of_the_folder(town: Town) -> None:
    far = replace(package().parts.stories[0], until="9999-12-31")
    kept = stored(town, with_parts(package(), stories=(far,)))
    assert kept.content["parts"]["stories"][0]["until"] == "9999-12-31"
    actions.drop_package("..", municipality=town.municipality, by=town.leader)


# What begins from it


def begun(town: Town, kept: Experience, **changed: Any) -> Initiative:
    body = factories.make_organisation(municipality=town.municipality)
    fields: dict[str, Any] = {
        "brings": BRINGS, "title": kept.title, "effects_from": date(2030, 6, 1), "organisation": body,
        "owner_role": "Enhetsleder", "by": town.leader, **NEXT,
    }  # fmt: skip
    return actions.begin_from_experience(kept, **(fields | changed))


def test_an_initiative_begins_as_a_draft_with_texts_and_no_number(town: Town) -> None:
    kept = stored(town)
    made = begun(town, kept)
    assert (made.published_at, made.stage, made.title, made.problem, made.learned, made.stopped_reason) == (
        None, "idea", "Bestillingsbuss", "Bussen går tom.", "", "",
    )  # fmt: skip
    assert made.said_in("en").title == "Bus on demand"
    assert (made.cost_lines.count(), made.stories.count()) == (0, 0)
    assert [(one.text, one.likelihood, one.consequence) for one in made.risks.all()] == [("Ingen bestiller.", 2, 3)]
    assert [one.who for one in made.affected.all()] == ["Eldre uten bil"]
    links = list(made.chain_links.order_by("kind"))
    assert [(one.kind, one.title) for one in links] == [
        ("activity", "Buss hentes på telefon"), ("outcome", "Færre blir sittende hjemme"),
    ]  # fmt: skip
    assert links[0].arrows_out.get().target == links[1]
    benefit = made.benefits.get()
    assert (benefit.title, benefit.certainty, benefit.link, benefit.owner_role) == (
        "Flere turer", "hoped", links[1], "Enhetsleder",
    )  # fmt: skip
    assert (hasattr(benefit, "baseline"), benefit.targets.count(), benefit.measurements.count()) == (False, 0, 0)


def test_what_began_says_where_and_as_it_was_when(town: Town) -> None:
    kept = stored(town)
    made = begun(town, kept)
    stored(town, with_parts(package(exported_at="2026-11-25T00:00:00Z"), costs=()))
    made.published_at = clock.now()
    made.save()
    public = words_of(town.client("anonymous").get(f"/initiatives/{made.pk}/"))
    assert "An experience from Nissedal" in public
    assert "As it was on 20 November 2026." in public.replace("Nov. 20, 2026", "20 November 2026")
    assert 'href="https://samskap.example.no/initiatives/7/"' in public
    assert f"/work/experiences/{kept.pk}/" in words_of(town.client("leader").get(f"/work/initiatives/{made.pk}/"))


@pytest.mark.parametrize("brings", [(), ("chain",), ("benefits",), ("questions", "risks")])
def test_only_what_is_chosen_comes_along(town: Town, brings: tuple[str, ...]) -> None:
    made = begun(town, stored(town), brings=brings, title="Vår buss")
    assert (
        bool(made.problem), made.affected.exists(), made.risks.exists(), made.chain_links.exists(),
        made.benefits.exists(),
    ) == tuple(name in brings for name in BRINGS)  # fmt: skip
    assert made.said_in("en").title == "Vår buss"


def test_one_initiative_begins_from_an_experience_and_another_when_that_is_deleted(town: Town) -> None:
    kept = stored(town)
    first = begun(town, kept)
    with pytest.raises(RuleError) as caught:
        begun(town, kept)
    assert caught.value.code == "experience_used"
    first.delete()
    assert begun(town, kept).title == "Bestillingsbuss"


def test_the_form_begins_one_and_asks_for_what_the_benefits_need(town: Town) -> None:
    kept = stored(town)
    body = factories.make_organisation(municipality=town.municipality, name="Helse og omsorg")
    client, address = town.client("facilitator"), f"/work/experiences/{kept.pk}/begin/"
    typed = {"title": "Vår buss", "brings": list(BRINGS), "next_step": "Ring dem", "next_date": "2030-01-01",
             "effects_from": "2030-06-01"}  # fmt: skip
    asked = client.post(address, typed)
    assert "The benefits need an owner." in words_of(asked)
    assert Initiative.objects.count() == 0
    typed |= {"organisation": str(body.pk), "owner_role": "Kommunalsjef"}
    answer = client.post(address, typed)
    made = Initiative.objects.get()
    assert answer.headers["Location"] == f"/work/initiatives/{made.pk}/"
    assert (made.title, made.benefits.get().owner_organisation) == ("Vår buss", body)


def test_what_goes_wrong_on_the_way_leaves_nothing_behind(town: Town) -> None:
    kept = stored(town)
    foreign = factories.make_organisation()
    with pytest.raises(RuleError):
        begun(town, kept, organisation=foreign)
    kept.refresh_from_db()
    assert (Initiative.objects.count(), kept.made) == (0, None)


# Who may


def test_only_those_in_charge_read_and_use_what_came_in(town: Town) -> None:
    kept = stored(town)
    for address in ("/work/experiences/", "/work/experiences/import/"):
        assert town.statuses(address) == LIST
    for page in ("", "begin/", "delete/"):
        assert town.statuses(f"/work/experiences/{kept.pk}/{page}") == DESK
    assert town.statuses(f"/work/experiences/{kept.pk}/stories/5/delete/") == met(302, 405, 405)
    assert town.statuses(f"/work/experiences/import/{'0' * 64}/") == met(302, 404, 404)
    for wrong in (lambda: begun(town, kept, by=town.partner), lambda: stored_by(town, town.elsewhere),
                  lambda: actions.delete_experience(kept, by=town.stranger)):  # fmt: skip
        with pytest.raises(NotAllowed):
            wrong()


def stored_by(town: Town, person: Any) -> str:
    return actions.hold_package(written(package()), municipality=town.municipality, by=person)


def test_an_experience_is_deleted_and_what_began_from_it_stays(town: Town) -> None:
    kept = stored(town)
    made = begun(town, kept)
    town.client("leader").post(f"/work/experiences/{kept.pk}/delete/")
    assert (Experience.objects.count(), Initiative.objects.get()) == (0, made)


def test_lists_cost_the_same_for_one_and_for_three(town: Town) -> None:
    client, asked = town.client("leader"), []
    for number in (1, 2, 3):
        stored(town, package(key=f"4030-{number}"))
        with CaptureQueriesContext(connection) as queries_now:
            client.get("/work/experiences/")
        asked.append(len(queries_now))
    assert asked[1] == asked[2]
