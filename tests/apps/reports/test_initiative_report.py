"""The report of an initiative: from the figure of the challenge to what changed, as a page and as a tagged PDF."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests import factories
from tests.apps.reports.reading import opened, tags_of, text_of
from tests.apps.viewers import PUBLIC, Town, met, words_of
from tests.factories.appraisals import make_appraisal, make_effect_list
from tests.factories.benefits import make_benefit
from tests.factories.initiatives import make_cost, make_gate, make_initiative, make_organisation_partner
from tests.factories.stories import make_story

from samskap.apps.challenges import actions as challenges
from samskap.apps.initiatives.models import Idea, IdeaRound, Initiative, Opportunity
from samskap.apps.reports import queries
from samskap.apps.reports.queries.plain import first_svg, plain
from samskap.apps.stories import actions as stories
from samskap.apps.stories.models import Story
from samskap.kernel import clock
from samskap.sources.values import Figure

pytestmark = pytest.mark.django_db

WORDS = "Nå bestiller jeg bussen selv."
MARKUP = '#panic(1) *fet* = Overskrift $x$ @ref <merke> // "sitat" ] ) }'


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.SAMSKAP_DATA = tmp_path


@pytest.fixture
def town(drangedal: Town) -> Town:
    return drangedal


def tell(initiative: Initiative, *, channel: str = "report", text: str = WORDS) -> Story:
    """An accepted story with one consent, for a year."""
    return make_story(initiative, consents=(("show", channel),), in_days=365, title="Til legen", text=text)


def challenge_of(town: Town) -> Any:
    """A published challenge with a chart of an official series."""
    factories.make_edition(
        *(Figure("jobs_public", "4016", str(year), 630.0 + year % 7) for year in (2022, 2023, 2024)), table="13470"
    )
    made = challenges.create_challenge(town.municipality, by=town.leader, title="Vi blir færre", text="Vi **må** noe.")
    challenges.add_figure(made, by=town.leader, kind="indicator", indicator="jobs_public")
    return challenges.publish_challenge(made, by=town.leader)


def opportunity_of(town: Town, process: Any) -> Opportunity:
    made = Opportunity.objects.create(
        municipality=town.municipality, process=process, title="Kjøre sammen", published_at=clock.now()
    )
    idea_round = IdeaRound.objects.create(process=process, title="Ideer")
    idea = Idea.objects.create(idea_round=idea_round, number=1, title="Buss som kommer når du ringer", state="accepted")
    made.ideas.add(idea)
    return made


def whole(town: Town) -> Initiative:
    """An initiative that came all the way."""
    process = factories.make_process(municipality=town.municipality)
    factories.make_gathering(process=process, state="ended", title="Dagen")
    made = make_initiative(
        municipality=town.municipality, title="Bestillingsbuss", stage="in_operation", summary="Bussen *kommer*.",
        learned="Spør sjåførene først.", problem="Bussen går tom.", opportunity=opportunity_of(town, process),
        challenges=[challenge_of(town)], starts_on=date(2025, 1, 1),
    )  # fmt: skip
    make_cost(made, year=2026, amount_nok=450_000)
    make_organisation_partner(made, hours=40).commitments.update(state="delivered")
    make_gate(made, from_stage="pilot", to_stage="in_operation", reason="Den virker.")
    activity = made.chain_links.create(kind="activity", title="Buss på telefon")
    outcome = made.chain_links.create(kind="outcome", title="Flere kommer seg ut")
    activity.arrows_out.create(target=outcome, mechanism="Den kommer til døra.")
    make_benefit(
        made, title="Flere turer", baseline=12, targets={date(2026, 6, 30): 40}, measured={date(2026, 6, 30): 45}
    )
    make_effect_list(made)
    make_appraisal(made, shown=True)
    late = make_benefit(made, title="Færre drosjer", baseline=100, better="lower", targets={date(2026, 12, 31): 20})
    late.measurements.create(
        measured_on=date(2026, 10, 1), value=95, source="Regnskap", cause="Avtalen løper ut året.", state="locked",
        approved_at=clock.now(), locked_at=clock.now(),
    )  # fmt: skip
    return made


def pdf_of(initiative: Initiative, town: Town, **asked: str) -> bytes:
    answer = town.client("anonymous").get(f"/initiatives/{initiative.pk}/report.pdf", asked)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    return answer.content


TOLD = (
    "Vi blir færre", "Dagen", "Buss som kommer når du ringer", "Kjøre sammen", "40 hours", "Den virker.", "450,000",
    "Buss på telefon", "Den kommer til døra.", "Flere turer", "Reached", "Before: 12", "Færre drosjer",
    "Behind the forecast", "Avtalen løper ut året.", "Til legen", WORDS, "Spør sjåførene først.", "Bussen går tom.",
    "1 of 2 benefits is reached.", "Net benefit per budget krone", "13470",
)  # fmt: skip


IN_ORDER = (
    "Where it began", "Who contributed", "What was decided", "What it costs", "How it is meant to work", "What changed",
    "What it is appraised to be worth", "What people tell", "What we have learned", "What it rests on", "Sources",
)  # fmt: skip


def test_page_and_paper_tell_the_whole_way(town: Town) -> None:
    made = whole(town)
    tell(made)
    page = words_of(town.client("anonymous").get(f"/initiatives/{made.pk}/report/"))
    text = text_of(pdf_of(made, town))
    assert [part for part in TOLD if part not in page] == []
    assert [part for part in TOLD if part not in text] == []
    assert "R-109/2021" in queries.initiative_report(made).sources[-1].text
    order = [text.index(part) for part in IN_ORDER]
    assert order == sorted(order)


def test_the_pdf_is_tagged_as_pdf_ua(town: Town) -> None:
    paper = opened(pdf_of(whole(town), town, lang="nn"))
    assert paper.Root.MarkInfo.Marked
    assert str(paper.Root.Lang).startswith("nn")
    assert paper.docinfo["/Title"] == "Bestillingsbuss"
    with paper.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    tags = tags_of(paper)
    kinds = [str(tag.S) for tag in tags]
    levels = [int(kind[2:]) for kind in kinds if kind[:2] == "/H" and kind[2:].isdigit()]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert kinds.count("/Table") >= 5
    figures = [tag for tag in tags if str(tag.S) == "/Figure"]
    assert len(figures) == 4
    assert all(str(figure.get("/Alt", "")) for figure in figures)


def test_a_bare_initiative_has_a_report_too(town: Town) -> None:
    made = make_initiative(municipality=town.municipality, title="Bare en tanke")
    text = text_of(pdf_of(made, town))
    for part in ("Bare en tanke", "No benefits are written down yet.", "Nobody has joined.", "No costs are written"):
        assert part in text


def test_a_stopped_one_says_why_and_what_was_learned(town: Town) -> None:
    made = make_initiative(municipality=town.municipality, stage="stopped")
    page = words_of(town.client("anonymous").get(f"/initiatives/{made.pk}/report/"))
    for part in (
        "It was stopped. What was learned stays.",
        "Why it was stopped",
        "Det ble for dyrt.",
        "Spør før du bygger.",
    ):
        assert part in page


def test_what_people_wrote_is_never_markup(town: Town) -> None:
    made = whole(town)
    tell(made, text=f"{MARKUP} <script>alert(1)</script>")
    made.gates.update(reason=MARKUP)
    made.benefits.update(title=MARKUP[:160])
    Initiative.objects.filter(pk=made.pk).update(title=f"Buss {MARKUP}"[:160], learned=MARKUP)
    assert text_of(pdf_of(made, town)).count("#panic(1) *fet* = Overskrift $x$ @ref") >= 3
    page = words_of(town.client("anonymous").get(f"/initiatives/{made.pk}/report/"))
    assert "<script" not in page
    assert "<merke" not in page


def test_the_report_is_as_public_as_the_initiative(town: Town) -> None:
    shown = make_initiative(municipality=town.municipality)
    draft = make_initiative(municipality=town.municipality, published=False)
    for form in ("report/", "report.pdf"):
        assert town.statuses(f"/initiatives/{shown.pk}/{form}") == PUBLIC
    assert town.statuses(f"/initiatives/{draft.pk}/report/") == met(404, 404, 200)


# Stories in the report


@pytest.mark.parametrize("channel", ["web", "open_data", "package"])
def test_a_story_that_did_not_say_yes_to_reports_is_not_there(town: Town, channel: str) -> None:
    made = make_initiative(municipality=town.municipality)
    tell(made, channel=channel)
    assert queries.initiative_report(made).stories == ()


def test_a_story_in_a_picture_says_what_the_picture_shows(town: Town) -> None:
    made = make_initiative(municipality=town.municipality)
    make_story(made, text="", picture="a.jpg", picture_text="Tre kopper ved en buss.")
    make_story(made, text="Før.", sound="b.mp3", transcript="Nå.")
    told = [one.text.text for one in queries.initiative_report(made).stories]
    assert sorted(told) == ["Før.\n\nNå.", "Tre kopper ved en buss."]


def test_a_withdrawn_story_is_gone_from_page_paper_and_folder_at_once(
    town: Town, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    made = make_initiative(municipality=town.municipality)
    story = tell(made)
    assert WORDS in text_of(pdf_of(made, town))
    assert list(tmp_path.rglob("*.pdf")) == []
    with django_capture_on_commit_callbacks(execute=True):
        stories.withdraw_story(story, by=town.leader)
    assert WORDS not in text_of(pdf_of(made, town))
    assert WORDS not in words_of(town.client("anonymous").get(f"/initiatives/{made.pk}/report/"))


def test_a_consent_that_ends_takes_the_story_out_without_any_job(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make_initiative(municipality=town.municipality)
    tell(made)
    assert len(queries.initiative_report(made).stories) == 1
    later = clock.now() + timedelta(days=367)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert queries.initiative_report(made).stories == ()


def test_nothing_between_reader_and_server_keeps_a_report(town: Town) -> None:
    made = make_initiative(municipality=town.municipality)
    for form in ("report/", "report.pdf"):
        answer = town.client("anonymous").get(f"/initiatives/{made.pk}/{form}")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "noindex" in answer.headers["X-Robots-Tag"]


def test_a_pdf_without_stories_is_kept_and_one_with_them_only_in_memory(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_initiative(municipality=town.municipality)
    first = pdf_of(made, town)
    (kept,) = tmp_path.rglob("*.pdf")
    assert kept.read_bytes() == first
    tell(made)
    told = pdf_of(made, town)
    monkeypatch.setattr("samskap.formats.typesetting.typeset", lambda *_a, **_k: pytest.fail("set twice"))
    assert pdf_of(made, town) == told
    assert list(tmp_path.rglob("*.pdf")) == [kept]


# Where it is found


def test_the_page_of_an_initiative_leads_to_its_report(town: Town) -> None:
    made = make_initiative(municipality=town.municipality)
    assert f"/initiatives/{made.pk}/report/" in words_of(town.client("anonymous").get(f"/initiatives/{made.pk}/"))


# Plain texts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ett **fett** ord.\n\nTo.", "Ett fett ord.\n\nTo."),
        ("Liste:\n- en\n- to", "Liste:\n\n• en\n\n• to"),
        ("1. først\r\n2. så", "• først\n\n• så"),
        ("", ""),
        ("a < b & c", "a < b & c"),
    ],
)
def test_markdown_becomes_plain_paragraphs(text: str, told: str) -> None:
    assert plain(text) == told


def test_the_wide_drawing_of_a_chart_goes_on_paper() -> None:
    assert first_svg('<div><svg a="1"></svg></div><div><svg a="2"></svg></div>') == '<svg a="1"></svg>'
    assert first_svg("") == ""
