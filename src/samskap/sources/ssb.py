"""What we take from SSB's tables by their codes. The page docs/reference/sources.md says where each code was seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from samskap.sources.pxweb import LICENCE
from samskap.sources.recipes import Asking, Recipe
from samskap.sources.ssb_derived import less_free_income, quotient
from samskap.sources.ssb_tables import (
    CURRENT,
    HISTORY,
    KOSTRA,
    SUMMED,
    Code,
    Measure,
    Regions,
    StatTable,
    run_table,
)
from samskap.sources.values import Fetched

__all__ = ["TABLES"]

CONTENTS: Final = "ContentsCode"
ACCOUNTS: Final = replace(KOSTRA, history="summed")
THOUSAND: Final = 1000.0
TELEMARK: Final = "the scripts of Telemark county (evensrii/Telemark, 2026)"
NORMACRO: Final = "the R package NorMacro (nilskvilvang)"
ATLAS: Final = "the notes on sources of helpers-no/atlas (2026)"
REST_BY_LABEL: Final = "the rest is found by its label."

# The functions of the municipal accounts (KOSTRA) that make up a service, as the state's expenditure equalisation
# groups them: the one that every municipality has, with its name, and the others.
FUNCTIONS: Final[Mapping[str, tuple[Code, tuple[str, ...]]]] = {
    "kindergarten": (Code("201", "barnehage|førskole"), ("211", "221")),
    "school": (Code("202", "grunnskole"), ("214", "215", "222", "223")),
    "child_welfare": (Code("244", "barnevern"), ("251", "252")),
    "health": (Code("241", "diagnose|behandling"), ("232", "233")),
    "care": (Code("254", "hjemmeboende"), ("234", "253", "256", "261")),
    "social": (Code("242", "råd|veiledning|sosial"), ("243", "273", "276", "281")),
    "administration": (Code("120", "administrasjon"), ("100", "110", "121", "130")),
}


def _content(code: str, label: str = "") -> dict[str, tuple[Code, ...]]:
    return {CONTENTS: (Code(code, label),)}


COMPONENTS: Final = StatTable(
    "06913",
    HISTORY,
    (
        Measure("births", _content("Levende", "levende|født")),
        Measure("deaths", _content("Dode", "døde")),
        Measure("moves_in", _content("Innflyttinger", "innflytt")),
        Measure("moves_out", _content("Utflyttinger", "utflytt")),
        Measure("net_moves", _content("Nettoinnflytting", "netto")),
    ),
)

KEY_FIGURES: Final = StatTable(
    "12134",
    # SSB leaves out Oslo in the country's key figures of economy, because Oslo is a county too.
    replace(KOSTRA, nation="EAKUO"),
    (
        Measure("net_operating_result_share", _content("KOSAGD230000", "netto drifts?resultat")),
        Measure("free_income_per_head", _content("KOSAG110000", "frie inntekter")),
        Measure("net_debt_share", _content("KOSKG320000", "langsiktig gjeld")),
        Measure("free_funds_share", _content("KOSKG210000", "fri egenkapital")),
    ),
)

SERVICE_ACCOUNTS: Final = StatTable(
    "12362",
    ACCOUNTS,
    tuple(
        Measure(
            f"accounts_{service}",
            {
                "KOKfunksjon0000": (first, *(Code(function, may_lack=True) for function in others)),
                "KOKart0000": (Code("AGD2", "netto driftsutgifter"),),
                CONTENTS: (Code("KOSbelop0000", "1000 kr"),),
            },
            scale=THOUSAND,
        )
        for service, (first, others) in FUNCTIONS.items()
    ),
)


def _concept(indicator: str, code: str, label: str) -> Measure:
    amount = Code("", r"^beløp.*1000 kr")
    return Measure(indicator, {"KOKartkap0000": (Code(code, label),), CONTENTS: (amount,)}, scale=THOUSAND)


SCOPE: Final = {"KOKregnskapsomfa0000": Code("A", "konsern")}
INCOME_AND_DEBT: Final = StatTable(
    "12364",
    ACCOUNTS,
    (
        _concept("accounts_free_income", "AG11", "frie inntekter"),
        _concept("accounts_other_income", "AGD13", "brutto driftsinntekter"),
        _concept("accounts_tax", "AG12", "skatt"),
        _concept("accounts_debt", "KG32", "langsiktig gjeld"),
        _concept("accounts_free_funds", "56", "disposisjonsfond"),
        _concept("accounts_net_result", "AGD23", "netto drifts?resultat"),
    ),
    always=SCOPE,
    derive=less_free_income,
)
INTEREST: Final = StatTable(
    "12143",
    ACCOUNTS,
    (
        _concept("accounts_interest", "AGD97", "rente"),
        _concept("accounts_instalments", "AGD21", "avdrag"),
        _concept("accounts_net_finance", "AGD86", "finans"),
    ),
    always=SCOPE,
)
NEET: Final = StatTable(
    "13556",
    CURRENT,
    (
        Measure(
            "neet_share",
            {
                "HovArbStyrkStatus": (Code("NEET", "utenfor|NEET"),),
                "Alder": (Code("15-29", "15-29"),),
                "Kjonn": (Code("0", "begge"),),
                CONTENTS: (Code("BosatteProsent", "prosent"),),
            },
            breakdown="age=15-29",
        ),
    ),
    codelists={"HovArbStyrkStatus": "vs_ArbStatus2018niva4"},
)
# As with industries.
STATUSES: Final = {
    "A.01": "syssel", "A.09": "ledig", "U.01": "tiltak", "U.03": "utdanning", "U.04-U.05": "avklaring|AAP|ufør",
    "U.06-U.07": "pensjon|AFP", "U.90A": "andre|annet",
}  # fmt: skip
LABOUR: Final = StatTable(
    "13563",
    SUMMED,
    tuple(
        Measure(
            "labour_status",
            {
                "HovArbStyrkStatus": (Code(code, word),),
                CONTENTS: (Code("", r"^(bosatte|personer|antall)\b(?!.*(prosent|andel))"),),
            },
            breakdown=f"status={code}",
        )
        for code, word in STATUSES.items()
    ),
    codelists={"HovArbStyrkStatus": "vs_ArbStatus2018niva2a"},
)
EMPLOYMENT: Final = StatTable(
    "06445",
    CURRENT,
    (Measure("employment_share", {"Alder": (Code("15-74", "15-74"),), CONTENTS: (Code("", "prosent|andel"),)}),),
)
# Each industry with the word that its label must have: pages name it in words of our own.
INDUSTRIES: Final = {
    "01-03": "jordbruk", "05-09": "bergverk|utvinning", "10-33": "industri", "35-39": "elektrisitet|vann",
    "41-43": "bygg", "45-47": "handel", "49-53": "transport", "55-56": "overnatting|servering",
    "58-63": "informasjon", "64-66": "finans", "68-75": "teknisk|eiendom", "77-82": "forretning",
    "84": "adm", "85": "undervisning", "86-88": "helse", "90-99": "personlig",
}  # fmt: skip
JOBS_BY_INDUSTRY: Final = StatTable(
    "13470",
    SUMMED,
    tuple(
        Measure(
            "jobs",
            {"NACE2007": (Code(industry, word),), CONTENTS: (Code("SysselsatteArb", "arbeidssted"),)},
            breakdown=f"industry={industry}",
        )
        for industry, word in INDUSTRIES.items()
    ),
    codelists={"NACE2007": "agg_NACE2007arb11"},
)
PUBLIC: Final = ("6100", "6500.6", "6500.7", "A+B+D+E.5-7")
JOBS_BY_SECTOR: Final = StatTable(
    "13472",
    SUMMED,
    (
        Measure(
            "jobs_public",
            {
                "Sektor": tuple(Code(code) for code in PUBLIC),
                CONTENTS: (Code("SysselEtterArbste", "arbeidssted"),),
            },
        ),
        Measure(
            "jobs_private",
            {
                "Sektor": (Code("A+B+D+E.0-1+9", "privat"),),
                CONTENTS: (Code("SysselEtterArbste", "arbeidssted"),),
            },
        ),
    ),
)
HOUSEHOLDS: Final = StatTable(
    "06070",
    SUMMED,
    (
        Measure("living_alone", {"HushType": (Code("001", "alene"),), CONTENTS: (Code("Husholdninger"),)}),
        Measure("households", {"HushType": (Code("000", "alle|i alt"),), CONTENTS: (Code("Husholdninger"),)}),
    ),
    derive=quotient("living_alone_share", "living_alone", "households", scale=100.0),
)
TURNOUT: Final = StatTable(
    "09475",
    Regions(codelist="agg_KommunerV1"),
    (Measure("turnout_share", _content("DeltaProsent", "prosent|deltak")),),
)
INCOME: Final = StatTable(
    "06944",
    Regions(history="renumbered"),
    (
        Measure(
            "median_income",
            {"HusholdType": (Code("0000", "alle"),), CONTENTS: (Code("InntSkatt", "etter skatt"),)},
        ),
    ),
)
# Less than 60 per cent of the median income, with the equivalence scale of the EU, in one year.
LOW_INCOME: Final = StatTable(
    "06947", Regions(history="renumbered"), (Measure("low_income_share", _content("EUskala60", r"EU.*60")),)
)
CHILD_LOW_INCOME: Final = StatTable(
    "08764", Regions(history="renumbered"), (Measure("child_low_income_share", _content("EUskala60", r"EU.*60")),)
)
KINDERGARTEN_COVERAGE: Final = StatTable(
    "13502",
    KOSTRA,
    (Measure("kindergarten_coverage_share", _content("KOSandel150000", r"1\s*[-–]\s*5 år.*barnehage")),),
)
NURSING_HOMES: Final = StatTable(
    "11875", ACCOUNTS, (Measure("nursing_home_beds", _content("KOSsykehjdisppla0000", "plasser.*sykehjem")),)
)
CARE_USERS: Final = StatTable(
    "12292",
    ACCOUNTS,
    (Measure("users_care", _content("KOSkjernetotalt0000", "bruker|mottak|hjemme"), breakdown="kind=home"),),
)
INSTITUTION: Final = StatTable(
    "11645",
    Regions(history="summed"),
    (
        Measure(
            "users_care",
            {
                "TenesteType": (Code("21", "langtid"),),
                "Alder": (Code("Ialt", "alt|alle"),),
                CONTENTS: (Code("Brukere1", "bruk"),),
            },
            breakdown="kind=institution",
        ),
    ),
)
CARE_POSTS: Final = StatTable(
    "14534",
    ACCOUNTS,
    (
        Measure(
            "posts_care",
            {
                "KOKstillingkode0000": (Code("TOT", "alt|alle|total"),),
                "KOKutdanningoms0000": (Code("", r"^(i alt|totalt|alle( utdanning\w*)?)$"),),
                CONTENTS: (Code("KOSARBAARSVERKST0000", "årsverk"),),
            },
        ),
    ),
)
KINDERGARTEN: Final = StatTable(
    "12272",
    ACCOUNTS,
    (Measure("users_kindergarten", _content("", r"^(antall )?barn i barnehage(r|\b[^,]*i alt)?$")),),
)


def _recipe(key: str, table: StatTable, title: str, seen: str, *, gives: Iterable[str] = ()) -> Recipe:
    def run(asking: Asking) -> Iterator[Fetched]:
        return run_table(table, asking)

    measured = tuple(dict.fromkeys(measure.indicator for measure in table.measures))
    return Recipe(key, "ssb", table.number, title, tuple(gives) or measured, LICENCE, seen, run)


TABLES: Final = (
    _recipe("components", COMPONENTS, "Births, deaths and moves", f"All codes: {TELEMARK} and public catalogues."),
    _recipe("key_figures", KEY_FIGURES, "Key figures of the municipal accounts", f"All codes: {NORMACRO}."),
    _recipe(
        "service_accounts",
        SERVICE_ACCOUNTS,
        "Net operating expenditure by service",
        "Variables, AGD2 and KOSbelop0000: vegard1104/kommunebarometer; the function numbers are those of the "
        "account plan, and which of them make up a service was not checked against the ministry's booklet.",
    ),
    _recipe(
        "income_and_debt",
        INCOME_AND_DEBT,
        "Income, debt and free funds in kroner",
        f"Codes of KOKartkap0000: {NORMACRO}; {REST_BY_LABEL}",
    ),
    _recipe(
        "interest",
        INTEREST,
        "Interest, instalments and net finance in kroner",
        f"Codes of KOKartkap0000: a public script on the debt of northern municipalities (2026); {REST_BY_LABEL}",
    ),
    _recipe("neet", NEET, "Young people outside work and education", f"All codes: {TELEMARK}."),
    _recipe(
        "labour_status",
        LABOUR,
        "People by what they live of",
        f"Codes of HovArbStyrkStatus: {TELEMARK}; {REST_BY_LABEL}",
    ),
    _recipe("employment", EMPLOYMENT, "Employed of people 15 to 74", f"Alder: {TELEMARK}; {REST_BY_LABEL}"),
    _recipe("jobs_by_industry", JOBS_BY_INDUSTRY, "Jobs by industry, at the place of work", f"All codes: {TELEMARK}."),
    _recipe("jobs_by_sector", JOBS_BY_SECTOR, "Public and private jobs", f"All codes: {TELEMARK}."),
    _recipe(
        "households",
        HOUSEHOLDS,
        "Households, and people who live alone",
        f"All codes: {TELEMARK}.",
        gives=("living_alone_share", "households"),
    ),
    _recipe("turnout", TURNOUT, "Turnout at municipal elections", f"All codes: {TELEMARK}."),
    _recipe("income", INCOME, "Median income of households after tax", "All codes: several public scripts."),
    _recipe("low_income", LOW_INCOME, "People in households with low income (EU 60)", f"All codes: {ATLAS}."),
    _recipe(
        "child_low_income", CHILD_LOW_INCOME, "Children in households with low income (EU 60)", f"All codes: {ATLAS}."
    ),
    _recipe(
        "kindergarten_coverage",
        KINDERGARTEN_COVERAGE,
        "Children aged 1 to 5 in kindergarten",
        "All codes: a public program on the municipalities of Grenland (2026).",
    ),
    _recipe(
        "nursing_homes",
        NURSING_HOMES,
        "Places in nursing homes",
        "All codes: a public program on the capacity of the health services (2026).",
    ),
    _recipe("care_users", CARE_USERS, "Users of home services", "All codes: a public R script on care (2026)."),
    _recipe(
        "institution_users",
        INSTITUTION,
        "People living in care institutions",
        "All codes: a public R script on care (2026).",
    ),
    _recipe(
        "care_posts",
        CARE_POSTS,
        "Full-time posts in care",
        f"Codes but that of all educations: a public R script on care (2026); {REST_BY_LABEL}",
    ),
    _recipe(
        "kindergarten_children",
        KINDERGARTEN,
        "Children in kindergarten",
        "The table: public scripts; the code of its contents was not seen and is found by its label.",
    ),
)
