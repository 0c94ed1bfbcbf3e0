"""Every page of Samskap, with the eyes that see it: the grid for the tests of pages and for the screenshots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.chromium import DESKTOP, PHONE
from tests.journeys.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

VISITOR, PARTICIPANT, HOST, OPERATOR = "visitor", "participant", "host", "operator"


@dataclass(frozen=True)
class Place:
    """One page: the name of its view (and a word where it has several states), its path, and who looks at it."""

    name: str
    path: str
    viewer: str = VISITOR
    status: int = 200

    @property
    def view(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def slug(self) -> str:
        return self.name.replace(":", "-").replace(" ", "-").replace("_", "-")


# Addresses that answer with something else than a page of their own, and what.
NOT_PAGES = {
    "fragment of a page": {
        "budgeting:count_now", "budgeting:turnout_now", "gatherings:hall_now", "gatherings:live", "gatherings:live_now",
        "outlook:answer",
        "reports:direction_state", "stories:part_of_benefit", "stories:part_of_initiative",
    },
    "file": {
        "benefits:appraisal_csv", "benefits:appraisal_json",
        "benefits:initiative_results", "benefits:municipality_results", "benefits:portfolio_csv",
        "benefits:portfolio_json",
        "benefits:contract_json", "benefits:contracts_json", "benefits:ledger_csv",
        "budgeting:print_batch", "budgeting:print_papers", "budgeting:projects_file", "budgeting:result_file",
        "budgeting:sealed_file", "figures:indicator_csv", "figures:indicator_json",
        "initiatives:initiatives_csv", "initiatives:initiatives_json", "initiatives:portfolio_csv",
        "gatherings:calendar", "gatherings:qr", "mfa_download_recovery_codes", "reports:direction_json",
        "stories:own_picture", "stories:own_sound", "stories:picture", "stories:picture_at_work", "stories:sound",
        "stories:sound_at_work", "stories:stories_json", "web:robots",
        "outlook:outlook_csv", "outlook:outlook_json", "outlook:scenario_json", "reports:export", "reports:report_json",
        "reports:follow_up_pdf", "reports:initiative_report_pdf", "reports:report_pdf",
        "stories:check_json", "stories:download_experience", "statements:batch", "web:theme",
    },
    "a press of a button, which leads to another page": {
        "stories:delete_told_story",
        "stories:accept_story", "stories:consent", "stories:guardian_on_paper", "stories:proposal",
        "stories:reject_story",
        "benefits:delete_measurement", "benefits:lock_measurement", "benefits:remove_target",
        "benefits:reopen_benefit", "benefits:restore_target", "benefits:send_back_measurement",
        "benefits:take_baseline", "benefits:take_correction", "benefits:take_measurement",
        "benefits:remove_effect", "benefits:restore_effect", "benefits:show_appraisal", "benefits:undo_build",
        "benefits:delete_arrow", "benefits:delete_link", "benefits:move_link", "benefits:place_benefit",
        "benefits:restore_chain_part",
        "benefits:remove_contract_part", "benefits:restore_contract_part", "benefits:show_contract",
        "benefits:portfolios",
        "actors:choose_municipality", "budgeting:attach_window", "budgeting:cast", "budgeting:desk_ballot",
        "budgeting:fall", "budgeting:find_paper", "budgeting:order_ballot", "budgeting:order_batch",
        "budgeting:order_group", "budgeting:order_project", "budgeting:order_result",
        "budgeting:order_window", "budgeting:reopen_paper",
        "budgeting:short", "budgeting:where", "challenges:add_figure", "challenges:move_challenge",
        "initiatives:publish_initiative", "initiatives:remove_part", "initiatives:restore_part", "initiatives:set_done",
        "challenges:publish_challenge", "challenges:remove_figure",
        "gatherings:cancel_registration", "gatherings:close_conversation", "gatherings:give_out_form",
        "gatherings:go_to_slot", "gatherings:hide_results", "gatherings:join_gathering", "gatherings:mark_come",
        "gatherings:open_conversation", "gatherings:open_gathering", "gatherings:send_notice",
        "gatherings:set_hall_view", "gatherings:show_results", "initiatives:accept_idea", "initiatives:accept_ideas",
        "initiatives:attach_idea_window", "initiatives:decide_commitment", "initiatives:enter_ideas",
        "initiatives:merge_idea", "initiatives:new_idea_window", "initiatives:order_idea_window",
        "initiatives:order_opportunity", "initiatives:reject_idea", "initiatives:support_idea",
        "initiatives:unmerge_idea", "outlook:save_scenario", "outlook:set_in_report",
        "processes:delete_activity", "processes:publish_process", "processes:switch_activity", "statements:accept",
        "statements:accept_many", "statements:attach", "statements:enter", "statements:give_order",
        "statements:merge", "statements:order_group", "statements:reject", "statements:sector", "statements:skip",
        "statements:undo", "statements:vote", "web:set_color_scheme", "web:set_language",
    },
    "needs a provider, a key or a second factor that the town has not": {
        "mfa_authenticate", "mfa_deactivate_totp", "mfa_edit_webauthn", "mfa_generate_recovery_codes",
        "mfa_login_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn",
        "mfa_view_recovery_codes", "openid_connect_callback", "openid_connect_login",
    },
    "needs a letter, a secret link, a file, closed windows or a text of one's own; its tests are beside the module": {
        "stories:change", "stories:guardian", "stories:my_story", "stories:private_link", "stories:withdraw",
        "stories:withdraw_as_guardian",
        "benefits:compare_plans", "benefits:look_at_contract",
        "benefits:look_at_results",
        "budgeting:close_ballot", "budgeting:letter", "budgeting:look_at_import", "budgeting:receipt",
        "budgeting:settle_paper", "budgeting:withdraw",
        "figures:preview_file", "initiatives:change_commitment", "initiatives:change_idea", "initiatives:following",
        "stories:preview_experience",
        "initiatives:following_off", "initiatives:resident", "initiatives:take_back_idea",
        "initiatives:withdraw_commitment",
        "account_confirm_login_code", "statements:change_statement",
        "gatherings:cancel_sign_up", "gatherings:registration", "gatherings:take_over_ticket",
    },
}  # fmt: skip


def all_places(town: Served) -> list[Place]:
    """The grid. Ids are looked up, so that a change of the town's order does not matter."""
    return [
        *_public(town),
        *_phone(town),
        *_work(town),
        *_gathering_work(town),
        *_statement_work(town),
        *_ideas(town),
        *_ballots(town),
        *_initiatives(town),
        *_appraisals(town),
        *_benefits(town),
        *_chains(town),
        *_contracts(town),
        *_experiences(town),
        *_stories(town),
        *_portfolio(),
        *_account(),
    ]


