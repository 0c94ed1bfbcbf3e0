"""The loop is closed in browsers: a benefit from its chain to the council, and an experience to begin from."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from tests.chromium import DESKTOP, barriers
from tests.journeys.browsing import (
    assert_no_barriers,
    context_of,
    fetched,
    follow,
    number_in,
    press,
    send,
    signed_in,
    status,
    tab_to,
)
from tests.journeys.served import Served, samskap

from samskap.formats import experience_package

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser]

BUS, RIDERS, BENEFIT = "Ny rute til Dalen", "Flere lar bilen stå", "Mindre å betale for skyss"
OWNER = "Leder for skoleskyss"
SAVED_NOK = 60_000


@dataclass(frozen=True)
class People:
    """Everybody's browser."""

    facilitator: Page
    leader: Page
    anyone: Page


@pytest.fixture(scope="module")
def people(browser: Browser, town: Served) -> Iterator[People]:
    found = People(
        facilitator=signed_in(browser, town, name="Prosesslederen"),
        leader=signed_in(browser, town, name="Kommunedirektøren"),
        anyone=context_of(browser, size=DESKTOP).new_page(),
    )
    yield found
    for page in vars(found).values():
        page.context.close()


def day(days: int) -> str:
    """So many days from today."""
    return (date.today() + timedelta(days=days)).isoformat()


def refused(page: Page, field: str, axe: str) -> str:
    """Send the form that holds this field, which is not accepted. What stands there of it; nothing is in the way."""
    page.locator("form", has=page.locator(field)).first.locator("button:not([type]), [type=submit]").last.click()
    told = page.locator(".ds-error-summary li").first
    told.wait_for()
    assert barriers(page, axe) == []
    return told.inner_text()


# The life of a benefit


def test_a_benefit_from_its_chain_to_the_council(people: People, town: Served, axe: str, tmp_path: Path) -> None:
    saved_before = saved_in_outlook(people.anyone, town)
    initiative = an_initiative_is_published(people.facilitator, town)
    work = f"{town.url}/work/initiatives/{initiative}/"
    a_chain_is_written_by_keyboard(people.facilitator, work, axe)
    benefit = a_benefit_gets_an_owner(people.facilitator, work)
    it_is_measured_before_and_after(people.facilitator, f"{town.url}/work/benefits/{benefit}/", axe)
    another_approves_and_locks(people, f"{town.url}/work/benefits/{benefit}/")

    is_reached = f"tr:has(a[href='/benefits/{benefit}/']) .ds-tag[data-color=success]"
    people.anyone.goto(f"{town.url}/benefits/{benefit}/")
    assert people.anyone.locator("header .ds-tag[data-color=success]").count() == 1
    assert OWNER in people.anyone.locator("aside").inner_text()
    people.anyone.goto(f"{town.url}/municipalities/4016/benefits/")
    assert people.anyone.locator(is_reached).count() == 1
    assert saved_in_outlook(people.anyone, town) == saved_before + SAVED_NOK

    appraisal = it_is_appraised(people.facilitator, work)
    assert status(people.anyone, appraisal) == 404, "nobody else sees an appraisal before it is shown"
    press(people.facilitator, "/show/")
    anybody_computes_the_same(people.anyone, appraisal, tmp_path)
    the_reports_tell_it(people.anyone, town, initiative)
    assert_no_barriers(
        people.anyone,
        axe,
        appraisal,
        *(f"{town.url}/initiatives/{initiative}/{page}" for page in ("chain/", "report/")),
    )


def saved_in_outlook(page: Page, town: Served) -> int:
    """The kroner a year that benefits have saved until now, as the outlook leads on to the outlook that holds them."""
    page.goto(f"{town.url}/places/4016/outlook/")
    part = page.locator("section", has=page.locator("a[href='/municipalities/4016/benefits/']")).last
    found = re.search(r"saved=(-?\d+)", part.locator("a[href*='saved=']").first.get_attribute("href") or "")
    assert found, "the outlook tells of no saved money"
    return int(found[1]) * 1000


def an_initiative_is_published(page: Page, town: Served) -> str:
    """With a next step, and what it costs. Its number."""
    page.goto(f"{town.url}/work/initiatives/new/")
    page.locator("#id_title_nb").fill("Skyssen til Dalen")
    page.locator("#id_next_step_nb").fill("Spør dem som bor der")
    page.locator("#id_next_date").fill(day(60))
    send(page, "#id_title_nb")
    initiative = number_in(page.url, "initiatives")
    page.goto(f"{town.url}/work/initiatives/{initiative}/costs/")
    page.locator("#id_text_nb").fill("Minibuss og sjåfør")
    page.locator("#id_amount_nok").fill("200 000")
    send(page, "#id_text_nb")
    page.goto(f"{town.url}/work/initiatives/{initiative}/")
    press(page, "/publish/")
    return initiative


