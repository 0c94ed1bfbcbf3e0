"""The words of a count outside the server, in English, bokmål and nynorsk. Every entry has all three."""

from __future__ import annotations

from samskap.formats.languages import Language, Words, said

__all__ = ["WORDS", "say"]

WORDS: Words = {
    "title": ("Count: {name}", "Opptelling: {name}", "Oppteljing: {name}"),
    "headline": (
        "{won} of {projects} projects won. They cost {cost} of {budget}. {voters} ballots were counted.",
        "{won} av {projects} prosjekter vant. De koster {cost} av {budget}. {voters} stemmesedler ble talt.",
        "{won} av {projects} prosjekt vann. Dei kostar {cost} av {budget}. {voters} røystesetlar vart talde.",
    ),
    "how": (
        "Rule: {rule}. Satisfaction: {satisfaction}. Money left over: {completion}. Ties: {tie_break}.",
        "Regel: {rule}. Nytte: {satisfaction}. Penger til overs: {completion}. Likhet: {tie_break}.",
        "Regel: {rule}. Nytte: {satisfaction}. Pengar til overs: {completion}. Likskap: {tie_break}.",
    ),
    "seed": ("Seed of the lottery: {seed}.", "Frø for loddtrekningen: {seed}.", "Frø for loddtrekninga: {seed}."),
    "start": (
        "Every voter began with {start}.",
        "Hver velger begynte med {start}.",
        "Kvar veljar byrja med {start}.",
    ),
    "raised": (
        "Every voter began with {start}: an equal share of the budget, raised {times} times by {unit}. {stopped}",
        "Hver velger begynte med {start}: en lik del av budsjettet, hevet {times} ganger med {unit}. {stopped}",
        "Kvar veljar byrja med {start}: ein lik del av budsjettet, heva {times} gonger med {unit}. {stopped}",
    ),
    "stopped_plain": ("", "", ""),
    "stopped_infeasible": (
        "Once more would have cost more than the budget.",
        "En gang til ville ha kostet mer enn budsjettet.",
        "Ein gong til ville ha kosta meir enn budsjettet.",
    ),
    "stopped_exhaustive": (
        "Then nothing more fitted the budget.",
        "Da var det ikke plass til mer i budsjettet.",
        "Då var det ikkje plass til meir i budsjettet.",
    ),
    "stopped_all_funded": (
        "Then all projects had won.",
        "Da hadde alle prosjektene vunnet.",
        "Då hadde alle prosjekta vunne.",
    ),
    "compared": (
        "{better} voters preferred this choice, {worse} the one by votes alone, {same} neither.",
        "{better} velgere foretrakk dette valget, {worse} det etter bare stemmetall, {same} ingen av dem.",
        "{better} veljarar føretrekte dette valet, {worse} det etter berre røystetal, {same} ingen av dei.",
    ),
    "area": (
        "{district}: {cost} of {budget}. {voters} ballots.",
        "{district}: {cost} av {budget}. {voters} stemmesedler.",
        "{district}: {cost} av {budget}. {voters} røystesetlar.",
    ),
    "all_others": ("All other projects", "Alle andre prosjekter", "Alle andre prosjekt"),
    "winners": ("What won, in order", "Det som vant, i rekkefølge", "Det som vann, i rekkjefølgje"),
    "losers": ("What did not win", "Det som ikke vant", "Det som ikkje vann"),
    "nothing": ("Nothing won.", "Ingenting vant.", "Ingenting vann."),
    "project": ("Project", "Prosjekt", "Prosjekt"),
    "cost": ("Price", "Pris", "Pris"),
    "votes": ("Votes", "Stemmer", "Røyster"),
    "effective_votes": ("Effective votes", "Virksomme stemmer", "Verksame røyster"),
    "each_paid": ("Each paid", "Hver betalte", "Kvar betalte"),
    "paid_out": ("Gave all", "Ga alt", "Gav alt"),
    "way": ("How", "Hvordan", "Korleis"),
    "why": ("Why", "Hvorfor", "Kvifor"),
    "missing": ("Missing", "Manglet", "Mangla"),
    "more_supporters": ("More votes needed", "Stemmer til", "Røyster til"),
    "highest_cost": ("Or a price of", "Eller pris", "Eller pris"),
    "winners_note": (
        "Effective votes: how many supporters who pay in full it takes to pay the price. Gave all: supporters who had "
        "no more money than they gave.",
        "Virksomme stemmer: hvor mange støttespillere som betaler fullt ut, prisen tilsvarer. Ga alt: støttespillere "
        "som ikke hadde flere penger enn de ga.",
        "Verksame røyster: kor mange støttespelarar som betaler fullt ut, prisen svarer til. Gav alt: støttespelarar "
        "som ikkje hadde fleire pengar enn dei gav.",
    ),
    "losers_note": (
        "Missing: what its supporters lacked of the price at the end. With so many more votes, or at that price or "
        "less, it would have won, all else as it was.",
        "Manglet: det støttespillerne manglet av prisen til slutt. Med så mange stemmer til, eller til den prisen "
        "eller lavere, ville det ha vunnet, alt annet likt.",
        "Mangla: det støttespelarane mangla av prisen til slutt. Med så mange røyster til, eller til den prisen "
        "eller lågare, ville det ha vunne, alt anna likt.",
    ),
    "how_shared": ("paid by supporters", "betalt av støttespillere", "betalt av støttespelarar"),
    "how_overspent": ("paid in part", "betalt delvis", "betalt delvis"),
    "how_loaded": ("paid by supporters", "betalt av støttespillere", "betalt av støttespelarar"),
    "how_voted": ("by votes", "etter stemmer", "etter røyster"),
    "how_filled": ("filled up", "fylt opp", "fylt opp"),
    "why_no_votes": ("no votes", "ingen stemmer", "ingen røyster"),
    "why_minimum_support": ("too few votes", "for få stemmer", "for få røyster"),
    "why_exclusive": ("{because} won", "{because} vant", "{because} vann"),
    "why_requires": ("needs {because}", "trenger {because}", "treng {because}"),
    "why_requires_out": ("what it needs is out", "det den trenger, er ute", "det han treng, er ute"),
    "why_too_little_support": (
        "supporters had too little left",
        "støttespillerne hadde for lite igjen",
        "støttespelarane hadde for lite att",
    ),
    "why_budget": ("does not fit the budget", "ikke plass i budsjettet", "ikkje plass i budsjettet"),
    "why_ended": (
        "the count ended before it",
        "opptellingen sluttet før det",
        "oppteljinga slutta før det",
    ),
    "coverage": (
        "{one} of the voters got at least one project that they chose, {two} at least two, {three} at least three. On "
        "average a voter got {share} of the projects on the ballot.",
        "{one} av velgerne fikk minst ett prosjekt som de valgte, {two} minst to, {three} minst tre. I gjennomsnitt "
        "fikk en velger {share} av prosjektene på sin stemmeseddel.",
        "{one} av veljarane fekk minst eitt prosjekt som dei valde, {two} minst to, {three} minst tre. I gjennomsnitt "
        "fekk ein veljar {share} av prosjekta på røystesetelen sin.",
    ),
    "same_as_greedy": (
        "By votes alone the same projects would have won.",
        "Etter bare stemmetall ville de samme prosjektene ha vunnet.",
        "Etter berre røystetal ville dei same prosjekta ha vunne.",
    ),
    "greedy": (
        "By votes alone {others} would have won too, and {these} not. {better} voters get more from this choice, "
        "{worse} less, {same} the same.",
        "Etter bare stemmetall ville {others} også ha vunnet, og {these} ikke. {better} velgere får mer av dette "
        "valget, {worse} mindre, {same} det samme.",
        "Etter berre røystetal ville {others} òg ha vunne, og {these} ikkje. {better} veljarar får meir av dette "
        "valet, {worse} mindre, {same} det same.",
    ),
    "none": ("none", "ingen", "ingen"),
    "and_more": ("{names} and {more} more", "{names} og {more} til", "{names} og {more} til"),
    "published_same": (
        "The file names the same winners.",
        "Filen nevner de samme vinnerne.",
        "Fila nemner dei same vinnarane.",
    ),
    "published_other": (
        "The file names other winners: also {others}, and not {these}.",
        "Filen nevner andre vinnere: også {others}, og ikke {these}.",
        "Fila nemner andre vinnarar: òg {others}, og ikkje {these}.",
    ),
    "audit": ("Checked", "Kontrollert", "Kontrollert"),
    "check": ("Check", "Kontroll", "Kontroll"),
    "finding": ("Finding", "Funn", "Funn"),
    "holds": ("holds", "holder", "held"),
    "fails": ("DOES NOT HOLD", "HOLDER IKKE", "HELD IKKJE"),
    "fails_unpromised": ("does not hold", "holder ikke", "held ikkje"),
    "undecided": ("not decided", "ikke avgjort", "ikkje avgjort"),
    "audit_note": (
        "The first four must hold for every count. The others hold where the rule promises them; a rule that does not "
        "promise one may miss it.",
        "De fire første må holde for hver opptelling. De andre holder der regelen lover dem; en regel som ikke lover "
        "det, kan bryte dem.",
        "Dei fire første må halde for kvar oppteljing. Dei andre held der regelen lovar dei; ein regel som ikkje lovar "
        "det, kan bryte dei.",
    ),
    "key_ballots": (
        "Every ballot is counted as cast",
        "Hver stemmeseddel er talt som den ble avgitt",
        "Kvar røystesetel er talt som han vart gitt",
    ),
    "key_feasible": (
        "Budget and constraints are kept",
        "Budsjett og bindinger er holdt",
        "Budsjett og bindingar er haldne",
    ),
    "key_payments": (
        "Supporters paid what it cost",
        "Støttespillerne betalte prisen",
        "Støttespelarane betalte prisen",
    ),
    "key_order": ("The right project came next", "Rett prosjekt kom for tur", "Rett prosjekt stod for tur"),
    "key_exhaustive": ("Nothing more fits", "Det er ikke plass til mer", "Det er ikkje plass til meir"),
    "key_priceable": (
        "The payments are a price system",
        "Betalingene er et prissystem",
        "Betalingane er eit prissystem",
    ),
    "key_ejr_plus": (
        "Groups have their part (EJR+)",
        "Grupper har sin del (EJR+)",
        "Grupper har sin del (EJR+)",
    ),
    "key_ejr": (
        "Like-minded groups have their part (EJR)",
        "Samstemte grupper har sin del (EJR)",
        "Samstemte grupper har sin del (EJR)",
    ),
    "key_core": (
        "No group could do better alone (core)",
        "Ingen gruppe klarer seg bedre alene (kjernen)",
        "Inga gruppe klarer seg betre åleine (kjernen)",
    ),
    "recount_same": (
        "The same. The ballots give this result: {won} of {projects} projects, and every other number of it.",
        "Likt. Stemmesedlene gir dette resultatet: {won} av {projects} prosjekter, og alle andre tall i det.",
        "Likt. Røystesetlane gir dette resultatet: {won} av {projects} prosjekt, og alle andre tal i det.",
    ),
    "recount_different": ("Different.", "Ulikt.", "Ulikt."),
    "recount_changed": (
        "The result was changed after it was written: its sha256 is not that of what it says.",
        "Resultatet er endret etter at det ble skrevet: sha256 i det stemmer ikke med det som står der.",
        "Resultatet er endra etter at det vart skrive: sha256 i det stemmer ikkje med det som står der.",
    ),
    "recount_version": (
        "It was counted with Samskap {other}. This is Samskap {this}.",
        "Det ble talt med Samskap {other}. Dette er Samskap {this}.",
        "Det vart talt med Samskap {other}. Dette er Samskap {this}.",
    ),
    "recount_broken": (
        "A check that must hold does not: {checks}.",
        "En kontroll som må holde, holder ikke: {checks}.",
        "Ein kontroll som må halde, held ikkje: {checks}.",
    ),
    "differs_file": (
        "Ballots: the result is of the file {published}, this is the file {found}.",
        "Stemmesedler: resultatet gjelder filen {published}, dette er filen {found}.",
        "Røystesetlar: resultatet gjeld fila {published}, dette er fila {found}.",
    ),
    "differs_file_only": (
        "Ballots: the file is another one, but all that is counted in it is the same.",
        "Stemmesedler: Filen er en annen, men alt som telles i den, er det samme.",
        "Røystesetlar: Fila er ei anna, men alt som blir talt i henne, er det same.",
    ),
    "differs_election": (
        "What is counted: projects, prices, budget, constraints or ballots are not those of the result.",
        "Det som telles: Prosjekter, priser, budsjett, bindinger eller stemmesedler er ikke de i resultatet.",
        "Det som blir talt: Prosjekt, prisar, budsjett, bindingar eller røystesetlar er ikkje dei i resultatet.",
    ),
    "differs_options": (
        "How it is counted: the result says {published}, the file of ballots says {found}.",
        "Måten det telles på: Resultatet sier {published}, filen med stemmesedler sier {found}.",
        "Måten det blir talt på: Resultatet seier {published}, fila med røystesetlar seier {found}.",
    ),
    "differs_winners": (
        "Winners: only in the result {published}; only in the recount {found}.",
        "Vinnere: bare i resultatet {published}; bare i omtellingen {found}.",
        "Vinnarar: berre i resultatet {published}; berre i omteljinga {found}.",
    ),
    "differs_order": (
        "Order of the winners: {published} in the result, {found} in the recount.",
        "Rekkefølgen av vinnerne: {published} i resultatet, {found} i omtellingen.",
        "Rekkjefølgja av vinnarane: {published} i resultatet, {found} i omteljinga.",
    ),
    "differs_rounds": (
        "Rounds: the first that differs is number {published}.",
        "Runder: Den første som er ulik, er nummer {published}.",
        "Rundar: Den første som er ulik, er nummer {published}.",
    ),
    "differs_start": (
        "Money to begin with: {published} in the result, {found} in the recount.",
        "Penger å begynne med: {published} i resultatet, {found} i omtellingen.",
        "Pengar å byrje med: {published} i resultatet, {found} i omteljinga.",
    ),
    "differs_losers": (
        "What did not win: what the result says of {published} is not what the recount gives.",
        "Det som ikke vant: Det resultatet sier om {published}, er ikke det omtellingen gir.",
        "Det som ikkje vann: Det resultatet seier om {published}, er ikkje det omteljinga gir.",
    ),
    "differs_audit": (
        "Checks: the findings are not those of the recount.",
        "Kontroller: Funnene er ikke de omtellingen gir.",
        "Kontrollar: Funna er ikkje dei omteljinga gir.",
    ),
    "differs_told": (
        "Other numbers: {published}.",
        "Andre tall: {published}.",
        "Andre tal: {published}.",
    ),
    "basis": (
        "Samskap {samskap}, engine {engine}. Ballots: {ballots}. Result: {result}.",
        "Samskap {samskap}, motor {engine}. Stemmesedler: {ballots}. Resultat: {result}.",
        "Samskap {samskap}, motor {engine}. Røystesetlar: {ballots}. Resultat: {result}.",
    ),
    "rule_equal_shares": ("Equal Shares", "like andeler", "like delar"),
    "rule_bounded_overspending": (
        "Equal Shares with bounded overspending",
        "like andeler med begrenset overforbruk",
        "like delar med avgrensa overforbruk",
    ),
    "rule_bounded_overspending_plus": (
        "Equal Shares with bounded overspending, evened out",
        "like andeler med begrenset overforbruk, jevnet ut",
        "like delar med avgrensa overforbruk, jamna ut",
    ),
    "rule_phragmen": ("Phragmén, one by one", "Phragmén, ett om gangen", "Phragmén, eitt om gongen"),
    "rule_maximin_support": ("largest smallest support", "størst minste støtte", "størst minste støtte"),
    "rule_greedy": ("most votes first", "flest stemmer først", "flest røyster først"),
    "rule_greedy_no_skip": (
        "most votes first, until one does not fit",
        "flest stemmer først, til ett ikke får plass",
        "flest røyster først, til eitt ikkje får plass",
    ),
    "rule_greedy_per_cost": (
        "most votes for the price first",
        "flest stemmer for prisen først",
        "flest røyster for prisen først",
    ),
    "satisfaction_cost": ("price of what one gets", "prisen på det en får", "prisen på det ein får"),
    "satisfaction_cardinality": ("number of projects", "antall prosjekter", "talet på prosjekt"),
    "satisfaction_points": ("points", "poeng", "poeng"),
    "satisfaction_borda": ("place on the ballot", "plass på stemmeseddelen", "plass på røystesetelen"),
    "completion_none": ("is left", "blir igjen", "blir att"),
    "completion_add1": (
        "all voters' shares are raised",
        "alle velgeres andeler heves",
        "delane til alle veljarane blir heva",
    ),
    "completion_add1u": (
        "all voters' shares are raised, then the rest is filled up by votes",
        "alle velgeres andeler heves, så fylles resten opp etter stemmer",
        "delane til alle veljarane blir heva, så blir resten fylt opp etter røyster",
    ),
    "completion_utilitarian": ("filled up by votes", "fylles opp etter stemmer", "blir fylt opp etter røyster"),
    "completion_comparison": (
        "all voters' shares are raised, the rest is filled up, and the voters decide between that and the choice by "
        "votes alone",
        "alle velgeres andeler heves, resten fylles opp, og velgerne avgjør mellom det og valget etter bare stemmetall",
        "delane til alle veljarane blir heva, resten blir fylt opp, og veljarane avgjer mellom det og valet etter "
        "berre røystetal",
    ),
    "tie_lexicographic": ("by id", "etter id", "etter id"),
    "tie_lowest_cost": ("the cheaper first", "den billigste først", "den billegaste først"),
    "tie_highest_cost": ("the dearer first", "den dyreste først", "den dyraste først"),
    "tie_most_votes": ("more votes first", "flest stemmer først", "flest røyster først"),
    "tie_as_listed": ("in the order of the file", "i filens rekkefølge", "i rekkjefølgja til fila"),
    "tie_lottery": ("by lot", "ved loddtrekning", "ved loddtrekning"),
}


def say(key: str, language: Language, **gaps: object) -> str:
    """The sentence in this language with its gaps filled."""
    return said(WORDS, key, language, **gaps)
