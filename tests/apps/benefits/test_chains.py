"""Effect chains: who may see and change them, every way to write them, undo, and what pages say."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.urls import reverse
from tests import factories
from tests.apps.viewers import DESK, HIDDEN, PUBLIC, Town, words_of
from tests.factories.benefits import make_benefit
from tests.factories.initiatives import make_cost, make_initiative, make_organisation_partner

from samskap.apps.benefits import actions, queries
from samskap.apps.benefits.actions import chains
from samskap.apps.benefits.forms.typed import as_typed
from samskap.apps.benefits.models import ChainArrow, ChainLink
from samskap.apps.initiatives.models import Initiative
from samskap.apps.trail.labels import SENTENCES
from samskap.apps.trail.models import Entry
from samskap.kernel.errors import NotAllowed, RuleError

KINDS = ("input", "activity", "output", "outcome", "impact")


@pytest.fixture
def initiative(town: Town) -> Initiative:
    return make_initiative(municipality=town.municipality, title="Bygdebil", owner=town.partner)


def make_links(initiative: Initiative, *kinds: str) -> list[ChainLink]:
    """A link of each of these kinds, titled A, B, C and on."""
    return [
        ChainLink.objects.create(initiative=initiative, kind=kind, title=chr(65 + place), order=place)
        for place, kind in enumerate(kinds)
    ]


def draw(*links: ChainLink) -> list[ChainArrow]:
    return [
        ChainArrow.objects.create(source=one, target=other, mechanism="fordi", assumption="hvis")
        for one, other in pairwise(links)
    ]


def at(name: str, initiative: Initiative, *more: int) -> str:
    return reverse(f"benefits:{name}", args=[initiative.pk, *more])


def ways(initiative: Initiative) -> list[str]:
    rows = ChainArrow.objects.filter(source__initiative=initiative)
    return sorted(f"{row.source.title}{row.target.title}" for row in rows)


# --- Who ---


def test_the_chain_of_a_published_initiative_is_public_and_that_of_a_draft_is_not(
    town: Town, initiative: Initiative
) -> None:
    make_links(initiative, *KINDS)
    assert town.statuses(at("chain", initiative)) == PUBLIC
    draft = make_initiative(municipality=town.municipality, published=False)
    assert town.statuses(at("chain", draft)) == HIDDEN


@pytest.mark.parametrize("page", ["work_chain", "begin_chain", "new_link", "new_arrow"])
def test_the_desk_is_for_those_who_may_change_the_initiative(town: Town, initiative: Initiative, page: str) -> None:
    make_links(initiative, *KINDS)
    assert town.statuses(at(page, initiative)) == DESK | {"partner": 200}  # the partner owns it


def test_parts_are_changed_by_those_who_may_change_the_initiative(town: Town, initiative: Initiative) -> None:
    arrow = draw(*make_links(initiative, "input", "outcome"))[0]
    benefit = make_benefit(initiative)
    assert town.statuses(at("change_link", initiative, arrow.source_id)) == DESK | {"partner": 200}
    assert town.statuses(at("change_arrow", initiative, arrow.pk)) == DESK | {"partner": 200}
    for kind, status in (("anonymous", 302), ("stranger", 404), ("elsewhere", 404)):
        for page, keys in (
            ("move_link", [arrow.source_id]), ("delete_link", [arrow.source_id]), ("delete_arrow", [arrow.pk]),
            ("place_benefit", [benefit.pk]), ("restore_chain_part", []),
        ):  # fmt: skip
            assert town.client(kind).post(at(page, initiative, *keys)).status_code == status
    assert ways(initiative) == ["AB"]


def test_the_actions_themselves_refuse_strangers(town: Town, initiative: Initiative) -> None:
    one, other = make_links(initiative, "input", "outcome")
    (arrow,) = draw(one, other)
    for attempt in (
        lambda by: actions.add_link(initiative, by=by, kind="input", title="x"),
        lambda by: actions.change_link(one, by=by, title="x"),
        lambda by: actions.move_link(one, towards="up", by=by),
        lambda by: actions.delete_link(one, by=by),
        lambda by: actions.restore_link(initiative, {}, by=by),
        lambda by: actions.add_arrow(initiative, source=one, target=other, by=by),
        lambda by: actions.change_arrow(arrow, source=one, target=other, by=by),
        lambda by: actions.delete_arrow(arrow, by=by),
        lambda by: actions.restore_arrow(initiative, {}, by=by),
        lambda by: actions.place_benefit(make_benefit(initiative), link=other, by=by),
        lambda by: actions.begin_chain(initiative, [], by=by),
    ):
        with pytest.raises(NotAllowed):
            attempt(town.stranger)


def test_a_part_of_another_chain_is_not_there(town: Town, initiative: Initiative) -> None:
    other = make_initiative(municipality=town.municipality)
    (arrow,) = draw(*make_links(other, "input", "outcome"))
    benefit = make_benefit(other)
    for page, key in (
        ("change_link", arrow.source_id), ("delete_link", arrow.source_id), ("move_link", arrow.source_id),
        ("change_arrow", arrow.pk), ("delete_arrow", arrow.pk), ("place_benefit", benefit.pk),
    ):  # fmt: skip
        assert town.client("leader").post(at(page, initiative, key)).status_code == 404
    assert ways(other) == ["AB"]


# --- Links ---


def test_a_link_is_written_in_three_languages_and_changed(town: Town, initiative: Initiative) -> None:
    client = town.client("facilitator")
    typed = {"kind": "activity", "title_nb": "Fast rute", "text_nb": "Hver uke", "title_en": "A fixed route"}
    answer = client.post(at("new_link", initiative), typed)
    link = ChainLink.objects.get()
    assert answer.url == f"{at('work_chain', initiative)}#link-{link.pk}"
    told = (link.kind, link.title, link.text, link.language, link.translations, link.order)
    assert told == ("activity", "Fast rute", "Hver uke", "nb", {"en": {"title": "A fixed route"}}, 1)
    form = client.get(at("change_link", initiative, link.pk)).context["form"]
    assert as_typed(form) | typed == as_typed(form)
    client.post(at("change_link", initiative, link.pk), typed | {"kind": "output", "title_nb": "Møter"})
    link.refresh_from_db()
    assert (link.kind, link.title) == ("output", "Møter")


def test_after_a_link_comes_one_more_or_an_arrow_to_it(town: Town, initiative: Initiative) -> None:
    client, typed = town.client("leader"), {"kind": "output", "title_nb": "Møter"}
    more = client.post(at("new_link", initiative), typed | {"then": "more"})
    assert more.url == f"{at('new_link', initiative)}?kind=output"
    assert client.get(more.url).context["form"]["kind"].value() == "output"
    arrow = client.post(at("new_link", initiative), typed | {"then": "arrow"})
    last = ChainLink.objects.latest("pk")
    assert arrow.url == f"{at('new_arrow', initiative)}?to={last.pk}"
    assert client.get(arrow.url).context["form"]["target"].value() == str(last.pk)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title_nb": " "}, "This field is required."),
        ({"kind": "wish"}, "Select a valid choice."),
        ({"kind": ""}, "This field is required."),
        ({"title_en": "x" * 161}, "at most 160 characters"),
    ],
)
def test_a_link_with_a_mistake_says_so_and_adds_nothing(
    town: Town, initiative: Initiative, change: dict[str, str], told: str
) -> None:
    typed = {"kind": "input", "title_nb": "Bil"} | change
    assert told in town.client("leader").post(at("new_link", initiative), typed).content.decode()
    assert not ChainLink.objects.exists()


def test_links_move_among_those_of_their_kind(town: Town, initiative: Initiative) -> None:
    first, other, second, third = make_links(initiative, "output", "input", "output", "output")
    client = town.client("leader")

    def order() -> list[str]:
        return [link.title for column in queries.chain_of(initiative, town.leader).columns for link in column.links]

    assert order() == ["B", "A", "C", "D"]
    client.post(at("move_link", initiative, third.pk), {"towards": "up"})
    assert order() == ["B", "A", "D", "C"]
    client.post(at("move_link", initiative, first.pk), {"towards": "down"})
    assert order() == ["B", "D", "A", "C"]
    for link, towards in ((third, "up"), (second, "down"), (other, "up")):
        client.post(at("move_link", initiative, link.pk), {"towards": towards})
    assert order() == ["B", "D", "A", "C"]


def test_a_deleted_link_comes_back_with_its_arrows_and_benefits(town: Town, initiative: Initiative) -> None:
    links = make_links(initiative, "activity", "output", "outcome")
    draw(*links)
    benefit = make_benefit(initiative, link=links[2])
    client = town.client("facilitator")
    for link in (links[2], links[1]):
        page = client.post(at("delete_link", initiative, link.pk), follow=True)
        assert f"Deleted: {link.title}" in page.content.decode()
        assert link.title not in "".join(ways(initiative))
        client.post(at("restore_chain_part", initiative))
        assert ways(initiative) == ["AB", "BC"]
    benefit.refresh_from_db()
    assert benefit.link.title == "C"
    assert client.post(at("restore_chain_part", initiative)).status_code == 404
    assert [link.title for link in initiative.chain_links.order_by("order")] == ["A", "B", "C"]


def test_what_was_deleted_is_put_back_by_nobody_else_and_nowhere_else(town: Town, initiative: Initiative) -> None:
    (link,) = make_links(initiative, "input")
    client = town.client("leader")
    client.post(at("delete_link", initiative, link.pk))
    other = make_initiative(municipality=town.municipality)
    assert client.post(at("restore_chain_part", other)).status_code == 404
    assert town.client("facilitator").post(at("restore_chain_part", initiative)).status_code == 404


def test_a_link_comes_back_without_an_arrow_that_would_now_close_a_circle(town: Town, initiative: Initiative) -> None:
    a, b, c = make_links(initiative, "outcome", "outcome", "outcome")
    draw(a, b, c)
    kept = actions.delete_link(b, by=town.leader)
    actions.add_arrow(initiative, source=c, target=a, by=town.leader)
    actions.restore_link(initiative, kept, by=town.leader)
    assert ways(initiative) == ["AB", "CA"]


def test_a_chain_has_so_many_links_and_arrows_and_not_more(
    town: Town, initiative: Initiative, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = make_links(initiative, "input", "activity", "output")
    draw(*links[:2])
    monkeypatch.setattr(chains, "MOST_LINKS", 3)
    monkeypatch.setattr(chains, "MOST_ARROWS", 1)
    page = town.client("leader").post(at("new_link", initiative), {"kind": "input", "title_nb": "x"})
    assert "An effect chain has at most 3 links." in page.content.decode()
    with pytest.raises(RuleError) as refused:
        actions.add_arrow(initiative, source=links[1], target=links[2], by=town.leader)
    assert refused.value.code == "too_many_arrows"


# --- Arrows ---


def test_an_arrow_is_drawn_changed_deleted_and_put_back(town: Town, initiative: Initiative) -> None:
    a, b, c = make_links(initiative, "activity", "output", "outcome")
    client = town.client("leader")
    typed = {"source": a.pk, "target": b.pk, "mechanism_nb": "Folk møtes", "mechanism_en": "People meet"}
    client.post(at("new_arrow", initiative), typed)
    arrow = ChainArrow.objects.get()
    assert (arrow.mechanism, arrow.translations) == ("Folk møtes", {"en": {"mechanism": "People meet"}})
    client.post(at("change_arrow", initiative, arrow.pk), typed | {"target": c.pk, "assumption_nb": "De kommer"})
    arrow.refresh_from_db()
    assert (arrow.source, arrow.target, arrow.assumption) == (a, c, "De kommer")
    page = client.post(at("delete_arrow", initiative, arrow.pk), follow=True)
    assert "Deleted: A → C" in page.content.decode()
    assert not ChainArrow.objects.exists()
    client.post(at("restore_chain_part", initiative))
    assert (ways(initiative), ChainArrow.objects.get().assumption) == (["AC"], "De kommer")


def test_an_arrow_whose_link_is_gone_is_not_put_back_and_says_why(town: Town, initiative: Initiative) -> None:
    links = make_links(initiative, "activity", "output")
    (arrow,) = draw(*links)
    client = town.client("leader")
    client.post(at("delete_arrow", initiative, arrow.pk))
    links[1].delete()
    page = client.post(at("restore_chain_part", initiative), follow=True).content.decode()
    assert "One of the links of this arrow is no longer there." in page


def test_an_arrow_that_closes_a_circle_is_refused_and_the_circle_named(town: Town, initiative: Initiative) -> None:
    a, b, c = make_links(initiative, "activity", "output", "outcome")
    draw(a, b, c)
    page = town.client("leader").post(at("new_arrow", initiative), {"source": c.pk, "target": a.pk})
    assert "This arrow would close a circle: “C” → “A” → “B” → “C”." in page.content.decode()
    arrow = ChainArrow.objects.get(source=b)
    change = at("change_arrow", initiative, arrow.pk)
    page = town.client("leader").post(change, {"source": b.pk, "target": a.pk}).content.decode()
    assert "This arrow would close a circle: “B” → “A” → “B”." in page
    assert town.client("leader").post(change, {"source": c.pk, "target": b.pk}).status_code == 302
    assert ways(initiative) == ["AB", "CB"]


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ("AA", "An arrow leads from one link to another."),
        ("AB", "There is an arrow from “A” to “B” already."),
        ("BA", "This arrow would close a circle"),
        ("A?", "Select a valid choice."),
        ("A", "This field is required."),
    ],
)
def test_an_arrow_that_cannot_be_says_why(town: Town, initiative: Initiative, ends: str, told: str) -> None:
    links = {link.title: link.pk for link in make_links(initiative, "activity", "output")}
    foreign = make_links(make_initiative(municipality=town.municipality), "input")[0]
    draw(*initiative.chain_links.all())
    keys = [links.get(end, foreign.pk) for end in ends]
    typed = dict(zip(("source", "target"), keys, strict=False))
    assert told in town.client("leader").post(at("new_arrow", initiative), typed).content.decode()
    assert ways(initiative) == ["AB"]


def test_a_link_of_another_initiative_is_no_end_of_an_arrow(town: Town, initiative: Initiative) -> None:
    (own,) = make_links(initiative, "activity")
    (foreign,) = make_links(make_initiative(municipality=town.municipality), "output")
    with pytest.raises(RuleError) as refused:
        actions.add_arrow(initiative, source=own, target=foreign, by=town.leader)
    assert refused.value.code == "link_foreign"


# --- Benefits ---


def test_a_benefit_hangs_on_an_outcome_until_that_is_none(town: Town, initiative: Initiative) -> None:
    activity, outcome = make_links(initiative, "activity", "outcome")
    benefit = make_benefit(initiative, title="Færre timer")
    where, client = at("place_benefit", initiative, benefit.pk), town.client("leader")
    client.post(where, {"link": outcome.pk})
    benefit.refresh_from_db()
    assert benefit.link == outcome
    assert "Færre timer" in words_of(town.client("anonymous").get(at("chain", initiative)))
    assert client.post(where, {"link": activity.pk}).status_code == 404
    client.post(where, {"link": ""})
    benefit.refresh_from_db()
    assert benefit.link is None
    with pytest.raises(RuleError):
        actions.place_benefit(benefit, link=activity, by=town.leader)
    actions.place_benefit(benefit, link=outcome, by=town.leader)
    actions.change_link(outcome, by=town.leader, kind="output")
    benefit.refresh_from_db()
    assert benefit.link is None


# --- Beginning ---


def test_a_chain_begins_from_costs_partners_and_benefits_that_are_chosen(town: Town, initiative: Initiative) -> None:
    make_cost(initiative, year=2027).__class__.objects.update(text="Bil", translations={"en": {"text": "A van"}})
    make_cost(initiative, year=2028).__class__.objects.filter(year=2028).update(text="Bil")
    body = factories.make_organisation(municipality=town.municipality, name="Laget", sector="voluntary")
    make_organisation_partner(initiative, organisation=body, hours=300)
    benefit = make_benefit(initiative, title="Færre timer")
    client = town.client("leader")
    assert "Begin from what is there already" in client.get(at("work_chain", initiative)).content.decode()
    form = client.get(at("begin_chain", initiative)).context["form"]
    assert [words for _key, words in form.fields["chosen"].choices] == [
        "A van (Input; from the costs)",
        "Laget: 300 hours (Input; from the partners)",
        "Færre timer (Outcome; from the benefits)",
    ]
    chosen = [key for key, _words in form.fields["chosen"].choices]
    client.post(at("begin_chain", initiative), {"chosen": chosen[1:]})
    made = {link.title: link for link in initiative.chain_links.all()}
    assert {title: link.kind for title, link in made.items()} == {"Laget: 300 timer": "input", "Færre timer": "outcome"}
    assert made["Laget: 300 timer"].translations["en"] == {"title": "Laget: 300 hours"}
    benefit.refresh_from_db()
    assert benefit.link == made["Færre timer"]
    left = client.get(at("begin_chain", initiative)).context["form"].fields["chosen"].choices
    assert [key for key, _words in left] == chosen[:1]
    client.post(at("begin_chain", initiative), {"chosen": chosen[:1]})
    assert "There is nothing more to begin from" in client.get(at("begin_chain", initiative)).content.decode()
    assert "Begin from what" not in client.get(at("work_chain", initiative)).content.decode()


def test_residents_are_not_named_in_what_a_chain_begins_from(town: Town, initiative: Initiative) -> None:
    partner = make_organisation_partner(initiative, hours=300)
    partner.__class__.objects.update(organisation=None, name="Per Aaker", email="per@example.org")
    page = town.client("leader").get(at("begin_chain", initiative)).content.decode()
    assert "Per Aaker" not in page


# --- What pages say ---


def test_findings_are_told_in_whole_sentences_to_those_who_can_mend_them(town: Town, initiative: Initiative) -> None:
    a, _b, c = make_links(initiative, "input", "output", "outcome")
    ChainArrow.objects.create(source=a, target=c)
    make_benefit(initiative, title="Færre timer")
    make_benefit(initiative, title="Mer støy", is_harm=True)
    make_benefit(initiative, title="Nye venner", is_planned=False)
    chain = queries.chain_of(initiative, town.leader)
    assert [(one.kind, one.what) for one in chain.findings] == [
        ("alone", "“B” hangs alone: no arrow leads to it or from it."),
        ("leap", "From “A” to “C” the chain leaps over: Activity, Output."),
        ("unexplained", "The arrow from “A” to “C” is not explained."),
        ("loose", "This benefit hangs on no outcome: “Færre timer”."),
    ]
    assert all(one.why.endswith(".") and one.cure.endswith((".", "?")) for one in chain.findings)
    page = words_of(town.client("leader").get(at("work_chain", initiative)))
    assert all(one.cure in page for one in chain.findings)
    assert queries.chain_of(initiative, None).findings == ()
    assert "leaps over" not in words_of(town.client("anonymous").get(at("chain", initiative)))


def test_a_whole_chain_says_that_it_hangs_together(town: Town, initiative: Initiative) -> None:
    draw(*make_links(initiative, *KINDS))
    assert "The chain hangs together" in words_of(town.client("leader").get(at("work_chain", initiative)))
    desk = town.client("leader").get(reverse("initiatives:work_initiative", args=[initiative.pk]))
    assert "Hangs together" in words_of(desk)


def test_the_public_page_draws_lists_and_tabulates_the_chain(town: Town, initiative: Initiative) -> None:
    draw(*make_links(initiative, *KINDS))
    answer = town.client("anonymous").get(at("chain", initiative))
    page = words_of(answer)
    chain = answer.context["chain"]
    assert [
        (one.number, one.source_title, one.target_title, one.mechanism, one.assumption) for one in chain.arrows
    ] == [(number, chr(64 + number), chr(65 + number), "fordi", "hvis") for number in range(1, 5)]
    assert page.count("<svg") == 1
    assert "style=" not in page
    assert "csrf" not in page
    assert all(f'id="link-{link.pk}"' in page for link in chain.links)


def test_an_initiative_leads_to_its_chain_when_it_has_one(town: Town, initiative: Initiative) -> None:
    public = reverse("initiatives:initiative", args=[initiative.pk])
    desk = reverse("initiatives:work_initiative", args=[initiative.pk])
    assert at("chain", initiative) not in words_of(town.client("anonymous").get(public))
    assert "No effect chain is written" in words_of(town.client("anonymous").get(at("chain", initiative)))
    assert "Begin the effect chain" in words_of(town.client("leader").get(desk))
    make_links(initiative, *KINDS)
    assert at("chain", initiative) in words_of(town.client("anonymous").get(public))
    assert "1 thing to look at" not in words_of(town.client("leader").get(desk))
    assert "things to look at" in words_of(town.client("leader").get(desk))


def test_a_chain_costs_the_same_whatever_its_length(
    town: Town, initiative: Initiative, django_assert_num_queries
) -> None:
    for _round in range(2):
        links = make_links(initiative, *KINDS)
        draw(*links)
        make_benefit(initiative, link=links[3])
        with django_assert_num_queries(3):
            queries.chain_drawing(initiative, queries.chain_of(initiative, None))


def test_every_change_is_in_the_trail_in_words(town: Town, initiative: Initiative) -> None:
    by = town.leader
    a = actions.add_link(initiative, by=by, kind="input", title="A")
    b = actions.add_link(initiative, by=by, kind="input", title="B")
    c = actions.add_link(initiative, by=by, kind="outcome", title="C")
    actions.change_link(a, by=by, title="AA")
    actions.move_link(b, towards="up", by=by)
    arrow = actions.add_arrow(initiative, source=a, target=c, by=by)
    actions.change_arrow(arrow, source=b, target=c, by=by, mechanism="x")
    actions.restore_arrow(initiative, actions.delete_arrow(arrow, by=by), by=by)
    actions.restore_link(initiative, actions.delete_link(b, by=by), by=by)
    actions.place_benefit(make_benefit(initiative), link=c, by=by)
    verbs = [verb for verb in Entry.objects.values_list("verb", flat=True).order_by("number") if "benefits." in verb]
    assert set(verbs) <= set(SENTENCES)
    assert [verb.removeprefix("benefits.") for verb in verbs] == [
        "link_added", "link_added", "link_added", "link_changed", "link_moved", "arrow_added", "arrow_changed",
        "arrow_deleted", "arrow_added", "link_deleted", "link_restored", "benefit_placed",
    ]  # fmt: skip
