"""The pages of benefits, appraisals, contracts, stories, experiences and reports of initiatives."""

from __future__ import annotations

from tests.journeys.served import Served
from tests.journeys.viewing import HOST, Place


def closing_places(town: Served) -> list[Place]:
    """The part of the grid that closes the loop."""
    return [
        *_benefits(town),
        *_chains(town),
        *_appraisals(town),
        *_contracts(town),
        *_portfolio(),
        *_stories(town),
        *_experiences(town),
    ]


def _benefits(town: Served) -> list[Place]:
    """A benefit that is behind its forecast, with a locked measurement and a target, and the others beside it."""
    locked = town.one("SELECT min(id) FROM benefits_measurement WHERE state = 'locked'")
    benefit = town.one("SELECT benefit_id FROM benefits_measurement WHERE id = ?", locked)
    initiative = town.one("SELECT initiative_id FROM benefits_benefit WHERE id = ?", benefit)
    target = town.one("SELECT max(id) FROM benefits_target WHERE benefit_id = ?", benefit)
    one = f"/work/benefits/{benefit}/"
    at_work = {
        "benefits:work_benefits": f"/work/initiatives/{initiative}/benefits/",
        "benefits:new_benefit": f"/work/initiatives/{initiative}/benefits/new/",
        "benefits:work_benefit": one,
        "benefits:change_benefit": f"{one}change/",
        "benefits:end_benefit": f"{one}end/",
        "benefits:delete_benefit": f"{one}delete/",
        "benefits:set_baseline": f"{one}baseline/",
        "benefits:new_target": f"{one}targets/new/",
        "benefits:change_target": f"{one}targets/{target}/",
        "benefits:new_measurement": f"{one}measurements/new/",
        "benefits:change_measurement": f"/work/measurements/{locked}/",
        "benefits:approve_measurement": f"/work/measurements/{locked}/approve/",
        "benefits:correct_measurement": f"/work/measurements/{locked}/correct/",
    }
    public = {
        "benefits:benefits": f"/initiatives/{initiative}/benefits/",
        "benefits:benefit": f"/benefits/{benefit}/",
        "trail:history benefit": f"/history/benefit/{benefit}/",
    }
    return [Place(name, path) for name, path in public.items()] + [
        Place(name, path, HOST) for name, path in at_work.items()
    ]


def _chains(town: Served) -> list[Place]:
    """The effect chain of the first initiative that has one, and that of one that has none."""
    chained = town.one("SELECT min(initiative_id) FROM benefits_chainlink")
    link = town.one("SELECT min(id) FROM benefits_chainlink WHERE initiative_id = ?", chained)
    arrow = town.one("SELECT min(id) FROM benefits_chainarrow WHERE source_id = ?", link)
    bare = town.one(
        "SELECT min(id) FROM initiatives_initiative WHERE published_at IS NOT NULL"
        " AND id NOT IN (SELECT initiative_id FROM benefits_chainlink)"
    )
    here = f"/work/initiatives/{chained}"
    paths = {
        "benefits:work_chain": f"{here}/chain/",
        "benefits:work_chain empty": f"/work/initiatives/{bare}/chain/",
        "benefits:begin_chain": f"/work/initiatives/{bare}/chain/begin/",
        "benefits:new_link": f"{here}/chain/links/new/",
        "benefits:change_link": f"{here}/chain/links/{link}/",
        "benefits:new_arrow": f"{here}/chain/arrows/new/",
        "benefits:change_arrow": f"{here}/chain/arrows/{arrow}/",
        "benefits:import_results": f"{here}/results/",
    }
    public = {"benefits:chain": f"/initiatives/{chained}/chain/", "benefits:chain empty": f"/initiatives/{bare}/chain/"}
    places = [Place(name, path) for name, path in public.items()]
    return places + [Place(name, path, HOST) for name, path in paths.items()]


def _appraisals(town: Served) -> list[Place]:
    """The initiative that is appraised: its effect list, and the answer."""
    answer = town.one("SELECT min(id) FROM benefits_appraisal")
    initiative = town.one("SELECT initiative_id FROM benefits_appraisal WHERE id = ?", answer)
    line = town.one("SELECT min(id) FROM benefits_effect WHERE initiative_id = ?", initiative)
    here = f"/work/initiatives/{initiative}"
    at_work = {
        "benefits:effect_list": f"{here}/effect-list/",
        "benefits:new_effect": f"{here}/effect-list/new/",
        "benefits:change_effect": f"{here}/effect-list/{line}/",
        "benefits:build_effects": f"{here}/effect-list/build/",
        "benefits:appraisals": f"{here}/appraisals/",
        "benefits:new_appraisal": f"{here}/appraisals/new/",
        "benefits:appraisal_again": f"{here}/appraisals/{answer}/again/",
        "benefits:delete_appraisal": f"{here}/appraisals/{answer}/delete/",
    }
    public = [
        Place("benefits:appraisal_method", "/method/appraisal/"),
        Place("benefits:appraisal", f"/initiatives/{initiative}/appraisals/{answer}/"),
    ]
    return public + [Place(name, path, HOST) for name, path in at_work.items()]


