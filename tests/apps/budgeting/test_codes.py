"""Letters with one-time codes: printed once, one vote each, told apart from typing errors, and no guessing."""

from __future__ import annotations

import itertools
import re
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.apps.budgeting.conftest import Vote, make_vote, shown
from tests.factories import budgeting as factories
from tests.factories import make_participant, make_person

from samskap.apps.budgeting import actions, queries, rules
from samskap.apps.budgeting.models import CodeBatch, VoterBallot, VotingCode
from samskap.apps.budgeting.rules import codes
from samskap.apps.budgeting.rules.codes import BODY, SIGNS, with_check
from samskap.apps.processes.models import Participant
from samskap.apps.trail.models import Entry
from samskap.kernel.errors import Closed, RuleError

BODIES = st.text(alphabet=SIGNS, min_size=BODY, max_size=BODY)


@pytest.fixture
def letters(db: None) -> Vote:
    """A vote for those with a letter."""
    return make_vote(access="invited")


def printed(vote: Vote, *, size: int = 3) -> tuple[CodeBatch, list[str]]:
    batch = actions.make_batch(vote.ballot, by=vote.host, title="Nord", size=size)
    return batch, actions.print_letters(batch, by=vote.host, printed_before=None)


def enter(vote: Vote, client: Client, code: str) -> Any:
    return client.post(vote.address("enter"), {"code": code}, follow=True)


# ---- The signs


@given(BODIES)
def test_a_code_is_well_formed_however_people_write_it(body: str) -> None:
    code = with_check(body)
    for written in (code, rules.grouped(code), f" {rules.grouped(code).lower()} ", " ".join(code)):
        assert rules.normal_code(written) == code
        assert rules.code_problem(rules.normal_code(written)) is None