def a_chain_is_written_by_keyboard(page: Page, work: str, axe: str) -> None:
    """Two links and an arrow. An arrow back is refused, and the circle is named."""
    for steps, title in ((2, BUS), (3, RIDERS)):
        page.goto(f"{work}chain/links/new/")
        tab_to(page, "input[name=kind]")
        page.keyboard.press("Space")
        for _ in range(steps):
            page.keyboard.press("ArrowDown")
        tab_to(page, "#id_title_nb")
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        page.locator(".c-link h4", has_text=title).wait_for()
    draw_arrow(page, work, 1, 2)
    page.locator(".c-arrows li").wait_for()
    assert page.locator(".c-table tbody tr").count() == 1

    draw_arrow(page, work, 2, 1)
    told = page.locator(".ds-error-summary li")
    told.wait_for()
    assert re.search(f"{RIDERS}.*{BUS}.*{RIDERS}", told.inner_text()), told.inner_text()
    assert barriers(page, axe) == []
    page.goto(f"{work}chain/")
    assert page.locator(".c-arrows li").count() == 1


def draw_arrow(page: Page, work: str, source: int, target: int) -> None:
    """From one link to another, by their order in the lists."""
    page.goto(f"{work}chain/arrows/new/")
    for field, place in (("source", source), ("target", target)):
        tab_to(page, f"#id_{field}")
        for _ in range(place):
            page.keyboard.press("ArrowDown")
    tab_to(page, "#id_mechanism_nb")
    page.keyboard.type("Den går når folk skal på jobb")
    page.keyboard.press("Enter")


def a_benefit_gets_an_owner(page: Page, work: str) -> str:
    """Saved money, with the one who answers for it. The number of the benefit."""
    page.goto(f"{work}benefits/new/")
    page.locator("#id_title_nb").fill(BENEFIT)
    page.locator("input[name=kind][value=saved_money]").check()
    page.locator("input[name=certainty][value=sure]").check()
    page.locator("#id_gainer_nb").fill("Kommunen")
    page.locator("#id_owner_role_nb").fill(OWNER)
    page.locator("#id_owner_organisation").select_option(index=1)
    page.locator("input[name=better][value=higher]").check()
    page.locator("#id_measure_nb").fill("Spart skyss i regnskapet")
    page.locator("#id_effects_from").fill(day(-30))
    send(page, "#id_title_nb")
    page.wait_for_url("**/work/benefits/**")
    return number_in(page.url, "benefits")


def it_is_measured_before_and_after(page: Page, benefit: str, axe: str) -> None:
    """A baseline of after the start is refused in a sentence; then baseline, target and a measurement as a draft."""
    page.goto(f"{benefit}baseline/")
    typed = {"#id_value": "0", "#id_measured_on": day(-10), "#id_source": "Regnskapet for skyss"}
    for field, text in typed.items():
        page.locator(field).fill(text)
    told = refused(page, "#id_value", axe)
    assert told.endswith(".")
    assert len(told.split()) > 8, told
    assert {field: page.locator(field).input_value() for field in typed} == typed
    page.locator("#id_measured_on").fill(day(-60))
    send(page, "#id_value")

    page.goto(f"{benefit}targets/new/")
    page.locator("#id_value").fill("50 000")
    page.locator("#id_due_on").fill(day(300))
    send(page, "#id_value")
    page.goto(f"{benefit}measurements/new/")
    for field, text in (typed | {"#id_value": str(SAVED_NOK), "#id_measured_on": day(-1)}).items():
        page.locator(field).fill(text)
    send(page, "#id_value")


def another_approves_and_locks(people: People, benefit: str) -> None:
    """Nobody approves what they wrote themselves."""
    assert people.facilitator.locator("#measurements form[action$='/lock/']").count() == 0
    people.leader.goto(benefit)
    follow(people.leader, "#measurements a[href$='/approve/']")
    number = number_in(people.leader.url, "measurements")
    people.facilitator.goto(people.leader.url)
    assert people.facilitator.locator("main form[method=post]").count() == 0
    people.leader.locator("main form[method=post] button").last.click()
    people.leader.wait_for_url("**/work/benefits/**")
    press(people.leader, f"/measurements/{number}/lock/")
    assert people.leader.locator("#measurements a[href$='/correct/']").count() == 1


def it_is_appraised(page: Page, work: str) -> str:
    """The list is built of costs and benefits with one press, and appraised. The address of the answer."""
    page.goto(f"{work}effect-list/build/")
    send(page, "input[name=sources]")
    lines = page.locator(".p-lines > li").all_inner_texts()
    assert len(lines) == 2, lines
    assert BENEFIT in "".join(lines)
    page.goto(f"{work}appraisals/new/")
    send(page, "#id_name")
    page.wait_for_url(re.compile(r"/appraisals/\d+/$"))
    return page.url


def anybody_computes_the_same(page: Page, appraisal: str, folder: Path) -> None:
    """On a machine without the municipality's data, from the file alone, with the same hash."""
    page.goto(appraisal)
    with page.expect_download() as saved:
        page.locator("a[href$='.json']").first.click()
    file, again = folder / saved.value.suggested_filename, folder / "again.json"
    saved.value.save_as(file)
    samskap(folder, "appraise", str(file), "--json", str(again))
    before, after = (json.loads(one.read_bytes()) for one in (file, again))
    assert before["sha256"] == after["sha256"]
    assert before["input_hash"] in page.locator("#table-again dd").all_text_contents()