def _public(town: Served) -> list[Place]:
    process = town.one("SELECT id FROM processes_process")
    challenge = town.one("SELECT min(id) FROM challenges_challenge")
    talk = town.one("SELECT min(id) FROM statements_conversation")
    scenario = town.one("SELECT id FROM outlook_scenario WHERE in_report")
    token = town.one("SELECT i.token FROM gatherings_invitation i JOIN gatherings_gathering g ON g.id = i.gathering_id"
                     " WHERE g.code = 'SMSKP7' ORDER BY i.id LIMIT 1")  # fmt: skip
    return [
        Place("actors:home", "/"),
        Place("actors:municipality", "/municipalities/4016/"),
        Place("actors:demo_sign_in", "/demo/sign-in/"),
        Place("challenges:challenge", f"/challenges/{challenge}/"),
        Place("figures:places", "/places/"),
        Place("figures:place", "/places/4016/"),
        Place("figures:place empty", "/places/0301/"),
        Place("figures:place divided", "/places/1850/", status=404),
        Place("figures:place unknown", "/places/9999/", status=404),
        Place("outlook:outlook", "/places/4016/outlook/"),
        Place("outlook:outlook empty", "/places/0301/outlook/"),
        Place("outlook:outlook old", "/places/0817/outlook/", status=404),
        Place("outlook:scenario", f"/places/4016/outlook/scenarios/{scenario}/"),
        Place("outlook:compare", "/places/4016/outlook/compare/"),
        Place("outlook:method", "/method/outlook/"),
        Place("figures:indicator", "/places/4016/figures/gp_contacts_mental/"),
        Place("figures:concept", "/places/4016/measures/youth_mental_health/"),
        Place("processes:process", f"/processes/{process}/"),
        Place("trail:history process", f"/history/process/{process}/"),
        Place("trail:history challenge", f"/history/challenge/{challenge}/"),
        Place("gatherings:find_gathering", "/join/"),
        Place("gatherings:gathering joining", "/g/SMSKP7/"),
        Place("gatherings:gathering ended", "/g/TKST24/"),
        Place("gatherings:programme", "/g/TKST24/programme/"),
        Place("gatherings:sign_up", "/g/SMSKP7/sign-up/"),
        Place("gatherings:sign_up_received", "/g/SMSKP7/sign-up/received/"),
        Place("gatherings:invitation", f"/g/SMSKP7/invitation/{token}/"),
        Place("gatherings:hall open", "/g/SMSKP7/hall/"),
        Place("gatherings:hall ended", "/g/TKST24/hall/"),
        Place("statements:conversation closed", f"/conversations/{talk}/"),
        Place("statements:withdrawn", f"/conversations/{talk}/withdrawn/"),
        Place("reports:direction", f"/conversations/{talk}/direction/"),
        Place("reports:statement", f"/conversations/{talk}/direction/statements/1/"),
        Place("reports:group", f"/conversations/{talk}/direction/groups/A/"),
        Place("reports:sector", f"/conversations/{talk}/direction/sectors/voluntary/"),
        Place("reports:changes", f"/conversations/{talk}/direction/changes/"),
        Place("reports:method", "/method/opinion-map/"),
        Place("reports:report", "/g/TKST24/report/"),
        Place("web:privacy", "/privacy/"),
        Place("web:accessibility", "/accessibility/"),
        Place("web:about", "/about/"),
        Place("web:styleguide", "/styleguide/"),
        Place("account_login", "/accounts/login/"),
        Place("account_inactive", "/accounts/inactive/"),
        Place("socialaccount_login_cancelled", "/accounts/services/cancelled/"),
        Place("socialaccount_login_error", "/accounts/services/error/", status=401),
        Place("not_found", "/finnes-ikke/", status=404),
    ]


