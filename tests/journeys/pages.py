"""Every page of Samskap, with the eyes that see it: the grid for the tests of pages and for the screenshots."""

from __future__ import annotations

from tests.journeys.pages_closing import closing_places
from tests.journeys.served import Served
from tests.journeys.viewing import HOST, OPERATOR, PARTICIPANT, Place


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
        *closing_places(town),
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