def the_reports_tell_it(page: Page, town: Served, initiative: str) -> None:
    """The initiative's own report, and two pages for the council."""
    report = f"{town.url}/initiatives/{initiative}/report"
    page.goto(f"{report}/")
    assert BENEFIT in page.locator("main").inner_text()
    assert fetched(page, f"{report}.pdf").startswith(b"%PDF-")
    year = date.today().year
    page.goto(f"{town.url}/municipalities/4016/follow-up/{year}/")
    assert BENEFIT in page.locator("main").inner_text()
    with pikepdf.open(io.BytesIO(fetched(page, f"{town.url}/municipalities/4016/follow-up/{year}.pdf"))) as paper:
        assert len(paper.pages) == 2


# An experience that another municipality begins from


def test_an_experience_is_fetched_read_and_begun_from(people: People, town: Served, axe: str) -> None:
    page = people.facilitator
    initiative = town.one("SELECT min(initiative_id) FROM benefits_benefit")
    page.goto(f"{town.url}/initiatives/{initiative}/experience/")
    with page.expect_download() as saved:
        page.locator("a[href$='/experience/package/']").click()
    own = Path(saved.value.path()).read_bytes()
    assert own == experience_package.written(experience_package.read(own).package)
    kept = town.one("SELECT count(*) FROM stories_experience")

    from_skien = as_of(own, number="4003", name="Skien")
    changed = from_skien.replace(b"Skien", b"Skjen", 1)
    reasons = set()
    for file in (own, changed):
        import_file(page, town, file)
        reasons.add(page.locator(".ds-alert[data-color=danger] p").first.inner_text())
        assert barriers(page, axe) == []
        assert page.locator("main form button").count() == 0, "there is nothing to store"
    assert [len(reasons), *{reason[-1] for reason in reasons}] == [2, "."], reasons
    assert town.one("SELECT count(*) FROM stories_experience") == kept

    import_file(page, town, from_skien)
    assert barriers(page, axe) == []
    assert "Skien" in page.locator("main").inner_text()
    assert town.one("SELECT count(*) FROM stories_experience") == kept, "a look stores nothing"
    follow(page, "main form[method=post] button:not([name=drop])")
    experience = number_in(page.url, "experiences")
    its_initiative = an_initiative_begins(page, town, experience)
    the_origin_is_shown(people, town, its_initiative, experience)


def as_of(own: bytes, *, number: str, name: str) -> bytes:
    """The same package as if another municipality had made it."""
    package = experience_package.read(own).package
    site = "https://skien.invalid/initiatives/77/"
    origin = dataclasses.replace(package.origin, number=number, name=name, address=site, check=f"{site}experience/")
    return experience_package.written(dataclasses.replace(package, key=f"{number}-77", origin=origin))


def import_file(page: Page, town: Served, content: bytes) -> None:
    page.goto(f"{town.url}/work/experiences/import/")
    file = {"name": "x.experience.json", "mimeType": "application/json", "buffer": content}
    page.locator("#id_file").set_input_files(file)
    send(page, "#id_file")


def an_initiative_begins(page: Page, town: Served, experience: str) -> str:
    """With the effect chain and the benefits as proposals. The number of the initiative."""
    page.goto(f"{town.url}/work/experiences/{experience}/begin/")
    page.locator("#id_title").fill("Skyss slik Skien gjorde det")
    page.locator("#id_next_step").fill("Ring dem i Skien")
    page.locator("#id_next_date").fill(day(14))
    page.locator("#id_effects_from").fill(day(200))
    page.locator("#id_organisation").select_option(index=1)
    page.locator("#id_owner_role").fill(OWNER)
    send(page, "#id_title")
    return number_in(page.url, "initiatives")


def the_origin_is_shown(people: People, town: Served, initiative: str, experience: str) -> None:
    """At work with the way to the experience, and for everybody with the address of the origin."""
    work = people.facilitator
    work.locator(f"a[href='/work/experiences/{experience}/']").first.wait_for()
    measured = town.one(
        "SELECT count(*) FROM benefits_measurement m JOIN benefits_benefit b ON b.id = m.benefit_id"
        " WHERE b.initiative_id = ?", initiative,
    )  # fmt: skip
    proposed = town.one("SELECT count(*) FROM benefits_benefit WHERE initiative_id = ?", initiative)
    assert (measured, int(proposed) > 0) == ("0", True), "what was measured there is no result here"
    press(work, "/publish/")
    people.anyone.goto(f"{town.url}/initiatives/{initiative}/")
    origin = people.anyone.locator("a[href='https://skien.invalid/initiatives/77/']").first
    assert "Skien" in people.anyone.locator("main").inner_text()
    assert origin.is_visible()