def _phone(town: Served) -> list[Place]:
    talk = town.one("SELECT max(id) FROM statements_conversation WHERE title LIKE 'Hva begynner%'")
    return [
        Place("gatherings:gathering present", "/g/SMSKP7/", PARTICIPANT),
        Place("gatherings:ticket", "/g/SMSKP7/ticket/", PARTICIPANT),
        Place("statements:conversation open", f"/conversations/{talk}/", PARTICIPANT),
        Place("statements:new_statement", f"/conversations/{talk}/statements/new/", PARTICIPANT),
        Place("statements:mine", f"/conversations/{talk}/mine/", PARTICIPANT),
        Place("statements:withdraw", f"/conversations/{talk}/mine/withdraw/", PARTICIPANT),
        Place("reports:direction hidden", f"/conversations/{talk}/direction/", PARTICIPANT),
    ]


def _work(town: Served) -> list[Place]:
    process = town.one("SELECT id FROM processes_process")
    activity = town.one("SELECT min(id) FROM processes_activity")
    challenge = town.one("SELECT min(id) FROM challenges_challenge")
    organisation = town.one("SELECT min(id) FROM actors_organisation")
    edition = town.one("SELECT min(id) FROM figures_edition WHERE municipality_id IS NOT NULL")
    indicator = town.one("SELECT min(id) FROM figures_indicator WHERE municipality_id IS NOT NULL")
    mandate = town.one("SELECT id FROM actors_mandate WHERE role = 'partner'")
    scenario = town.one("SELECT max(id) FROM outlook_scenario")
    paths = {
        "actors:dashboard": "/work/",
        "actors:account": "/work/account/",
        "actors:municipality_settings": "/work/municipality/",
        "actors:organisations": "/work/organisations/",
        "actors:new_organisation": "/work/organisations/new/",
        "actors:organisation": f"/work/organisations/{organisation}/",
        "actors:delete_organisation": f"/work/organisations/{organisation}/delete/",
        "actors:people": "/work/people/",
        "actors:invite_person": "/work/people/invite/",
        "actors:withdraw_mandate": f"/work/people/mandates/{mandate}/withdraw/",
        "challenges:challenges": "/work/challenges/",
        "challenges:new_challenge": "/work/challenges/new/",
        "challenges:change_challenge": f"/work/challenges/{challenge}/",
        "challenges:delete_challenge": f"/work/challenges/{challenge}/delete/",
        "outlook:delete_scenario": f"/places/4016/outlook/scenarios/{scenario}/delete/",
        "figures:desk": "/work/figures/",
        "figures:import_file": "/work/figures/import/",
        "figures:delete_edition": f"/work/figures/editions/{edition}/delete/",
        "figures:new_indicator": "/work/figures/indicators/new/",
        "figures:change_indicator": f"/work/figures/indicators/{indicator}/",
        "figures:delete_indicator": f"/work/figures/indicators/{indicator}/delete/",
        "processes:processes": "/work/processes/",
        "processes:new_process": "/work/processes/new/",
        "processes:work_process": f"/work/processes/{process}/",
        "processes:change_process": f"/work/processes/{process}/change/",
        "processes:choose_challenges": f"/work/processes/{process}/challenges/",
        "processes:new_activity": f"/work/processes/{process}/activities/new/",
        "processes:change_activity": f"/work/processes/{process}/activities/{activity}/",
        "statements:new_conversation": f"/work/processes/{process}/conversations/new/",
        "gatherings:new_gathering": f"/work/gatherings/new/{process}/",
    }
    return [Place(name, path, HOST) for name, path in paths.items()]