@given(BODIES, st.integers(0, BODY), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_always_found(body: str, at: int, sign: str) -> None:
    code = with_check(body)
    wrong = code[:at] + sign + code[at + 1 :]
    assert rules.code_problem(wrong) == (None if wrong == code else "check")


@given(BODIES)
def test_two_signs_that_changed_places_are_always_found(body: str) -> None:
    code = with_check(body)
    for one, other in itertools.combinations(range(len(code)), 2):
        signs = list(code)
        signs[one], signs[other] = signs[other], signs[one]
        assert rules.code_problem("".join(signs)) == (None if code[one] == code[other] else "check")


def test_the_signs_spell_no_word_and_none_is_taken_for_another() -> None:
    assert len(SIGNS) == len(set(SIGNS)) == 23
    assert not set(SIGNS) & set("AEIOUYÆØÅ01LSBZV")
    assert rules.normal_code("s5b8z2") == "558822"


@pytest.mark.parametrize(
    ("code", "problem"),
    [("", "empty"), ("O" * 12, "sign"), ("2222", "length"), ("2" * 13, "length"), ("22222222222C", "check"),
     ("٣" * 12, "sign")],
)  # fmt: skip
def test_what_is_wrong_with_a_code_is_told(code: str, problem: str) -> None:
    assert rules.code_problem(rules.normal_code(code)) == problem


def test_codes_are_drawn_from_a_large_urn() -> None:
    assert len({codes.new_code() for _draw in range(2000)}) == 2000


# ---- Printing


@pytest.mark.django_db
def test_codes_are_stored_as_keyed_hashes_alone(letters: Vote) -> None:
    batch, made = printed(letters)
    rows = list(VotingCode.objects.filter(batch=batch).values())
    assert [row["number"] for row in rows] == [1, 2, 3]
    text = str(rows) + str(list(Entry.objects.values_list("data", flat=True)))
    assert not any(code in text for code in made)
    assert all(re.fullmatch("[0-9a-f]{64}", row["digest"]) for row in rows)


@pytest.mark.django_db
def test_printing_again_makes_unused_codes_invalid_and_leaves_the_used(letters: Vote) -> None:
    batch, first = printed(letters)
    used = actions.use_code(letters.ballot, typed=first[0], key=uuid.uuid4())
    batch.refresh_from_db()
    second = actions.print_letters(batch, by=letters.host, printed_before=batch.printed_at)
    assert (len(second), set(first) & set(second)) == (2, set())
    with pytest.raises(RuleError, match="printed again or withdrawn"):
        actions.use_code(letters.ballot, typed=first[1], key=uuid.uuid4())
    assert actions.use_code(letters.ballot, typed=first[0], key=uuid.uuid4()) == used
    assert actions.use_code(letters.ballot, typed=second[0], key=uuid.uuid4()) != used
    [row] = queries.batches_of(letters.ballot)
    assert (row.used, row.valid, row.voided) == (2, 1, 2)


@pytest.mark.django_db
def test_a_second_press_of_the_same_button_does_not_make_the_first_letters_invalid(letters: Vote) -> None:
    batch, made = printed(letters)
    with pytest.raises(RuleError, match="just been printed"):
        actions.print_letters(batch, by=letters.host, printed_before=None)
    actions.use_code(letters.ballot, typed=made[0], key=uuid.uuid4())


@pytest.mark.django_db
def test_lost_letters_are_withdrawn_and_planned_ones_deleted(letters: Vote) -> None:
    batch, made = printed(letters)
    actions.use_code(letters.ballot, typed=made[0], key=uuid.uuid4())
    assert actions.void_batch(batch, by=letters.host) == 2
    with pytest.raises(RuleError, match="printed"):
        actions.delete_batch(batch, by=letters.host)
    actions.delete_batch(factories.make_batch(letters.ballot), by=letters.host)
    assert CodeBatch.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("size", [0, 501])
def test_a_batch_has_a_size_that_a_printer_takes(letters: Vote, size: int) -> None:
    with pytest.raises(RuleError, match="1 to 500 letters"):
        actions.make_batch(letters.ballot, by=letters.host, title="Alle", size=size)


@pytest.mark.django_db
def test_no_letters_for_a_closed_vote(letters: Vote) -> None:
    batch, _made = printed(letters)
    type(letters.ballot).objects.update(state="closed")
    with pytest.raises(Closed):
        actions.print_letters(batch, by=letters.host, printed_before=batch.printed_at)


@pytest.mark.django_db
@pytest.mark.parametrize("layout", ["letters", "cards"])
def test_the_file_holds_each_code_and_is_kept_by_nobody(letters: Vote, layout: str, client: Client) -> None:
    letters.ballot.title = "Fair nærmiljø ☃ $x$ #let"
    letters.ballot.save()
    batch = actions.make_batch(letters.ballot, by=letters.host, title="Nord", size=5)
    client.force_login(letters.host)
    answer = client.post(letters.address("print_batch", batch_pk=batch.pk), {"layout": layout, "printed": ""})
    assert answer.content.startswith(b"%PDF")
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("application/pdf", True)
    assert VotingCode.objects.filter(batch=batch).count() == 5
    again = client.post(
        letters.address("print_batch", batch_pk=batch.pk), {"layout": layout, "printed": ""}, follow=True
    )
    assert "These letters have just been printed." in shown(again)
    html = client.get(letters.address("letters")).content.decode()
    known = re.search(r'name="printed" value="([^"]+)"', html)
    assert known is not None
    answer = client.post(letters.address("print_batch", batch_pk=batch.pk), {"layout": layout, "printed": known[1]})
    assert answer.content.startswith(b"%PDF")


@pytest.mark.django_db
def test_a_letter_says_how_and_until_when_in_three_languages(letters: Vote) -> None:
    batch, made = printed(letters, size=1)
    document = queries.letters_document(
        letters.ballot, batch, codes=made, layout="letters", site="https://samskap.example"
    )
    assert [one["lang"] for one in document["languages"]] == ["nb", "nn", "en"]
    assert document["address"] == f"samskap.example/b/{letters.ballot.pk}"
    assert document["letters"][0]["code"] == rules.grouped(made[0])
    assert "samskap.example/b/" in document["languages"][2]["how"]


# ---- Using


@pytest.mark.django_db
def test_a_code_is_one_vote_on_every_device(letters: Vote) -> None:
    _batch, made = printed(letters)
    phone, computer = Client(HTTP_ACCEPT_LANGUAGE="en"), Client(HTTP_ACCEPT_LANGUAGE="en")
    assert 'id="b-form"' in enter(letters, phone, rules.grouped(made[0])).content.decode()
    phone.post(letters.address("cast"), letters.fields("1"))
    page = enter(letters, computer, made[0].lower())
    assert "You voted" in shown(page)
    computer.post(letters.address("cast"), letters.fields("2"))
    assert letters.stored() == [[("2", None)]]


@pytest.mark.django_db
def test_two_people_who_share_a_phone_have_a_vote_each(letters: Vote, client: Client) -> None:
    _batch, made = printed(letters)
    for code, key in ((made[0], "1"), (made[1], "2"), (made[0], "3")):
        enter(letters, client, code)
        client.post(letters.address("cast"), letters.fields(key))
    assert sorted(letters.stored()) == [[("2", None)], [("3", None)]]
    assert Participant.objects.filter(voting_codes__isnull=False).count() == 2


@pytest.mark.django_db
def test_neither_a_personal_link_nor_an_account_is_a_letter(letters: Vote, client: Client) -> None:
    printed(letters)
    guest = make_participant(letters.ballot.process, assurance="invited")
    from tests.apps.budgeting.conftest import hold

    for browser in (client, Client(HTTP_ACCEPT_LANGUAGE="en")):
        hold(browser, guest)
        browser.force_login(make_person()) if browser is not client else None
        assert "You need the code from your letter to vote here." in shown(browser.get(letters.address()))
        browser.post(letters.address("cast"), letters.fields("1"))
    assert VoterBallot.objects.count() == 0


@pytest.mark.django_db
def test_who_is_signed_in_and_has_a_letter_votes_as_that_letter(letters: Vote, client: Client) -> None:
    _batch, made = printed(letters)
    client.force_login(make_person())
    enter(letters, client, made[0])
    client.post(letters.address("cast"), letters.fields("1"))
    own = VoterBallot.objects.get()
    assert own.participant is not None
    assert own.participant.person_key == ""


@pytest.mark.django_db
def test_taking_everything_back_frees_the_code(letters: Vote, client: Client) -> None:
    _batch, made = printed(letters)
    enter(letters, client, made[0])
    client.post(letters.address("cast"), letters.fields("1"))
    actions.withdraw_of(Participant.objects.get(voting_codes__isnull=False))
    assert VoterBallot.objects.count() == 0
    [row] = queries.batches_of(letters.ballot)
    assert (row.used, row.valid) == (0, 3)
    enter(letters, Client(), made[0])
    [row] = queries.batches_of(letters.ballot)
    assert (row.used, row.valid) == (1, 2)


@pytest.mark.django_db
def test_the_square_fills_the_code_in_and_lets_nobody_in_by_itself(letters: Vote, client: Client) -> None:
    _batch, made = printed(letters)
    page = client.get(letters.address("letter", code=made[0]))
    assert f'value="{rules.grouped(made[0])}"' in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert VotingCode.objects.filter(used_at__isnull=False).count() == 0
    assert client.get(letters.address("short"))["Location"] == letters.address("enter")


@pytest.mark.django_db
def test_a_code_of_another_vote_and_one_after_closing_are_refused(letters: Vote) -> None:
    other = make_vote(access="invited")
    _batch, made = printed(other)
    with pytest.raises(RuleError, match="no such code for this vote"):
        actions.use_code(letters.ballot, typed=made[0], key=uuid.uuid4())
    type(other.ballot).objects.update(state="closed")
    other.ballot.refresh_from_db()
    with pytest.raises(Closed):
        actions.use_code(other.ballot, typed=made[0], key=uuid.uuid4())


@pytest.mark.django_db
def test_guessing_is_stopped_for_one_browser_and_typing_errors_are_free(letters: Vote, client: Client) -> None:
    _batch, made = printed(letters)
    for _slip in range(15):
        assert "typing error" in shown(enter(letters, client, made[0][:-1] + ("2" if made[0][-1] != "2" else "3")))
    for _guess in range(10):
        assert "no such code" in shown(enter(letters, client, codes.new_code()))
    assert "Many wrong codes" in shown(enter(letters, client, made[0]))
    assert "You voted" not in shown(enter(letters, Client(HTTP_ACCEPT_LANGUAGE="en"), made[0]))
    assert VotingCode.objects.filter(used_at__isnull=False).count() == 1


@pytest.mark.django_db
def test_guessing_from_ever_new_browsers_is_stopped_for_the_vote_and_not_for_others(letters: Vote) -> None:
    _batch, made = printed(letters)
    for _guess in range(3):
        enter(letters, Client(), codes.new_code())
    [counter] = [key for key in cache._cache if "budgeting.codes." in key]  # type: ignore[attr-defined]
    key = counter.partition(":1:")[2]
    assert cache.get(key) == 3
    cache.set(key, 300)
    assert "Many wrong codes" in shown(enter(letters, Client(HTTP_ACCEPT_LANGUAGE="en"), made[0]))
    other = make_vote(access="invited")
    _batch, theirs = printed(other)
    assert 'id="b-form"' in enter(other, Client(), theirs[0]).content.decode()
