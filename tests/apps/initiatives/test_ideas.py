"""Idea rounds: writing, supporting, moderating, merging, hiding counts, taking back."""

from __future__ import annotations

import uuid

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests import factories
from tests.apps.viewers import DESK, HIDDEN, PUBLIC, Town, met, words_of
from tests.factories.ideas import make_idea, make_idea_round, make_idea_window, make_opportunity, make_support

from samskap.apps.initiatives import actions, queries
from samskap.apps.initiatives.models import Idea, IdeaRound, IdeaSupport
from samskap.apps.initiatives.rules import ideas as rules
from samskap.apps.processes import actions as processes
from samskap.apps.processes.models import Activity, Participant
from samskap.apps.statements import actions as statements
from samskap.apps.trail.models import Entry
from samskap.kernel.errors import Closed, NotAllowed, NotFound, RuleError
from samskap.web.tickets import sign_ticket


@pytest.fixture
def idea_round(town: Town) -> IdeaRound:
    """An open idea round with two accepted ideas."""
    process = factories.make_process(municipality=town.municipality)
    return make_idea_round(process=process, ideas=2, window="open")


@pytest.fixture
def window(idea_round: IdeaRound) -> Activity:
    return queries.idea_windows(idea_round)[0]


@pytest.fixture
def participant(idea_round: IdeaRound) -> Participant:
    return factories.make_participant(idea_round.process)


def page_of(idea_round: IdeaRound, *rest: object, name: str = "idea_round") -> str:
    return reverse(f"initiatives:{name}", args=[idea_round.pk, *rest])