def _gathering_work(town: Served) -> list[Place]:
    gathering = town.one("SELECT id FROM gatherings_gathering WHERE code = 'SMSKP7'")
    slot = town.one("SELECT max(id) FROM gatherings_slot WHERE gathering_id = ?", gathering)
    form = town.one("SELECT max(form_number) FROM gatherings_attendance WHERE gathering_id = ?", gathering)
    here = f"/work/gatherings/{gathering}"
    paths = {
        "gatherings:plan": f"{here}/",
        "gatherings:edit_gathering": f"{here}/edit/",
        "gatherings:edit_questions": f"{here}/questions/",
        "gatherings:new_slot": f"{here}/slots/new/",
        "gatherings:edit_slot": f"{here}/slots/{slot}/",
        "gatherings:delete_slot": f"{here}/slots/{slot}/delete/",
        "gatherings:invite": f"{here}/invitations/",
        "gatherings:printed_invitations": f"{here}/invitations/print/",
        "gatherings:desk": f"{here}/desk/",
        "gatherings:paper_form": f"{here}/desk/{form}/",
        "gatherings:host": f"{here}/host/",
        "gatherings:end_gathering": f"{here}/host/end/",
        "gatherings:reset_gathering": f"{here}/host/reset/",
    }
    return [Place(name, path, HOST) for name, path in paths.items()]


def _statement_work(town: Served) -> list[Place]:
    talk = town.one("SELECT max(id) FROM statements_conversation WHERE title LIKE 'Hva begynner%'")
    statement = town.one("SELECT min(id) FROM statements_statement WHERE conversation_id = ?", talk)
    window = town.one("SELECT activity_id FROM statements_conversationwindow WHERE conversation_id = ?", talk)
    here = f"/work/conversations/{talk}"
    mapped = f"/work/conversations/{town.one('SELECT min(id) FROM statements_conversation')}/groups"
    paths = {
        "statements:groups": f"{mapped}/",
        "statements:group": f"{mapped}/1/A/",
        "statements:overview": f"{here}/",
        "statements:texts": f"{here}/texts/",
        "statements:settings": f"{here}/settings/",
        "statements:statements": f"{here}/statements/",
        "statements:statement": f"{here}/statements/{statement}/",
        "statements:seeds": f"{here}/seeds/",
        "statements:moderation": f"{here}/moderation/",
        "statements:windows": f"{here}/windows/",
        "statements:new_window": f"{here}/windows/new/",
        "statements:change_window": f"{here}/windows/{window}/",
    }
    return [Place(name, path, HOST) for name, path in paths.items()]


