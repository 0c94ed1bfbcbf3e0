"""The whole day in a browser: a host, a hall screen and three phones, from the empty plan to the tagged report."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.chromium import DESKTOP, PHONE
from tests.journeys.browsing import context_of, send, signed_in, status, wait_for_rows
from tests.journeys.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser]

STATEMENTS = [
    "Vi bør møtes oftere på tvers.",
    "Biblioteket bør ha åpent på søndager.",
    "Hver grend bør ha et møtested.",
    "Vi bør dele utstyr mellom lagene.",
    "Bedriftene bør inviteres først.",
    "Ungdom bør lede sitt eget tilbud.",
]
AGREE, DISAGREE, PASS = "1", "-1", "0"
HIDDEN = {403, 404, 409}


@dataclass(frozen=True)
class Day:
    """The addresses of the day under test."""

    host: str
    phone: str
    hall: str
    vote: str
    mine: str
    direction: str
    direction_json: str
    export: str
    report: str
    report_pdf: str


@pytest.fixture(scope="module")
def host(browser: Browser, town: Served) -> Iterator[Page]:
    """The facilitator, signed in, on a desktop."""
    page = signed_in(browser, town, name="Prosesslederen")
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def day(host: Page, town: Served) -> Day:
    """A gathering with a talk and a conversation, planned through the pages."""
    process = town.one("SELECT id FROM processes_process")
    title = "Hva skal møtestedet brukes til?"
    host.goto(f"{town.url}/work/processes/{process}/conversations/new/")
    host.locator("#id_title_nb").fill(title)
    send(host, "#id_title_nb")
    host.locator("textarea").first.fill("\n".join(STATEMENTS))
    send(host, "textarea")  # shows what will be added
    host.locator("button[name=add]").click()
    talk = town.one("SELECT id FROM statements_conversation WHERE title = ?", title)
    wait_for_rows(host, town, "SELECT count(*) FROM statements_statement WHERE conversation_id = ?", talk, 6)
    host.goto(f"{town.url}/work/conversations/{talk}/windows/new/")
    send(host, "#id_title")

    host.goto(f"{town.url}/work/gatherings/new/{process}/")
    now = datetime.now().replace(second=0, microsecond=0)
    host.locator("#id_title").fill("Kveld på grendehuset")
    host.locator("#id_place").fill("Grendehuset")
    host.locator("#id_starts_at").fill(moment(now))
    host.locator("#id_ends_at").fill(moment(now + timedelta(hours=3)))
    host.locator("#id_eligible").fill("20")
    send(host, "#id_title")
    gathering, code = (
        town.one(f"SELECT {field} FROM gatherings_gathering WHERE place = 'Grendehuset'") for field in ("id", "code")
    )
    add_slot(host, town, gathering, kind="talk", title="Velkommen", starts_at=now)
    add_slot(host, town, gathering, kind="conversation", title=title, starts_at=now + timedelta(minutes=20))
    return addresses(town, gathering=gathering, code=code, talk=talk)


def addresses(town: Served, *, gathering: str, code: str, talk: str) -> Day:
    here, conversation = f"{town.url}/g/{code}", f"{town.url}/conversations/{talk}"
    return Day(
        host=f"{town.url}/work/gatherings/{gathering}/host/",
        phone=f"{here}/",
        hall=f"{here}/hall/",
        vote=f"{conversation}/",
        mine=f"{conversation}/mine/",
        direction=f"{conversation}/direction/",
        direction_json=f"{conversation}/direction.json",
        export=f"{conversation}/export.zip",
        report=f"{here}/report/",
        report_pdf=f"{here}/report.pdf",
    )


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M")


def add_slot(page: Page, town: Served, gathering: str, *, kind: str, title: str, starts_at: datetime) -> None:
    page.goto(f"{town.url}/work/gatherings/{gathering}/slots/new/")
    page.locator("#id_kind").select_option(kind)
    page.locator("#id_title").fill(title)
    page.locator("#id_starts_at").fill(moment(starts_at))
    if kind == "conversation":
        page.locator("#id_activity").select_option(label=title)
    send(page, "#id_title")


def join(page: Page, day: Day, *, sector: str) -> None:
    page.goto(day.phone)
    page.locator(f"button[name=sector][value={sector}]").click()
    page.wait_for_load_state()
    page.locator("#now").wait_for()


def answer(page: Page, choice: str) -> None:
    """One press, and the wait until another statement (or the end) stands there."""
    shown = page.locator("#v-text").get_attribute("data-statement")
    page.locator(f"#v-form button[value='{choice}']").click()
    page.wait_for_function(
        "shown => document.getElementById('v-text')?.dataset.statement !== shown "
        "|| document.getElementById('v-form').hidden || !document.getElementById('v-none').hidden",
        arg=shown,
    )


def test_the_day_from_the_plan_to_the_tagged_report(browser: Browser, town: Served, host: Page, day: Day) -> None:
    hall_context, first, second, third = (
        context_of(browser, size=DESKTOP),
        context_of(browser, size=PHONE, has_touch=True, is_mobile=True),
        context_of(browser, size=PHONE, has_touch=True, is_mobile=True, java_script_enabled=False),
        context_of(browser, size=PHONE, has_touch=True, is_mobile=True),
    )
    hall, public, private, voluntary = (c.new_page() for c in (hall_context, first, second, third))

    # The gathering is planned: a phone sees when it is, and cannot join.
    public.goto(day.phone)
    assert public.locator("button[name=sector]").count() == 0
    hall.goto(day.hall)

    # The host opens it, and three people of three sectors join. The hall counts them.
    host.goto(day.host)
    host.locator("#host-open-button").click()
    host.locator("#host-after").wait_for()
    join(public, day, sector="public")
    join(private, day, sector="private")
    join(voluntary, day, sector="voluntary")
    hall.locator("[data-count=present]", has_text=re.compile(r"^3$")).wait_for()

    # The host goes through the programme; phones and hall follow by themselves, the one without script by loading.
    host.locator("#host-after").click()
    public.locator("#now-title", has_text="Velkommen").wait_for()
    hall.locator("h2", has_text="Velkommen").wait_for()
    host.locator("#host-slot", has_text="Velkommen").wait_for()
    host.locator("#host-after").click()
    host.locator("#host-conversation").wait_for()
    host.locator("#host-conversation").click()
    public.locator("#now-vote").click()
    public.locator("#v-text").wait_for()
    private.goto(day.phone)
    private.locator("#now-vote").click()
    voluntary.locator("#now-vote").click()

    # One answers with the script, one by forms alone, one is without network for a while.
    for choice in (AGREE, AGREE, DISAGREE, PASS, AGREE, AGREE):
        answer(public, choice)
    for choice in (AGREE, DISAGREE, DISAGREE, AGREE, PASS, AGREE):
        private.locator(f"button[name=choice][value='{choice}']").click()
        private.wait_for_load_state()
    answer_with_a_broken_network(third, voluntary, town)
    assert Counter(votes_in(town, day)) == {"phone": 18}
    hall.locator("[data-count=answered]", has_text=re.compile(r"^3$")).wait_for()

    # Hidden means hidden: on the page, as JSON, as a file, in the hall.
    anonymous = context_of(browser, size=DESKTOP).new_page()
    hidden = {a: status(anonymous, a) for a in (day.direction_json, day.export)}
    assert [address for address, code in hidden.items() if code not in HIDDEN] == []
    anonymous.goto(day.direction)
    assert [text for text in STATEMENTS if text in anonymous.content()] == []
    assert public.goto(day.phone) is not None
    assert (public.locator("#now-results").count(), "%" in hall.locator("#hall-now").inner_text()) == (0, False)

    # The host closes and shows; now they are everywhere.
    host.locator("#host-conversation").click()
    public.locator("#now-vote").wait_for(state="detached")
    wait_for_rows(host, town, "SELECT count(*) FROM statements_opinionmap WHERE conversation_id = ?", talk_of(day), 1)
    host.locator("#host-results").click()
    public.locator("#now-results").wait_for()
    hall.locator("#hall-now", has_text=re.compile("3 (personer|personar|people)")).wait_for()
    assert status(anonymous, day.direction_json) == 200
    anonymous.goto(day.direction)
    assert [text for text in STATEMENTS if text not in anonymous.content()] == []
    assert exported_votes(anonymous, day) == 18

    # The end, the report, and its tagged PDF.
    host.goto(day.host.replace("/host/", "/host/end/"))
    host.locator("main form button").last.click()
    host.wait_for_load_state()
    anonymous.goto(day.report)
    assert "Kveld på grendehuset" in anonymous.locator("h1").inner_text()
    assert_tagged(anonymous.request.get(day.report_pdf).body())
    for context in (hall_context, first, second, third, anonymous.context):
        context.close()


def answer_with_a_broken_network(context: BrowserContext, page: Page, town: Served) -> None:
    """Two answers with a network, two without, one reload of courage later all six are there, each once."""
    page.locator("#v-text").wait_for()
    page.wait_for_load_state("networkidle")
    for choice in (AGREE, AGREE):
        answer(page, choice)
    page.locator("#v-state[data-state=received]").wait_for()
    context.set_offline(True)
    for choice in (DISAGREE, AGREE):
        answer(page, choice)
    page.locator("#v-state[data-state=saved]").wait_for()
    context.set_offline(False)
    page.locator("#v-state[data-state=received]").wait_for(timeout=40_000)
    for choice in (PASS, AGREE):
        answer(page, choice)
    page.locator("#v-state[data-state=received]").wait_for()
    page.wait_for_function("() => !Object.keys(localStorage).some(name => name.startsWith('samskap.votes.'))")


def talk_of(day: Day) -> str:
    return day.vote.rstrip("/").rsplit("/", 1)[1]


def votes_in(town: Served, day: Day) -> list[str]:
    """The channel of every vote of the conversation."""
    joined = town.one(
        "SELECT group_concat(v.channel) FROM statements_vote v JOIN statements_statement s ON s.id = v.statement_id"
        " WHERE s.conversation_id = ?",
        talk_of(day),
    )
    return joined.split(",")


def exported_votes(page: Page, day: Day) -> int:
    """Rows in the file of votes."""
    answer = page.request.get(day.export)
    assert answer.status == 200
    with zipfile.ZipFile(io.BytesIO(answer.body())) as bundle:
        name = next(name for name in bundle.namelist() if name.endswith("votes.csv") and "participants" not in name)
        return len(list(csv.DictReader(io.StringIO(bundle.read(name).decode("utf-8-sig")))))


def assert_tagged(document: bytes) -> None:
    """The PDF has a structure that a screen reader can follow, a language and a title, and says that it is PDF/UA."""
    import pikepdf

    with pikepdf.open(io.BytesIO(document)) as pdf:
        root = pdf.Root
        assert bool(root.MarkInfo.Marked)
        assert root.StructTreeRoot.K is not None
        assert str(root.Lang).startswith("nb")
        with pdf.open_metadata() as metadata:
            assert (metadata.get("pdfuaid:part"), bool(metadata.get("dc:title"))) == ("1", True)
