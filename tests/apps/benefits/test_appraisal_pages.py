"""Answers as files, beside each other and computed again, and who sees them; and the rules of their charts."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.apps.viewers import DESK, HIDDEN, PUBLIC, Town, met, words_of
from tests.factories.appraisals import SHARES, make_appraisal, make_effect, make_effect_list
from tests.factories.initiatives import make_initiative

from samskap.apps.benefits.labels.appraisals import EDITION_WORDS
from samskap.apps.benefits.models import Appraisal, Effect
from samskap.apps.benefits.queries import latest_shown
from samskap.apps.benefits.queries.answers import document_of, stored
from samskap.apps.benefits.queries.appraisals import ground_of
from samskap.apps.benefits.rules.appraisals import bins_of, index_problem, spans_of
from samskap.apps.initiatives.models import Initiative
from samskap.apps.trail.labels import SENTENCES
from samskap.engines.appraisal import EDITIONS
from samskap.formats.appraisal_again import again
from samskap.formats.appraisal_json import is_untouched, read_document


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(municipality=town.municipality, title="Følgevenn")


def page(initiative: Initiative, name: str, *args: int) -> str:
    return reverse(f"benefits:{name}", args=[initiative.pk, *args])


# --- Files ---


def test_the_file_is_whole_and_anybody_finds_the_same_in_it(town: Town, initiative: Initiative) -> None:
    make_effect_list(initiative, **SHARES)
    made = make_appraisal(initiative, shown=True)
    answer = town.client("anonymous").get(page(initiative, "appraisal_json", made.pk))
    document = read_document(answer.content, file="appraisal.json")
    assert answer["Content-Disposition"] == f'attachment; filename="appraisal-{made.pk}.json"'
    assert (document["title"], document["input_hash"]) == (made.name, made.input_hash)
    assert is_untouched(document)
    found = again(document)
    assert (found.is_same, found.is_untouched, found.other_engine) == (True, True, None)


def test_the_source_of_a_price_goes_from_the_list_into_the_answer_its_file_and_the_report(
    town: Town, initiative: Initiative
) -> None:
    make_effect(initiative, title="Færre døgn", price_source="Regnskapet 2025")
    make_effect(initiative, title="Timer", kind="cost", in_kind=True, price_source="Satsen for frivillige")
    make_effect(initiative, title="Uten kilde")
    listed = words_of(town.client("leader").get(page(initiative, "effect_list")))
    made = make_appraisal(initiative, shown=True, horizon_years=3, seed=None)
    anyone = town.client("anonymous")
    shown = words_of(anyone.get(page(initiative, "appraisal", made.pk)))
    report = words_of(anyone.get(reverse("reports:initiative_report", args=[initiative.pk])))
    for words in (listed, shown):
        assert words.count("Source of the price:") == 2
    for source in ("Regnskapet 2025", "Satsen for frivillige"):
        assert [source in words for words in (listed, shown, report)] == [True] * 3
    document = json.loads(anyone.get(page(initiative, "appraisal_json", made.pk)).content)
    assert {one["title"]: one["price_source"] for one in document["effects"]} == {
        "Færre døgn": "Regnskapet 2025", "Timer": "Satsen for frivillige", "Uten kilde": "",
    }  # fmt: skip


def test_the_years_are_a_table_of_plain_numbers(town: Town, initiative: Initiative) -> None:
    make_effect(initiative)
    made = make_appraisal(initiative, shown=True, horizon_years=3, seed=None)
    answer = town.client("anonymous").get(page(initiative, "appraisal_csv", made.pk))
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [row["year"] for row in rows] == ["2026", "2027", "2028", "2029"]
    assert rows[1] == {
        "year": "2027", "rate": "0.04", "factor": "0.961538", "benefits": "40000", "costs": "0", "public": "0",
        "tax_cost": "0", "present_value": "38461.538462", "is_residual": "no", "price_year": "2026",
    }  # fmt: skip


# --- Beside each other, and again ---


def test_answers_lie_beside_each_other_as_chosen(town: Town, initiative: Initiative) -> None:
    make_effect_list(initiative)
    names = [make_appraisal(initiative, name=f"Nr. {number}", horizon_years=number).name for number in (5, 6, 7)]
    client = town.client("leader")
    table = client.get(page(initiative, "appraisals")).context["beside"]
    assert table.headers == ("Number", *reversed(names))
    assert table.rows[2] == ("Period", "2026–2033", "2026–2032", "2026–2031")
    first, _middle, last = Appraisal.objects.order_by("pk")
    chosen = client.get(page(initiative, "appraisals"), {"with": [first.pk, last.pk, 999]}).context["beside"]
    assert chosen.headers == ("Number", "Nr. 7", "Nr. 5")


def test_an_old_answer_is_the_same_by_its_own_edition_and_told_to_differ_by_today_s(
    town: Town, initiative: Initiative
) -> None:
    make_effect_list(initiative)
    made = make_appraisal(initiative, edition="no-r109-2005", horizon_years=60)
    make_effect(initiative, title="Kom senere")
    context = town.client("leader").get(page(initiative, "appraisal_again", made.pk)).context
    assert (context["own"].is_same, context["own"].words) == (True, "The same to the last digit.")
    assert context["is_untouched"]
    assert context["today"].differences
    answer = town.client("leader").post(page(initiative, "appraisal_again", made.pk), follow=True)
    assert "The new answer is kept beside the old one." in words_of(answer)
    newer = Appraisal.objects.latest("pk")
    assert (newer.edition, newer.name) == ("no-r109-2021", "Første vurdering, by today’s edition")
    assert len(stored(newer).effects) == 6
    assert "It is made by today’s edition" in words_of(
        town.client("leader").get(page(initiative, "appraisal_again", newer.pk))
    )


def test_what_was_changed_behind_our_back_is_told(town: Town, initiative: Initiative) -> None:
    make_effect_list(initiative)
    made = make_appraisal(initiative)
    made.result["answer"]["appraisal"]["totals"]["costs"] += 1
    Appraisal.objects.filter(pk=made.pk).update(result=made.result)
    words = words_of(town.client("leader").get(page(initiative, "appraisal_again", made.pk)))
    assert "its hash does not fit" in words
    assert "answer.appraisal.totals.costs" in words


def test_an_answer_of_an_unknown_form_is_told_to_be_unreadable_and_the_list_still_shows(
    town: Town, initiative: Initiative
) -> None:
    make_effect_list(initiative)
    made = make_appraisal(initiative)
    Appraisal.objects.filter(pk=made.pk).update(result=made.result | {"answer": {"form": 7}})
    client = town.client("leader")
    assert "Cannot be read" in words_of(client.get(page(initiative, "appraisals")))
    assert "The list cannot be appraised" in words_of(
        client.get(page(initiative, "appraisal_again", made.pk), follow=True)
    )
    assert client.get(page(initiative, "appraisal", made.pk)).status_code == 409


def test_those_in_charge_are_told_when_the_list_has_changed_since(town: Town, initiative: Initiative) -> None:
    effect = make_effect(initiative)
    made = make_appraisal(initiative, seed=None, shown=True)
    said = "The effect list has changed since this was made."
    assert said not in words_of(town.client("leader").get(page(initiative, "appraisal", made.pk)))
    effect.years.filter(year=2028).update(quantity=11)
    assert said in words_of(town.client("leader").get(page(initiative, "appraisal", made.pk)))
    assert said not in words_of(town.client("anonymous").get(page(initiative, "appraisal", made.pk)))


def test_titles_follow_the_reader_while_the_list_has_the_same_words(town: Town, initiative: Initiative) -> None:
    effect = make_effect(initiative, title="Døgn", translations={"en": {"title": "Nights"}})
    made = make_appraisal(initiative, seed=None)
    assert stored(made).title(f"effect-{effect.pk}") == "Nights"
    Effect.objects.filter(pk=effect.pk).update(title="Noe annet")
    assert stored(made).title(f"effect-{effect.pk}") == "Døgn"


# --- Who may ---


def test_an_answer_is_seen_by_everybody_only_where_it_is_shown_and_the_initiative_public(
    town: Town, initiative: Initiative
) -> None:
    make_effect(initiative)
    made = make_appraisal(initiative, seed=None)
    pages = ("appraisal", "appraisal_json", "appraisal_csv")
    for name in pages:
        assert town.statuses(page(initiative, name, made.pk)) == HIDDEN, name
    assert latest_shown(initiative) is None
    Appraisal.objects.update(is_shown=True)
    for name in pages:
        assert town.statuses(page(initiative, name, made.pk)) == PUBLIC, name
    assert latest_shown(initiative) == made
    Initiative.objects.filter(pk=initiative.pk).update(published_at=None)
    for name in pages:
        assert town.statuses(page(initiative, name, made.pk)) == HIDDEN, name
    initiative.refresh_from_db()
    assert latest_shown(initiative) is None


def test_only_those_in_charge_work_with_appraisals(town: Town, initiative: Initiative) -> None:
    make_effect(initiative)
    made = make_appraisal(initiative, seed=None)
    Initiative.objects.filter(pk=initiative.pk).update(owner=town.partner)  # the owner writes, and decides nothing
    for name, args in (
        ("appraisals", ()),
        ("new_appraisal", ()),
        ("appraisal_again", (made.pk,)),
        ("delete_appraisal", (made.pk,)),
    ):
        assert town.statuses(page(initiative, name, *args)) == DESK, name
    show = page(initiative, "show_appraisal", made.pk)
    assert town.statuses(show, method="post") == met(302, 404, 302)
    assert town.statuses(show) == met(302, 405, 405)
    assert town.client("anonymous").get(reverse("benefits:appraisal_method")).status_code == 200


def test_an_answer_of_another_initiative_is_not_there(town: Town, initiative: Initiative) -> None:
    make_effect(initiative)
    made, other = make_appraisal(initiative, seed=None), make_initiative(municipality=town.municipality)
    for name in ("appraisal", "appraisal_json", "appraisal_csv", "appraisal_again", "delete_appraisal"):
        assert town.client("leader").get(page(other, name, made.pk)).status_code == 404, name


def test_showing_and_hiding_is_told_in_the_trail_and_a_shown_answer_is_not_deleted(
    town: Town, initiative: Initiative
) -> None:
    make_effect(initiative)
    made = make_appraisal(initiative, seed=None)
    client, show = town.client("leader"), page(initiative, "show_appraisal", made.pk)
    client.post(show)
    public = town.client("anonymous").get(reverse("initiatives:initiative", args=[initiative.pk])).content.decode()
    assert page(initiative, "appraisal", made.pk) in public
    story = town.client("anonymous").get(reverse("trail:history", args=["initiative", initiative.pk])).content.decode()
    assert "showed the appraisal “Første vurdering” of “Følgevenn” to everybody" in story
    assert made.input_hash in story
    answer = client.post(page(initiative, "delete_appraisal", made.pk), follow=True)
    assert "Hide it before you delete it." in words_of(answer)
    client.post(show, {"do": "hide"})
    public = town.client("anonymous").get(reverse("initiatives:initiative", args=[initiative.pk])).content.decode()
    assert page(initiative, "appraisal", made.pk) not in public
    client.post(page(initiative, "delete_appraisal", made.pk))
    assert not Appraisal.objects.exists()
    assert {f"benefits.appraisal_{what}" for what in ("made", "shown", "hidden", "deleted")} <= set(SENTENCES)


def test_the_desk_of_an_initiative_leads_to_the_list_and_the_answers(town: Town, initiative: Initiative) -> None:
    desk = reverse("initiatives:work_initiative", args=[initiative.pk])
    leader = words_of(town.client("leader").get(desk))
    assert (page(initiative, "effect_list") in leader, page(initiative, "appraisals") in leader) == (True, False)
    make_effect(initiative)
    assert page(initiative, "appraisals") in words_of(town.client("leader").get(desk))


def test_the_method_tells_each_edition_with_its_source_and_whether_it_was_checked(town: Town) -> None:
    words = words_of(town.client("anonymous").get(reverse("benefits:appraisal_method")))
    for said in ("Rundskriv R-109/2021", "The Green Book 2026", "Not checked", "No, this is a proposal"):
        assert said in words


# --- The rules ---

CURVES = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20).map(sorted)


@settings(max_examples=50, deadline=None)
@given(CURVES, st.integers(1, 40))
def test_the_spans_of_a_histogram_lie_beside_each_other_and_hold_every_draw(values: list[float], count: int) -> None:
    curve = [(value, place / (len(values) - 1)) for place, value in enumerate(values)]
    found = bins_of(curve, count=count)
    if values[0] == values[-1]:
        assert found == []
        return
    assert found[0][0] == values[0]
    assert found[-1][1] == values[-1]
    assert all(one[1] == other[0] for one, other in pairwise(found))
    assert not any(low < 0 < high for low, high, _share in found)
    first = max(place for place, value in enumerate(values) if value == values[0]) / (len(values) - 1)
    assert sum(share for _low, _high, share in found) == pytest.approx(1 - first, abs=1e-9)


def test_an_index_is_needed_only_where_prices_are_of_other_years() -> None:
    def told(years: set[int], base: int, index: dict[int, float]) -> str:
        problem = index_problem(years, base=base, index=index)
        return problem.key if problem else ""

    assert told({2026}, 2026, {}) == ""
    assert told({2024, 2026}, 2026, {}) == "index_needed"
    assert told({2024}, 2026, {2024: 1.0}) == "index_lacks"
    assert told({2024}, 2026, {2024: 1.0, 2026: 1.1}) == ""
    assert spans_of([2015, 2016, 2017, 2020]) == "2015–2017, 2020"


def test_a_ground_knows_what_is_uncertain_and_which_years_prices_are_of(initiative: Initiative) -> None:
    effects = make_effect_list(initiative)
    ground = ground_of(initiative)
    assert ground.uncertain == tuple((f"effect-{effects[name].pk}", effects[name].title) for name in ("cost", "saved"))
    assert (ground.price_years, dict(ground.official_index)) == ((2026,), {})
    assert json.dumps(document_of(make_appraisal(initiative)))


def test_what_the_norwegian_editions_say_of_themselves_can_be_read_in_norwegian() -> None:
    norwegian = [one for one in EDITIONS.values() if one.country == "NO"]
    assert {text for one in norwegian for text in (one.source, one.licence, one.note)} == set(EDITION_WORDS)