def _ideas(town: Served) -> list[Place]:
    """The idea round that is over, an opportunity that is open for partners, and one of them."""
    ideas = town.one("SELECT min(id) FROM initiatives_idearound")
    kept = town.one("SELECT min(id) FROM initiatives_idea WHERE state = 'accepted' AND idea_round_id = ?", ideas)
    process = town.one("SELECT process_id FROM initiatives_idearound WHERE id = ?", ideas)
    opportunity = town.one("SELECT min(id) FROM initiatives_opportunity WHERE state = 'open'")
    partner = town.one("SELECT min(id) FROM initiatives_partner WHERE organisation_id IS NOT NULL")
    initiative = town.one("SELECT min(id) FROM initiatives_initiative WHERE published_at IS NOT NULL")
    at_work = {
        "initiatives:new_idea_round": f"/work/processes/{process}/ideas/new/",
        "initiatives:idea_list": f"/work/ideas/{ideas}/",
        "initiatives:idea_moderation": f"/work/ideas/{ideas}/moderation/",
        "initiatives:paper_ideas": f"/work/ideas/{ideas}/paper/",
        "initiatives:idea_windows": f"/work/ideas/{ideas}/windows/",
        "initiatives:idea_texts": f"/work/ideas/{ideas}/texts/",
        "initiatives:idea_at_work": f"/work/ideas/{ideas}/{kept}/",
        "initiatives:opportunities_at_work": "/work/opportunities/",
        "initiatives:new_opportunity": "/work/opportunities/new/",
        "initiatives:change_opportunity": f"/work/opportunities/{opportunity}/",
        "initiatives:set_opportunity_aside": f"/work/opportunities/{opportunity}/set-aside/",
        "initiatives:delete_opportunity": f"/work/opportunities/{opportunity}/delete/",
        "initiatives:opportunity_partners": f"/work/opportunities/{opportunity}/partners/",
        "initiatives:initiative_partners": f"/work/initiatives/{initiative}/partners/",
        "initiatives:partner": f"/work/partners/{partner}/",
        "initiatives:leave_partner": f"/work/partners/{partner}/leave/",
    }
    public = {
        "initiatives:idea_round": f"/ideas/{ideas}/",
        "initiatives:new_idea": f"/ideas/{ideas}/new/",
        "initiatives:idea": f"/ideas/{ideas}/{kept}/",
        "initiatives:own_ideas": f"/ideas/{ideas}/mine/",
        "initiatives:withdraw_ideas": f"/ideas/{ideas}/mine/withdraw/",
        "initiatives:ideas_withdrawn": f"/ideas/{ideas}/withdrawn/",
        "initiatives:opportunities": "/municipalities/4016/opportunities/",
        "initiatives:opportunity": f"/opportunities/{opportunity}/",
        "initiatives:join_opportunity": f"/opportunities/{opportunity}/join/",
        "initiatives:join_initiative": f"/initiatives/{initiative}/join/",
        "initiatives:follow_opportunity": f"/opportunities/{opportunity}/follow/",
        "initiatives:follow_initiative": f"/initiatives/{initiative}/follow/",
        "initiatives:follow_process": f"/processes/{process}/follow/",
        "trail:history ideas": f"/history/ideas/{ideas}/",
        "trail:history opportunity": f"/history/opportunity/{opportunity}/",
    }
    places = [Place(name, path) for name, path in public.items()]
    return places + [Place(name, path, HOST) for name, path in at_work.items()]


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


def _initiatives(town: Served) -> list[Place]:
    """The portfolio, and an initiative that has been decided about, with everything that can be written of it."""
    decided = town.one("SELECT min(initiative_id) FROM initiatives_gate")
    line = town.one("SELECT min(id) FROM initiatives_costline WHERE initiative_id = ?", decided)
    origin = town.one("SELECT min(id) FROM initiatives_opportunity")
    here = f"/work/initiatives/{decided}"
    sections = ("about", "problem", "measures", "effects", "recommendation", "learned", "next",
                "costs", "risks", "affected", "milestones")  # fmt: skip
    paths = {
        "initiatives:portfolio": "/work/initiatives/",
        "initiatives:portfolio_table": "/work/initiatives/table/",
        "initiatives:portfolio_balance": "/work/initiatives/balance/",
        "initiatives:new_initiative": "/work/initiatives/new/",
        "initiatives:take_up": f"/work/initiatives/from-opportunity/{origin}/",
        "initiatives:work_initiative": f"{here}/",
        "initiatives:decide_gate": f"{here}/decide/",
        "initiatives:delete_initiative": f"{here}/delete/",
        "initiatives:change_part": f"{here}/costs/{line}/",
        **{f"initiatives:edit_section {name}": f"{here}/{name}/" for name in sections},
    }
    public = [
        Place("initiatives:initiatives", "/initiatives/"),
        Place("initiatives:initiatives nothing", "/initiatives/?q=zzz"),
        Place("initiatives:initiative", f"/initiatives/{decided}/"),
        Place("trail:history initiative", f"/history/initiative/{decided}/"),
    ]
    return public + [Place(name, path, HOST) for name, path in paths.items()]


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