def browser() -> Client:
    """A browser that is new here."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def browser_of(participant: Participant) -> Client:
    """A browser that holds the ticket of this participant."""
    client = browser()
    client.cookies[f"samskap_ticket_{participant.process_id}"] = sign_ticket(participant.process_id, participant.key)
    return client


# Writing


def test_an_idea_waits_for_a_moderator_and_is_seen_when_it_is_accepted(
    town: Town, idea_round: IdeaRound, window: Activity, participant: Participant
) -> None:
    made = actions.submit_idea(
        participant, activity=window, idea_round=idea_round, title="  En   benk ", text="Ved elva"
    )
    assert (made.number, made.title, made.text, made.state, made.channel) == (
        3,
        "En benk",
        "Ved elva",
        "waiting",
        "web",
    )
    assert "En benk" not in browser().get(page_of(idea_round)).content.decode()
    actions.accept_idea(made, by=town.facilitator)
    assert "En benk" in browser().get(page_of(idea_round)).content.decode()


def test_an_idea_is_shown_at_once_where_moderation_is_open(participant: Participant) -> None:
    open_round = make_idea_round(process=participant.process, moderation="open", window="open")
    window = queries.idea_windows(open_round)[0]
    made = actions.submit_idea(participant, activity=window, idea_round=open_round, title="En benk")
    assert made.state == "accepted"


def test_the_same_form_sent_twice_is_one_idea(
    idea_round: IdeaRound, window: Activity, participant: Participant
) -> None:
    key = uuid.uuid4()
    said = {"activity": window, "idea_round": idea_round, "form_key": key}
    first = actions.submit_idea(participant, title="En benk", **said)
    again = actions.submit_idea(participant, title="En benk til", **said)
    same = actions.submit_idea(participant, activity=window, idea_round=idea_round, title="En benk")
    assert first == again == same
    assert idea_round.ideas.count() == 3


def test_a_double_first_click_of_a_new_browser_is_one_idea_and_one_ticket(idea_round: IdeaRound) -> None:
    client = browser()
    form = client.get(page_of(idea_round, name="new_idea"))
    key = form.context["form"].initial["form_key"]
    for _press in range(2):
        client.post(page_of(idea_round, name="new_idea"), {"title": "En benk", "text": "", "form_key": key})
    assert idea_round.ideas.filter(title="En benk").count() == 1
    assert idea_round.process.participants.count() == 1


@pytest.mark.parametrize(
    ("title", "text", "sentence"),
    [
        ("", "", "Say in a few words what the idea is."),
        ("  \u200b …", "", "Say in a few words what the idea is."),
        ("a" * 121, "", "The short name has 121 characters, and 120 is the most."),
        ("Benk", "a" * 1001, "The text has 1001 characters, and 1000 is the most."),
    ],
)
def test_words_that_cannot_be_an_idea_are_told_in_a_sentence(
    idea_round: IdeaRound, window: Activity, participant: Participant, title: str, text: str, sentence: str
) -> None:
    with pytest.raises(RuleError, match=sentence[:30]):
        actions.submit_idea(participant, activity=window, idea_round=idea_round, title=title, text=text)
    page = browser_of(participant).post(page_of(idea_round, name="new_idea"), {"title": title, "text": text})
    assert sentence in page.content.decode()


def test_nobody_writes_more_than_twenty_ideas(
    idea_round: IdeaRound, window: Activity, participant: Participant
) -> None:
    for number in range(rules.MOST_OWN_IDEAS):
        actions.submit_idea(participant, activity=window, idea_round=idea_round, title=f"Idé {number}")
    with pytest.raises(RuleError, match="You have written 20 ideas"):
        actions.submit_idea(participant, activity=window, idea_round=idea_round, title="En til")


def test_nothing_is_received_after_closing(
    town: Town, idea_round: IdeaRound, window: Activity, participant: Participant
) -> None:
    processes.close_activity(window, by=town.facilitator)
    idea = queries.kept_ideas(idea_round)[0]
    with pytest.raises(Closed, match=r"The idea round is closed\."):
        actions.submit_idea(participant, activity=window, idea_round=idea_round, title="For sent")
    with pytest.raises(Closed):
        actions.support_idea(participant, idea, activity=window)
    page = browser_of(participant).post(page_of(idea_round, name="new_idea"), {"title": "For sent", "text": "Mer"})
    assert "The idea round is closed." in page.content.decode()
    assert "For sent" in page.content.decode()  # what was typed is not lost


def test_a_ticket_of_another_process_writes_nothing(idea_round: IdeaRound, window: Activity) -> None:
    with pytest.raises(NotAllowed, match="not valid here"):
        actions.submit_idea(factories.make_participant(), activity=window, idea_round=idea_round, title="Fremmed")


def test_ideas_that_share_words_are_shown_before_the_new_one_is_sent(
    idea_round: IdeaRound, participant: Participant
) -> None:
    make_idea(idea_round, title="Turfølge for eldre hver tirsdag")
    make_idea(idea_round, title="Turfølge med eldre, hemmelig", state="waiting")
    client, address = browser_of(participant), page_of(idea_round, name="new_idea")
    page = client.post(address, {"title": "Følge og turfølge for eldre", "text": ""}).content.decode()
    assert "Is it one of these?" in page
    assert "eldre, turfølge" in page
    assert "hemmelig" not in page
    assert "is waiting for a moderator" in page
    assert not Idea.objects.filter(author=participant).exists()
    client.post(address, {"title": "Følge og turfølge for eldre", "text": "", "anyway": "yes"})
    assert Idea.objects.filter(author=participant).count() == 1


def test_likeness_is_shared_words_and_nothing_else() -> None:
    others = {1: "Turfølge for eldre", 2: "Ny bru over elva", 3: "Eldre og unge spiser sammen"}
    assert rules.alike_ideas("Et turfølge med eldre folk", others) == [rules.Alike(1, ("eldre", "turfølge"))]
    assert rules.alike_ideas("Kommunen burde gjøre mer", others) == []


def test_the_author_changes_the_words_while_nobody_has_read_them(
    town: Town, idea_round: IdeaRound, window: Activity, participant: Participant
) -> None:
    made = actions.submit_idea(participant, activity=window, idea_round=idea_round, title="En benk")
    client = browser_of(participant)
    client.post(page_of(idea_round, made.pk, name="change_idea"), {"title": "To benker", "text": "Ved elva"})
    made.refresh_from_db()
    assert (made.title, made.text) == ("To benker", "Ved elva")
    actions.accept_idea(made, by=town.facilitator)
    page = client.post(page_of(idea_round, made.pk, name="change_idea"), {"title": "Tre benker"})
    assert "A moderator has read this idea" in page.content.decode()
    stranger = browser_of(factories.make_participant(idea_round.process))
    assert stranger.get(page_of(idea_round, made.pk, name="change_idea")).status_code == 404


def test_own_ideas_are_listed_with_state_and_reason_and_for_this_browser_alone(
    town: Town, idea_round: IdeaRound, window: Activity, participant: Participant
) -> None:
    made = actions.submit_idea(participant, activity=window, idea_round=idea_round, title="Noe annet")
    actions.reject_idea(made, by=town.facilitator, reason="Det gjelder fylket.")
    mine = browser_of(participant).get(page_of(idea_round, name="own_ideas")).content.decode()
    assert "Noe annet" in mine
    assert "Det gjelder fylket." in mine
    for other in (browser(), browser_of(factories.make_participant(idea_round.process))):
        assert "Noe annet" not in other.get(page_of(idea_round, name="own_ideas")).content.decode()
        assert other.get(page_of(idea_round, made.pk, name="idea")).status_code == 404


# The order


def test_the_order_is_each_ticket_s_own_and_stays(idea_round: IdeaRound) -> None:
    for _number in range(10):
        make_idea(idea_round)
    orders = [queries.ideas_in_own_order(idea_round, key=uuid.UUID(int=n).hex) for n in range(12)]
    assert len({tuple(order) for order in orders}) == 12
    assert len({order[0] for order in orders}) > 3
    assert orders[0] == queries.ideas_in_own_order(idea_round, key=uuid.UUID(int=0).hex)
    assert sorted(orders[0]) == sorted(queries.kept_ideas(idea_round).values_list("pk", flat=True))


# Supporting


def test_a_person_supports_an_idea_once_and_takes_it_back(
    idea_round: IdeaRound, window: Activity, participant: Participant
) -> None:
    idea = queries.kept_ideas(idea_round)[0]
    client, address = browser_of(participant), page_of(idea_round, idea.pk, name="support_idea")
    assert client.post(address).status_code == 303
    client.post(address)
    assert queries.supporters_by_idea(idea_round) == {idea.pk: 1}
    client.post(address, {"do": "undo"})
    client.post(address, {"do": "undo"})
    assert queries.supporters_by_idea(idea_round) == {}


def test_nobody_supports_an_idea_of_their_own_or_one_that_waits(
    idea_round: IdeaRound, window: Activity, participant: Participant
) -> None:
    own = make_idea(idea_round, author=participant)
    waiting = make_idea(idea_round, state="waiting")
    with pytest.raises(RuleError, match="your own idea"):
        actions.support_idea(participant, own, activity=window)
    with pytest.raises(RuleError, match="no longer part"):
        actions.support_idea(participant, waiting, activity=window)


@pytest.mark.parametrize(
    ("results", "shown", "seen_by_all", "seen_by_supporter"),
    [
        ("never", False, False, False),
        ("when_shown", False, False, False),
        ("when_shown", True, True, True),
        ("after_voting", False, False, True),
        ("always", False, True, True),
    ],
)
def test_support_is_seen_as_the_window_says_and_hidden_everywhere_else(
    town: Town, results: str, shown: bool, seen_by_all: bool, seen_by_supporter: bool
) -> None:
    process = factories.make_process(municipality=town.municipality)
    idea_round = make_idea_round(process=process)
    window = make_idea_window(idea_round, results=results)
    opportunity = make_opportunity(municipality=town.municipality, process=process)
    idea = make_idea(idea_round, opportunity=opportunity)
    for _person in range(7):
        make_support(idea)
    supporter = factories.make_participant(process)
    make_support(idea, supporter)
    if shown:
        processes.show_results(window, by=town.facilitator)
    public = [
        page_of(idea_round),
        page_of(idea_round, idea.pk, name="idea"),
        page_of(idea_round, name="own_ideas"),
        reverse("initiatives:opportunity", args=[opportunity.pk]),
        reverse("processes:process", args=[process.pk]),
        reverse("trail:history", args=["ideas", idea_round.pk]),
    ]
    assert any("8 people" in words_of(browser().get(page)) for page in public) is seen_by_all
    own = [words_of(browser_of(supporter).get(page)) for page in public[:2]]
    assert any("8 people" in page for page in own) is seen_by_supporter


# Moderation


def test_the_queue_accepts_one_many_and_rejects_with_a_reason(town: Town, idea_round: IdeaRound) -> None:
    first, second, third = (make_idea(idea_round, state="waiting") for _number in range(3))
    client = town.client("facilitator")
    client.post(page_of(idea_round, first.pk, name="accept_idea"))
    client.post(page_of(idea_round, second.pk, name="reject_idea"), {"reason": "Uklar."})
    page = client.post(page_of(idea_round, third.pk, name="reject_idea"), {"reason": " "}, follow=True)
    assert "needs a reason" in page.content.decode()
    client.post(page_of(idea_round, name="accept_ideas"), {"all": "yes"})
    states = list(idea_round.ideas.order_by("number").values_list("state", "reason"))
    assert states[2:] == [("accepted", ""), ("rejected", "Uklar."), ("accepted", "")]


def test_merging_counts_people_once_keeps_the_words_and_can_be_undone(
    town: Town, idea_round: IdeaRound, window: Activity
) -> None:
    kept, other = queries.kept_ideas(idea_round)
    both = factories.make_participant(idea_round.process)
    make_support(kept, both)
    make_support(other, both)
    make_support(other)
    actions.merge_idea(other, into=kept, by=town.facilitator)
    assert queries.supporters_by_idea(idea_round) == {kept.pk: 2}
    assert queries.supporters_of([kept]) == 2
    assert queries.supported_by(both, idea_round) == {kept.pk}
    assert other.title in words_of(browser().get(page_of(idea_round, kept.pk, name="idea")))
    assert kept.title in words_of(browser().get(page_of(idea_round, other.pk, name="idea")))
    actions.unmerge_idea(other, by=town.facilitator)
    assert queries.supporters_by_idea(idea_round) == {kept.pk: 1, other.pk: 2}
    verbs = [entry.verb for entry in Entry.objects.filter(is_public=True).order_by("number")]
    assert verbs[-2:] == ["initiatives.idea_merged", "initiatives.idea_unmerged"]


def test_support_pressed_on_a_merged_idea_counts_for_the_kept_one_and_is_taken_back_there(
    town: Town, idea_round: IdeaRound, window: Activity, participant: Participant
) -> None:
    kept, other = queries.kept_ideas(idea_round)
    make_support(other, participant)
    actions.merge_idea(other, into=kept, by=town.facilitator)
    actions.support_idea(participant, other, activity=window)
    assert IdeaSupport.objects.count() == 1
    actions.undo_support(participant, kept, activity=window)
    assert IdeaSupport.objects.count() == 0


def test_an_idea_that_stands_for_others_goes_along_and_is_not_rejected_before_they_are_taken_out(
    town: Town, idea_round: IdeaRound
) -> None:
    one, two = queries.kept_ideas(idea_round)
    three = make_idea(idea_round)
    actions.merge_idea(one, into=two, by=town.facilitator)
    with pytest.raises(RuleError, match="would go with it"):
        actions.reject_idea(two, by=town.facilitator, reason="Nei.")
    actions.merge_idea(two, into=three, by=town.facilitator)
    assert set(three.merged_ideas.all()) == {one, two}
    with pytest.raises(RuleError, match="another accepted one"):
        actions.merge_idea(three, into=three, by=town.facilitator)


def test_ideas_from_paper_are_typed_in_count_as_people_and_are_marked(town: Town, idea_round: IdeaRound) -> None:
    client, address = town.client("facilitator"), page_of(idea_round, name="paper_ideas")
    key = client.get(address).context["form"].initial["form_key"]
    said = {"title": "Skrevet på en lapp", "text": "", "channel": "paper", "form_key": key}
    client.post(address, said)
    client.post(address, said)
    made = idea_round.ideas.get(title="Skrevet på en lapp")
    assert (made.state, made.channel) == ("accepted", "paper")
    assert made.author is not None
    assert queries.ideas_answered_count(idea_round) == 1


def test_answered_counts_people_who_wrote_or_supported_once(idea_round: IdeaRound, participant: Participant) -> None:
    idea = queries.kept_ideas(idea_round)[0]
    make_idea(idea_round, author=participant, state="waiting")
    make_support(idea, participant)
    make_support(idea)
    make_idea(idea_round, author=factories.make_participant(idea_round.process), state="rejected")
    assert queries.ideas_answered_count(idea_round) == 2


# Taking back


def test_taking_one_idea_back_erases_its_words_and_frees_those_merged_into_it(
    town: Town, idea_round: IdeaRound, participant: Participant
) -> None:
    own = make_idea(idea_round, author=participant, title="Hemmelig ord", text="Mer hemmelig")
    other = queries.kept_ideas(idea_round)[0]
    actions.merge_idea(other, into=own, by=town.facilitator)
    browser_of(participant).post(page_of(idea_round, own.pk, name="take_back_idea"))
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.title, own.text, own.author, own.state) == ("—", "", None, "rejected")
    assert (other.state, other.merged_into) == ("accepted", None)


def test_withdrawing_everything_takes_ideas_and_support(
    idea_round: IdeaRound, window: Activity, participant: Participant
) -> None:
    idea = queries.kept_ideas(idea_round)[0]
    actions.support_idea(participant, idea, activity=window)
    own = actions.submit_idea(participant, activity=window, idea_round=idea_round, title="Hemmelig ord")
    statements.withdraw_everything(participant)
    own.refresh_from_db()
    assert (own.title, own.text, own.author_id, own.state) == ("—", "", None, "rejected")
    assert not IdeaSupport.objects.exists()
    assert not Participant.objects.filter(pk=participant.pk).exists()


def test_the_button_takes_everything_back_and_the_browser_forgets(
    idea_round: IdeaRound, participant: Participant
) -> None:
    make_idea(idea_round, author=participant, title="Hemmelig ord")
    client = browser_of(participant)
    done = client.post(page_of(idea_round, name="withdraw_ideas"), follow=True)
    assert "Everything is taken back" in done.content.decode()
    assert client.cookies[f"samskap_ticket_{idea_round.process_id}"].value == ""
    assert not Idea.objects.filter(title="Hemmelig ord").exists()


# Windows, texts, who may what


def test_an_activity_opens_one_thing(town: Town, idea_round: IdeaRound) -> None:
    other = factories.make_conversation(process=idea_round.process, window="planned")
    taken = other.windows.get().activity
    with pytest.raises(RuleError, match="opens something else"):
        actions.attach_idea_round(idea_round, taken, by=town.facilitator)
    with pytest.raises(RuleError, match="opens something else"):
        statements.attach_activity(other, queries.idea_windows(idea_round)[0], by=town.facilitator)
    foreign = factories.make_activity()
    with pytest.raises(RuleError, match="another process"):
        actions.attach_idea_round(idea_round, foreign, by=town.facilitator)


def test_a_round_is_made_given_a_window_and_opened_by_hand(town: Town) -> None:
    process = factories.make_process(municipality=town.municipality)
    client = town.client("facilitator")
    said = {"language": "nb", "title_nb": "Hva kan vi gjøre?", "title_en": "What can we do?", "moderation": "strict"}
    client.post(reverse("initiatives:new_idea_round", args=[process.pk]), said)
    made = IdeaRound.objects.get(process=process)
    assert (made.title, made.translations) == ("Hva kan vi gjøre?", {"en": {"title": "What can we do?"}})
    client.post(page_of(made, name="new_idea_window"))
    window = queries.idea_windows(made)[0]
    client.post(page_of(made, window.pk, "open", name="order_idea_window"))
    assert "Write an idea" in town.client("anonymous").get(page_of(made)).content.decode()


def test_a_code_lets_one_in_and_many_wrong_ones_wait(town: Town) -> None:
    idea_round = make_idea_round(process=factories.make_process(municipality=town.municipality))
    make_idea_window(idea_round, access="code", access_code="BYGDA")
    client = town.client("anonymous")
    assert "You need the code" in client.get(page_of(idea_round)).content.decode()
    wrong = client.post(page_of(idea_round, name="enter_ideas"), {"code": "feil"}, follow=True)
    assert "That is not the code." in wrong.content.decode()
    right = client.post(page_of(idea_round, name="enter_ideas"), {"code": "by gda"}, follow=True)
    assert "Write an idea" in right.content.decode()


@pytest.mark.parametrize("name", ["idea_round", "new_idea", "own_ideas", "withdraw_ideas", "ideas_withdrawn"])
def test_public_pages_are_as_public_as_the_process(town: Town, idea_round: IdeaRound, name: str) -> None:
    assert town.statuses(page_of(idea_round, name=name)) == PUBLIC
    processes.hide_process(idea_round.process, by=town.facilitator)
    assert town.statuses(page_of(idea_round, name=name)) == HIDDEN


def test_an_idea_page_is_public_and_a_waiting_one_is_not(town: Town, idea_round: IdeaRound) -> None:
    kept, waiting = queries.kept_ideas(idea_round)[0], make_idea(idea_round, state="waiting")
    assert town.statuses(page_of(idea_round, kept.pk, name="idea")) == PUBLIC
    assert town.statuses(page_of(idea_round, waiting.pk, name="idea")) == met(404, 404, 404)
    foreign = make_idea()
    assert town.statuses(page_of(idea_round, foreign.pk, name="idea")) == met(404, 404, 404)


@pytest.mark.parametrize("name", ["idea_list", "idea_moderation", "paper_ideas", "idea_windows", "idea_texts"])
def test_work_pages_are_for_those_who_run_it(town: Town, idea_round: IdeaRound, name: str) -> None:
    assert town.statuses(page_of(idea_round, name=name)) == DESK


def test_the_page_of_one_idea_at_work_and_a_new_round_are_for_those_who_run_it(
    town: Town, idea_round: IdeaRound
) -> None:
    idea = queries.kept_ideas(idea_round)[0]
    assert town.statuses(page_of(idea_round, idea.pk, name="idea_at_work")) == DESK
    assert town.statuses(reverse("initiatives:new_idea_round", args=[idea_round.process_id])) == DESK


@pytest.mark.parametrize("name", ["accept_idea", "reject_idea", "merge_idea", "unmerge_idea"])
def test_decisions_are_for_those_who_run_it(town: Town, idea_round: IdeaRound, name: str) -> None:
    waiting = make_idea(idea_round, state="waiting")
    address = page_of(idea_round, waiting.pk, name=name)
    assert town.statuses(address, method="post", reason="Nei.") == met(302, 404, 302)
    assert town.statuses(address) == met(302, 405, 405)


def test_pages_cost_the_same_for_one_idea_and_many(town: Town, idea_round: IdeaRound, participant: Participant) -> None:
    def cost(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        return len(caught)

    pages = [
        (browser_of(participant), page_of(idea_round)),
        (browser_of(participant), page_of(idea_round, name="own_ideas")),
        (town.client("facilitator"), page_of(idea_round, name="idea_list")),
        (town.client("facilitator"), page_of(idea_round, name="idea_moderation")),
    ]
    make_idea(idea_round, author=participant)
    make_idea(idea_round, state="waiting")
    few = [cost(*page) for page in pages]
    for _number in range(5):
        idea = make_idea(idea_round, author=participant)
        make_idea(idea_round, state="waiting")
        make_idea(idea_round, state="merged", merged_into=idea)
        make_support(queries.kept_ideas(idea_round)[0])
    assert [cost(*page) for page in pages] == few


def test_a_missing_round_is_not_found(town: Town) -> None:
    with pytest.raises(NotFound):
        queries.visible_idea_round(10**9, viewer=town.facilitator)
