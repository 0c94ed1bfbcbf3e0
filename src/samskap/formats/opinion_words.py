"""The words of a stand-alone map page, in English, bokmål and nynorsk. Every entry has all three."""

from __future__ import annotations

from samskap.formats.languages import LANGUAGES, Language, Words, number, percent, said

__all__ = ["LANGUAGES", "Language", "number", "percent", "say", "stratum"]

WORDS: Words = {
    "title": ("Opinion map", "Meningskart", "Meiningskart"),
    "untitled": ("A conversation", "En samtale", "Ein samtale"),
    "counts": (
        "{people} people gave {votes} votes on {statements} statements. {inside} of them gave the {needed} votes "
        "that it takes to be placed in a group.",
        "{people} personer avga {votes} stemmer på {statements} påstander. {inside} av dem avga de {needed} stemmene "
        "som trengs for å bli plassert i en gruppe.",
        "{people} personar gav {votes} stemmer på {statements} påstandar. {inside} av dei gav dei {needed} stemmene "
        "som trengst for å bli plassert i ei gruppe.",
    ),
    "left_out": (
        "{left_out} statements were rejected in moderation and are left out.",
        "{left_out} påstander ble avvist i modereringen og er holdt utenfor.",
        "{left_out} påstandar vart avviste i modereringa og er haldne utanfor.",
    ),
    "map": ("The map", "Kartet", "Kartet"),
    "map_note": (
        "Each sign is a person, or several who stand close together. People near each other voted alike.",
        "Hvert tegn er en person, eller flere som står tett sammen. De som står nær hverandre, stemte likt.",
        "Kvart teikn er ein person, eller fleire som står tett saman. Dei som står nær kvarandre, stemte likt.",
    ),
    "outline_note": (
        "An outline holds nine in ten of its group; it is dashed where groups pass into each other without a border.",
        "Omrisset av en gruppe rommer ni av ti i den; det er stiplet der gruppene går over i hverandre uten en grense.",
        "Omrisset av ei gruppe rommar ni av ti i henne; det er stipla der gruppene går over i kvarandre utan grense.",
    ),
    "unsure": ("Uncertain place (few answers)", "Usikker plass (få svar)", "Usikker plass (få svar)"),
    "group": ("Group {name}", "Gruppe {name}", "Gruppe {name}"),
    "group_size": ("Group {name}: {size} people", "Gruppe {name}: {size} personer", "Gruppe {name}: {size} personar"),
    "ungrouped": ("Not in a group", "Ikke i en gruppe", "Ikkje i ei gruppe"),
    "everyone": ("everyone", "alle", "alle"),
    "groups": ("The groups", "Gruppene", "Gruppene"),
    "groups_found": (
        "There are {groups} groups. In draws of 80 % of the people the same groups were found again "
        "with an agreement of {stability} (1 is the same, 0 is chance).",
        "Det er {groups} grupper. I trekninger av 80 % av personene ble de samme gruppene funnet igjen "
        "med et samsvar på {stability} (1 er likt, 0 er tilfeldig).",
        "Det er {groups} grupper. I trekningar av 80 % av personane vart dei same gruppene funne att "
        "med eit samsvar på {stability} (1 er likt, 0 er tilfeldig).",
    ),
    "sides_found": (
        "There are no separate groups: opinions lie on one spread. Groups A and B are its two sides. In draws of "
        "80 % of the people the same sides were found again with an agreement of {stability} (1 is the same, 0 is "
        "chance).",
        "Det er ingen adskilte grupper: Meningene ligger på én spredning. Gruppe A og B er de to sidene av den. I "
        "trekninger av 80 % av personene ble de samme sidene funnet igjen med et samsvar på {stability} (1 er likt, "
        "0 er tilfeldig).",
        "Det er ingen skilde grupper: Meiningane ligg på éi spreiing. Gruppe A og B er dei to sidene av henne. I "
        "trekningar av 80 % av personane vart dei same sidene funne att med eit samsvar på {stability} (1 er likt, "
        "0 er tilfeldig).",
    ),
    "clear": (
        "They stand apart more clearly than they would in one even spread.",
        "De skiller seg tydeligere ut enn de ville gjort i én jevn spredning.",
        "Dei skil seg tydelegare ut enn dei ville ha gjort i éi jamn spreiing.",
    ),
    "gradual": (
        "They pass into each other without a clear border.",
        "De går over i hverandre uten en tydelig grense.",
        "Dei går over i kvarandre utan ei tydeleg grense.",
    ),
    "too_few_people": (
        "There are too few people to look for groups.",
        "Det er for få personer til å lete etter grupper.",
        "Det er for få personar til å leite etter grupper.",
    ),
    "too_few_statements": (
        "There are too few statements to look for groups.",
        "Det er for få påstander til å lete etter grupper.",
        "Det er for få påstandar til å leite etter grupper.",
    ),
    "no_common_pattern": (
        "There are no groups: the votes show no more pattern than shuffled votes do.",
        "Det er ingen grupper: Stemmene viser ikke mer mønster enn stokkede stemmer gjør.",
        "Det er ingen grupper: Stemmene viser ikkje meir mønster enn stokka stemmer gjer.",
    ),
    "groups_not_stable": (
        "There are no groups, only a spread: other draws of the same people give other groups.",
        "Det er ingen grupper, bare en spredning: Andre trekninger av de samme personene gir andre grupper.",
        "Det er ingen grupper, berre ei spreiing: Andre trekningar av dei same personane gjev andre grupper.",
    ),
    "groups_too_small": (
        "There are no groups that are large enough to be told apart.",
        "Det er ingen grupper som er store nok til å skilles ut.",
        "Det er ingen grupper som er store nok til å bli skilde ut.",
    ),
    "representative": ("What the group stands for", "Hva gruppen står for", "Kva gruppa står for"),
    "common_ground": ("Common ground", "Felles grunn", "Felles grunn"),
    "common_note": (
        "The bound is the least share that is certain, over everyone and in every group and sector with enough "
        "answers. Only statements with a bound above one half are listed, and of those listed at most 5 % are expected "
        "to be wrong.",
        "Grensen er den minste andelen som er sikker, blant alle og i hver gruppe og sektor med nok svar. Bare "
        "påstander med en grense over halvparten er med, og av dem som er med, ventes høyst 5 % å være feil.",
        "Grensa er den minste delen som er sikker, blant alle og i kvar gruppe og sektor med nok svar. Berre "
        "påstandar med ei grense over halvparten er med, og av dei som er med, er høgst 5 % venta å vere feil.",
    ),
    "agreed": ("All agree", "Alle er enige", "Alle er einige"),
    "rejected": ("All reject", "Alle avviser", "Alle avviser"),
    "divisive": ("What divides", "Hva som skiller", "Kva som skil"),
    "divisive_note": (
        "Measured by the difference between two groups or sectors in how many agree, or disagree.",
        "Målt som forskjellen mellom to grupper eller sektorer i hvor mange som er enige, eller uenige.",
        "Målt som skilnaden mellom to grupper eller sektorar i kor mange som er einige, eller ueinige.",
    ),
    "awaited": (
        "Would be common ground with more answers",
        "Ville vært felles grunn med flere svar",
        "Ville vore felles grunn med fleire svar",
    ),
    "awaited_note": (
        "Those heard are on the same side, but some groups or sectors have answered too little to be sure.",
        "De som er hørt, er på samme side, men noen grupper eller sektorer har svart for lite til å være sikker.",
        "Dei som er høyrde, er på same side, men nokre grupper eller sektorar har svara for lite til å vere sikker.",
    ),
    "lacking": ("Needs answers from", "Trenger svar fra", "Treng svar frå"),
    "needs": (
        "{stratum} (about {needed} in all)",
        "{stratum} (omtrent {needed} i alt)",
        "{stratum} (om lag {needed} i alt)",
    ),
    "divided": ("Divided within", "Delt innad", "Delt innetter"),
    "divided_note": (
        "Here a group or a sector is itself split: many agree and many disagree.",
        "Her er en gruppe eller en sektor selv delt: Mange er enige, og mange er uenige.",
        "Her er ei gruppe eller ein sektor sjølv delt: Mange er einige, og mange er ueinige.",
    ),
    "within": ("Within", "Innad i", "Innetter i"),
    "uncertain": ("Too few answers to tell", "For få svar til å si noe", "For få svar til å seie noko"),
    "statements": ("All statements", "Alle påstander", "Alle påstandar"),
    "statement": ("Statement", "Påstand", "Påstand"),
    "side": ("Side", "Side", "Side"),
    "agree": ("Agree", "Enig", "Einig"),
    "disagree": ("Disagree", "Uenig", "Ueinig"),
    "pass": ("Pass", "Hopper over", "Hoppar over"),
    "bound": ("Bound", "Grense", "Grense"),
    "weakest": ("Weakest in", "Svakest i", "Svakast i"),
    "share": ("In the group", "I gruppen", "I gruppa"),
    "elsewhere": ("Elsewhere", "Ellers", "Elles"),
    "spread": ("Difference", "Forskjell", "Skilnad"),
    "high": ("Agrees most", "Mest enig", "Mest einig"),
    "low": ("Agrees least", "Minst enig", "Minst einig"),
    "answered": ("Answers", "Svar", "Svar"),
    "too_few": ("Not heard", "Ikke hørt", "Ikkje høyrde"),
    "too_few_line": (
        "{stratum}: fewer than {needed} people answered, so nothing is said about it.",
        "{stratum}: færre enn {needed} personer svarte, så ingenting blir sagt om den.",
        "{stratum}: færre enn {needed} personar svara, så ingenting blir sagt om den.",
    ),
    "none": ("None.", "Ingen.", "Ingen."),
    "method": ("How it was made", "Slik er det laget", "Slik er det laga"),
    "method_1": (
        "Each statement's votes are compared with its mean, and the two directions that people differ most in "
        "become the axes of the map. Few votes pull a person towards the middle.",
        "Stemmene på hver påstand sammenlignes med gjennomsnittet, og de to retningene folk skiller seg mest i, "
        "blir aksene i kartet. Få stemmer trekker en person mot midten.",
        "Stemmene på kvar påstand blir samanlikna med gjennomsnittet, og dei to retningane folk skil seg mest i, "
        "blir aksane i kartet. Få stemmer dreg ein person mot midten.",
    ),
    "method_2": (
        "Groups are only told where votes show more pattern than shuffled votes do, and where draws of 80 % of the "
        "people find the same groups again. Groups that do not stand apart more than in one even spread are told as "
        "the two sides of it. A group has at least five people.",
        "Grupper oppgis bare der stemmene viser mer mønster enn stokkede stemmer, og der trekninger av 80 % av "
        "personene finner de samme gruppene igjen. Grupper som ikke skiller seg mer ut enn i én jevn spredning, "
        "oppgis som de to sidene av den. En gruppe har minst fem personer.",
        "Grupper blir berre oppgjevne der stemmene viser meir mønster enn stokka stemmer, og der trekningar av 80 % av "
        "personane finn dei same gruppene att. Grupper som ikkje skil seg meir ut enn i éi jamn spreiing, "
        "blir oppgjevne som dei to sidene av henne. Ei gruppe har minst fem personar.",
    ),
    "method_3": (
        "Passing counts as an answer. Nothing is told about fewer than five people.",
        "Å hoppe over teller som et svar. Ingenting oppgis om færre enn fem personer.",
        "Å hoppe over tel som eit svar. Ingenting blir oppgjeve om færre enn fem personar.",
    ),
    "made": (
        "Engine {engine}, seed {seed}, hash of the input {hash}.",
        "Motor {engine}, frø {seed}, hash av inndataene {hash}.",
        "Motor {engine}, frø {seed}, hash av inndataa {hash}.",
    ),
    "sector": ("Sector {name}", "Sektor {name}", "Sektor {name}"),
    "public": ("Public sector", "Offentlig sektor", "Offentleg sektor"),
    "private": ("Private sector", "Privat sektor", "Privat sektor"),
    "voluntary": ("Voluntary sector", "Frivillig sektor", "Frivillig sektor"),
}


def say(key: str, language: Language, **gaps: object) -> str:
    """The sentence in this language with its gaps filled."""
    return said(WORDS, key, language, **gaps)


def stratum(kind: str, name: str, *, language: Language) -> str:
    """A group or sector as a reader would name it."""
    if kind == "everyone":
        return say("everyone", language)
    if kind == "sector" and name in ("public", "private", "voluntary"):
        return say(name, language)
    return say(kind, language, name=name) if kind in ("group", "sector") else f"{kind} {name}"