def _ballots(town: Served) -> list[Place]:
    """The vote that goes on, with a form of paper that nobody has typed, and one that is closed."""
    open_one = town.one("SELECT max(id) FROM budgeting_ballot WHERE state = 'open'")
    closed = town.one("SELECT min(id) FROM budgeting_ballot WHERE state IN ('closed', 'counted')")
    process = town.one("SELECT process_id FROM budgeting_ballot WHERE id = ?", open_one)
    project = town.one("SELECT min(id) FROM budgeting_project WHERE ballot_id = ?", open_one)
    window = town.one("SELECT min(activity_id) FROM budgeting_ballotwindow WHERE ballot_id = ?", open_one)
    counted = town.one("SELECT min(id) FROM budgeting_project WHERE ballot_id = ?", closed)
    receipt = town.one("SELECT min(receipt) FROM budgeting_voterballot WHERE ballot_id = ?", closed)
    here = f"/work/ballots/{open_one}"
    paths = {
        "budgeting:new_ballot": f"/work/processes/{process}/ballots/new/",
        "budgeting:work_ballot": f"{here}/",
        "budgeting:texts": f"{here}/texts/",
        "budgeting:rules": f"{here}/rules/",
        "budgeting:preview": f"{here}/preview/",
        "budgeting:delete_ballot": f"{here}/delete/",
        "budgeting:projects": f"{here}/projects/",
        "budgeting:new_project": f"{here}/projects/new/",
        "budgeting:add_initiatives": f"{here}/projects/initiatives/",
        "budgeting:project": f"{here}/projects/{project}/",
        "budgeting:new_group": f"{here}/groups/new/",
        "budgeting:windows": f"{here}/windows/",
        "budgeting:new_window": f"{here}/windows/new/",
        "budgeting:change_window": f"{here}/windows/{window}/",
        "budgeting:letters": f"{here}/letters/",
        "budgeting:paper": f"{here}/paper/",
        "budgeting:type_paper": f"/work/ballots/{closed}/paper/1/",
        "budgeting:counting open": f"{here}/count/",
        "budgeting:counting": f"/work/ballots/{closed}/count/",
        "budgeting:drop_project": f"/work/ballots/{closed}/count/drop/{counted}/",
        "budgeting:import_ballot": f"/work/processes/{process}/ballots/import/",
    }
    public = [
        *(
            Place(f"budgeting:{name}", f"/ballots/{closed}/result/{name}/")
            for name in ("rounds", "comparison", "recount")
        ),
        Place("budgeting:result", f"/ballots/{closed}/result/"),
        Place("budgeting:result hidden", f"/ballots/{open_one}/result/"),
        Place("budgeting:rule", f"/ballots/{closed}/rule/"),
        Place("budgeting:find_ballot", f"/ballots/{closed}/find/"),
        Place("budgeting:my_ballot", f"/ballots/{closed}/mine/{receipt}/"),
        Place("budgeting:ballot open", f"/ballots/{open_one}/"),
        Place("budgeting:ballot closed", f"/ballots/{closed}/"),
        Place("budgeting:enter", f"/ballots/{open_one}/enter/"),
        Place("budgeting:turnout", f"/ballots/{open_one}/turnout/"),
        Place("trail:history ballot", f"/history/ballot/{closed}/"),
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


def _account() -> list[Place]:
    return [
        Place("account_logout", "/accounts/logout/", HOST),
        Place("mfa_index", "/accounts/2fa/", HOST),
        Place("mfa_activate_totp", "/accounts/2fa/totp/activate/", HOST),
        Place("mfa_list_webauthn", "/accounts/2fa/webauthn/", HOST),
        Place("mfa_add_webauthn", "/accounts/2fa/webauthn/add/", HOST),
        Place("socialaccount_connections", "/accounts/services/", HOST),
        Place("actors:operator", "/work/operator/", OPERATOR),
        Place("actors:delete_municipality", "/work/operator/4016/delete/", OPERATOR),
    ]


def viewers(browser: Browser, town: Served, **options: object) -> dict[str, BrowserContext]:
    """One browser window for each who looks: nobody yet, a participant with an answer, two who are signed in."""
    made = {name: browser.new_context(**({"viewport": DESKTOP} | options)) for name in (VISITOR, HOST, OPERATOR)}
    made[PARTICIPANT] = browser.new_context(**({"viewport": PHONE} | options))
    _take_part(made[PARTICIPANT], town)
    _sign_in(made[HOST], town, name="Prosesslederen")
    _sign_in(made[OPERATOR], town, name="Driftsansvarlig")
    return made


def _take_part(context: BrowserContext, town: Served) -> None:
    page = context.new_page()
    page.goto(f"{town.url}/g/SMSKP7/")
    page.locator("button[name=sector][value=public]").click()
    page.locator("#now-vote").click()
    page.locator("#v-form button[value='1']").click()
    page.locator("#v-state[data-state=received]").wait_for()
    page.close()


def _sign_in(context: BrowserContext, town: Served, *, name: str) -> None:
    page = context.new_page()
    page.goto(f"{town.url}/demo/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/work/**")
    page.close()