def _contracts(town: Served) -> list[Place]:
    """The outcome contract that the town has, and every page on which one is written."""
    contract = town.one("SELECT min(id) FROM benefits_contract WHERE is_shown")
    initiative = town.one("SELECT initiative_id FROM benefits_contract WHERE id = ?", contract)
    metric = town.one("SELECT min(id) FROM benefits_metric WHERE contract_id = ?", contract)
    all_of_them, one = f"/work/initiatives/{initiative}/contracts/", f"/work/contracts/{contract}/"
    sections = ("parties", "metrics", "results", "plan", "paid")
    paths = {
        "benefits:contracts_at_work": all_of_them,
        "benefits:new_contract": f"{all_of_them}new/",
        "benefits:import_contract": f"{all_of_them}import/",
        "benefits:work_contract": one,
        "benefits:edit_contract": f"{one}about/",
        "benefits:delete_contract": f"{one}delete/",
        "benefits:make_plan": f"{one}plan/new/",
        "benefits:drop_plan": f"{one}plan/drop/",
        "benefits:change_contract_part": f"{one}metrics/{metric}/",
        **{f"benefits:contract_part {section}": f"{one}{section}/" for section in sections},
    }
    public = [
        Place("benefits:contract", f"/contracts/{contract}/"),
        Place("trail:history contract", f"/history/contract/{contract}/"),
    ]
    return public + [Place(name, path, HOST) for name, path in paths.items()]


def _portfolio() -> list[Place]:
    return [
        Place("benefits:portfolio", "/municipalities/4016/benefits/"),
        Place("benefits:portfolio sorted", "/municipalities/4016/benefits/?certainty=sure&sort=-title"),
        Place("benefits:portfolio wrong", "/municipalities/4016/benefits/?hours=1&kind=saved_money&standing=reached"),
        Place("benefits:portfolio empty", "/municipalities/4016/benefits/?year=2000"),
        Place("benefits:portfolio_at_work", "/work/benefits/", HOST),
    ]


def _stories(town: Served) -> list[Place]:
    """What people tell: read by all, one taken back, and the desk of those who look after them."""
    shown, gone, waiting = (
        town.one("SELECT min(id) FROM stories_story WHERE state = ?", state)
        for state in ("accepted", "withdrawn", "waiting")
    )
    initiative = town.one("SELECT initiative_id FROM stories_story WHERE id = ?", shown)
    desk = {
        "stories:stories_at_work": "/work/stories/",
        "stories:stories_at_work withdrawn": "/work/stories/?state=withdrawn",
        "stories:story_at_work": f"/work/stories/{waiting}/",
        "stories:story_at_work shown": f"/work/stories/{shown}/",
        "stories:propose_change": f"/work/stories/{waiting}/propose/",
        "stories:new_link": f"/work/stories/{waiting}/link/",
        "stories:withdraw_at_work": f"/work/stories/{waiting}/withdraw/",
        "stories:write_for_teller": f"/work/stories/new/{initiative}/",
    }
    public = [
        Place("stories:stories", "/municipalities/4016/stories/"),
        Place("stories:initiative_stories", f"/initiatives/{initiative}/stories/"),
        Place("stories:story", f"/stories/{shown}/"),
        Place("stories:story withdrawn", f"/stories/{gone}/", status=410),
        Place("stories:tell", f"/initiatives/{initiative}/tell/"),
    ]
    return public + [Place(name, path, HOST) for name, path in desk.items()]


def _experiences(town: Served) -> list[Place]:
    """What another municipality learned, what one here can teach, and the reports that tell all of it."""
    taught = town.one("SELECT min(initiative_id) FROM benefits_benefit")
    brought = town.one("SELECT min(id) FROM stories_experience")
    year = town.one("SELECT CAST(strftime('%Y', max(measured_on)) AS INTEGER) FROM benefits_measurement")
    public = {
        "stories:experience_of": f"/initiatives/{taught}/experience/",
        "reports:initiative_report": f"/initiatives/{taught}/report/",
        "reports:follow_up": f"/municipalities/4016/follow-up/{year}/",
    }
    at_work = {
        "stories:experiences": "/work/experiences/",
        "stories:import_experience": "/work/experiences/import/",
        "stories:experience": f"/work/experiences/{brought}/",
        "stories:begin_from_experience": f"/work/experiences/{brought}/begin/",
        "stories:delete_experience": f"/work/experiences/{brought}/delete/",
    }
    places = [Place(name, path) for name, path in public.items()]
    return places + [Place(name, path, HOST) for name, path in at_work.items()]
