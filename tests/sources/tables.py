"""The tables that the recipes ask for, in their true shape as far as it is known; the labels are SSB's and FHI's."""

from __future__ import annotations

from tests.sources.offices import Fhi, Ssb, Table, Variable

YEARS = {str(year): str(year) for year in range(2018, 2026)}
NUMBERS = {"4016": "Drangedal", "4020": "Midt-Telemark", "1508": "Ålesund", "1580": "Haram"}
OLD = {
    "3815": "Drangedal (2020-2023)", "0817": "Drangedal (-2019)", "3817": "Midt-Telemark (2020-2023)",
    "0821": "Bø (Telemark) (-2019)", "0822": "Sauherad (-2019)", "1507": "Ålesund (2020-2023)",
    "1504": "Ålesund (-2019)", "1523": "Ørskog (-2019)", "1529": "Skodje (-2019)", "1534": "Haram (-2019)",
    "1546": "Sandøy (-2019)",
}  # fmt: skip


# The code list of counties that stands beside one of municipalities, and its prefix.
COUNTIES = {
    "agg_KommSummer": ("agg_KommFylker", "F-"),
    "agg_KommSummerHist": ("agg_KommFylkerHist", "F_"),
    "agg_KommGjeldende": ("agg_FylkerGjeldende", ""),
}


def years() -> Variable:
    return Variable("år", dict(YEARS))


def region(codelist: str = "", prefix: str = "") -> Variable:
    lists = {codelist: {prefix + number: name for number, name in NUMBERS.items()}} if codelist else {}
    if codelist in COUNTIES:
        counties, first = COUNTIES[codelist]
        lists[counties] = {first + "40": "Telemark", first + "15": "Møre og Romsdal"}
    own = {"0": "Hele landet", "40": "Telemark", "15": "Møre og Romsdal"}
    return Variable("region", {**own, **NUMBERS, **OLD}, lists | {"vs_Landet": {"0": "Hele landet"}}, True)


def kostra() -> Variable:
    groups = {"EKG01": "KOSTRA-gruppe 1", "EKA40": "Telemark", "EAK": "Landet", "EAKUO": "Landet uten Oslo"}
    return Variable("region", {**NUMBERS, **OLD, **groups})


def contents(**labels: str) -> Variable:
    return Variable("statistikkvariabel", labels)


def sex() -> Variable:
    return Variable("kjønn", {"0": "Begge kjønn", "1": "Menn", "2": "Kvinner"}, {}, True)


AGES = {f"{age:03}": f"{age} år" for age in range(105)} | {"105": "105 år eller eldre"}
FUNCTIONS = {
    "100": "Politisk styring", "120": "Administrasjon", "201": "Førskole", "202": "Grunnskole",
    "211": "Styrket tilbud til førskolebarn", "221": "Førskolelokaler og skyss", "222": "Skolelokaler",
    "223": "Skoleskyss", "232": "Forebygging, helsestasjons- og skolehelsetjeneste",
    "241": "Diagnose, behandling, re-/habilitering", "242": "Råd, veiledning og sosialt forebyggende arbeid",
    "244": "Barneverntjeneste", "251": "Barneverntiltak i familien", "253": "Helse- og omsorgstjenester i institusjon",
    "254": "Helse- og omsorgstjenester til hjemmeboende", "281": "Ytelse til livsopphold",
    "FGK13": "Barnevern",
}  # fmt: skip
STATUSES = {
    "A.01": "Sysselsatte", "A.09": "Registrerte arbeidsledige", "U.01": "Deltakere på arbeidsmarkedstiltak",
    "U.03": "Under ordinær utdanning", "U.04-U.05": "Mottakere av arbeidsavklaringspenger / uføretrygd",
    "U.06-U.07": "Mottakere av AFP/alderspensjon", "U.90A": "Andre",
}  # fmt: skip
INDUSTRIES = {
    "01-03": "Jordbruk, skogbruk og fiske", "05-09": "Bergverksdrift og utvinning", "10-33": "Industri",
    "35-39": "Elektrisitet, vann og renovasjon", "41-43": "Bygge- og anleggsvirksomhet",
    "45-47": "Varehandel, reparasjon av motorvogner", "49-53": "Transport og lagring",
    "55-56": "Overnattings- og serveringsvirksomhet", "58-63": "Informasjon og kommunikasjon",
    "64-66": "Finansiering og forsikring", "68-75": "Teknisk tjenesteyting, eiendomsdrift",
    "77-82": "Forretningsmessig tjenesteyting", "84": "Off.adm., forsvar, sosialforsikring", "85": "Undervisning",
    "86-88": "Helse- og sosialtjenester", "90-99": "Personlig tjenesteyting",
}  # fmt: skip
SECTORS = {
    "6100": "Statlig forvaltning", "6500.6": "Fylkeskommunal forvaltning", "6500.7": "Kommunal forvaltning",
    "A+B+D+E.5-7": "Offentlig eide foretak", "A+B+D+E.0-1+9": "Privat sektor",
}  # fmt: skip


def scope() -> Variable:
    return Variable("regnskapsomfang", {"A": "Kommunekonsern", "B": "Kommunekasse"})


def concepts(**more: str) -> Variable:
    return Variable("regnskapsbegrep", more)


def projection(number: str, first: int, regions: dict[str, str], *, kind: str = "contents") -> Table:
    """A projection: alternatives as contents, or as a variable with ages in groups as in the older ones."""
    named = {
        "MMMM": "Hovedalternativet (MMMM)",
        "LLML": "Lav nasjonal vekst (LLML)",
        "HHMH": "Høy nasjonal vekst (HHMH)",
    }
    variables = {
        "Region": Variable("region", regions),
        "Kjonn": Variable("kjønn", {"1": "Menn", "2": "Kvinner"}, {}, True),
        "Alder": Variable("alder", dict(AGES), {}, True),
        "Tid": Variable("år", {str(year): str(year) for year in (first, first + 10)}),
    }
    if kind == "contents":
        codes = {
            "Personer": named["MMMM"],
            "Personer1": named["LLML"],
            "Personer2": named["HHMH"],
            "P9": "Ingen (MMM0)",
        }
        variables["ContentsCode"] = Variable("statistikkvariabel", codes)
    else:
        variables["Framskriv"] = Variable("framskrivingsalternativ", {key: f"Alternativ {key}" for key in named})
        variables["ContentsCode"] = Variable("statistikkvariabel", {"Personer": "Framskrevet folkemengde"})
        groups = {"F00": "0-19 år", "F20": "20-66 år", "F67": "67-89 år", "F90": "90 år eller eldre"}
        variables["Alder"] = Variable("alder", groups)
    return Table(number, f"Framskrevet folkemengde {first} (K)", variables, first=str(first))


def tables() -> list[Table]:
    amount, status = contents(KOSbelop0000="Beløp (1000 kr)"), {"vs_ArbStatus2018niva4": {"NEET": "Utenfor (NEET)"}}
    return [
        Table("07459", "Alders- og kjønnsfordeling i kommuner", {
            "Region": region("agg_KommSummer", "K-"), "Kjonn": sex(), "Alder": Variable("alder", dict(AGES), {}, True),
            "ContentsCode": contents(Personer1="Personer"), "Tid": years()}),
        Table("06913", "Endringer i kommuner", {
            "Region": region("agg_KommSummerHist", "K_"), "ContentsCode": contents(
                Folkemengde="Befolkning 1. januar", Levende="Levendefødte", Dode="Døde",
                Fodselsoverskudd="Fødselsoverskudd", Innflyttinger="Innflyttinger", Utflyttinger="Utflyttinger",
                Nettoinnflytting="Nettoinnflytting", Folketilvekst="Folketilvekst"), "Tid": years()}),
        Table("12134", "Utvalgte nøkkeltall for kommuneregnskap, kommunekonsern (K)", {
            "KOKkommuneregion0000": kostra(), "ContentsCode": contents(
                KOSAGD230000="Netto driftresultat i prosent av brutto driftsinntekter",
                KOSAG110000="Frie inntekter per innbygger (kr)",
                KOSKG320000="Langsiktig gjeld ex pensjonsforpliktelser i prosent av brutto driftsinntekter",
                KOSKG210000="Fri egenkapital drift i prosent av brutto driftsinntekter"), "Tid": years()}),
        Table("12362", "Utgifter til tjenesteområdene, etter funksjon og art (K)", {
            "KOKkommuneregion0000": kostra(), "KOKfunksjon0000": Variable("funksjon", dict(FUNCTIONS)),
            "KOKart0000": Variable("art", {"AGD2": "Netto driftsutgifter på funksjon", "AGD10": "Brutto"}),
            "ContentsCode": contents(KOSbelop0000="Beløp (1000 kr)", KOSbelopinnbygge0000="Beløp per innbygger (kr)"),
            "Tid": years()}),
        Table("12364", "Finansielle grunnlagsdata (K)", {
            "KOKkommuneregion0000": kostra(), "KOKregnskapsomfa0000": scope(), "ContentsCode": amount, "Tid": years(),
            "KOKartkap0000": concepts(**{
                "AG11": "Frie inntekter", "AGD13": "Brutto driftsinntekter", "AG12": "Skatt på inntekt og formue",
                "KG32": "Langsiktig gjeld ekskl. pensjonsforpliktelser", "56": "Disposisjonsfond",
                "AGD23": "Netto driftsresultat"})}),
        Table("12143", "Finansielle nøkkeltall i prosent av brutto driftsinntekter (K)", {
            "KOKkommuneregion0000": kostra(), "Tid": years(),
            "KOKartkap0000": concepts(AGD97="Renter, netto", AGD21="Avdrag på lån", AGD86="Netto finansutgifter"),
            "ContentsCode": contents(KOSbelop0000="Beløp (1000 kr)", KOSbelopbrinv0000="Andel av brutto (prosent)")}),
        Table("13556", "Arbeidsstyrkestatus for unge", {
            "Region": region("agg_KommGjeldende"), "Kjonn": sex(),
            "Alder": Variable("alder", {"15-29": "15-29 år", "20-24": "20-24 år"}),
            "HovArbStyrkStatus": Variable("status", {"A": "I arbeid"}, status),
            "ContentsCode": contents(Bosatte="Bosatte", BosatteProsent="Bosatte (prosent)"), "Tid": years()}),
        Table("13563", "Arbeidsstyrkestatus", {
            "Region": region("agg_KommSummer", "K-"),
            "InnvandrKat": Variable("innvandring", {"A-G": "I alt"}, {}, True),
            "HovArbStyrkStatus": Variable("status", {"A": "I arbeid"}, {"vs_ArbStatus2018niva2a": dict(STATUSES)}),
            "ContentsCode": contents(Bosatte="Bosatte personer", BosatteProsent="Andel (prosent)"), "Tid": years()}),
        Table("06445", "Andel sysselsatte i befolkningen", {
            "Region": region("agg_KommGjeldende"), "Kjonn": sex(),
            "Alder": Variable("alder", {"15-74": "15-74 år", "20-66": "20-66 år"}),
            "ContentsCode": contents(Prosent="Sysselsatte i prosent av befolkningen"), "Tid": years()}),
        Table("13470", "Sysselsatte etter næring (17 grupper)", {
            "Region": region("agg_KommSummer", "K-"), "NACE2007": Variable(
                "næring", {"00-99": "Alle næringer"}, {"agg_NACE2007arb11": dict(INDUSTRIES)}),
            "ContentsCode": contents(SysselsatteArb="Sysselsatte etter arbeidssted", SysselBo="Etter bosted"),
            "Tid": years()}),
        Table("13472", "Sysselsatte etter sektor", {
            "Region": region("agg_KommSummer", "K-"), "Sektor": Variable("sektor", dict(SECTORS), {}, True),
            "ContentsCode": contents(SysselEtterArbste="Sysselsatte personer etter arbeidssted"), "Tid": years()}),
        Table("06070", "Privathusholdninger etter husholdningstype", {
            "Region": region("agg_KommSummer", "K-"), "HushType": Variable(
                "husholdningstype", {"000": "Alle husholdninger", "001": "Aleneboende", "002": "Par"}),
            "ContentsCode": contents(Husholdninger="Husholdninger", Personer="Personer"), "Tid": years()}),
        Table("09475", "Valgdeltakelse ved kommunestyrevalg", {
            "Region": region("agg_KommunerV1"), "ContentsCode": contents(DeltaProsent="Valgdeltakelse (prosent)"),
            "Tid": years()}),
        Table("06944", "Inntekt for husholdninger", {
            "Region": region(), "HusholdType": Variable("type", {"0000": "Alle husholdninger", "0001": "Aleneboende"}),
            "ContentsCode": contents(InntSkatt="Inntekt etter skatt, median (kr)", AntallHushold="Antall"),
            "Tid": years()}),
        *(Table(number, "Personer i husholdninger med lavinntekt", {
            "Region": region(), "ContentsCode": contents(
                Personer="Personer", EUskala50="Andel med lavinntekt, EU-skala 50 prosent",
                EUskala60="Andel med lavinntekt, EU-skala 60 prosent"),
            "Tid": years()}) for number in ("06947", "08764")),
        Table("13502", "Barnehager, nøkkeltall (K)", {
            "KOKkommuneregion0000": kostra(), "Tid": years(), "ContentsCode": contents(
                KOSandel150000="Andel barn 1-5 år i barnehage (prosent)", KOSutg020000="Utgifter per innbygger (kr)")}),
        Table("11875", "Institusjoner - supplerende grunnlagstall (K)", {
            "KOKkommuneregion0000": kostra(), "Tid": years(), "ContentsCode": contents(
                KOSinstdispplass0000="Plasser i institusjon", KOSsykehjdisppla0000="Plasser i sykehjem")}),
        Table("12292", "Omsorgstjenester - supplerende grunnlagstall (K)", {
            "KOKkommuneregion0000": kostra(), "Tid": years(),
            "ContentsCode": contents(KOSkjernetotalt0000="Brukere av hjemmetjenester i alt", KOSx="Annet")}),
        Table("11645", "Brukarar av omsorgstenester per 31.12.", {
            "Region": region(), "Tid": years(), "ContentsCode": contents(Brukere1="Brukarar"),
            "TenesteType": Variable("teneste", {"21": "Langtidsopphald i institusjon", "11": "Heimesjukepleie"}),
            "Alder": Variable("alder", {"Ialt": "I alt", "90+": "90 år og over"})}),
        Table("14534", "Årsverk i omsorgstjenestene (K)", {
            "KOKkommuneregion0000": kostra(), "Tid": years(),
            "KOKstillingkode0000": Variable("stilling", {"TOT": "Alle stillingstyper", "L": "Ledere"}),
            "KOKutdanningoms0000": Variable("utdanning", {"00": "Alle utdanninger", "01": "Sykepleiere"}),
            "ContentsCode": contents(KOSARBAARSVERKST0000="Avtalte årsverk", KOSandel="Andel (prosent)")}),
        Table("12272", "Barn i barnehager (K)", {
            "KOKkommuneregion0000": kostra(), "Tid": years(),
            "ContentsCode": contents(KOSa="Barn i barnehage", KOSb="Andel barn i barnehage (prosent)")}),
        Table("07902", "Dødelighetstabeller", {
            "Kjonn": sex(), "AlderX": Variable("alder", {f"{age:03}": f"{age} år" for age in range(107)}),
            "ContentsCode": contents(Dodssannsynlighet="Dødssannsynlighet (promille)", Dode="Døde"), "Tid": years()}),
        Table("08184", "Konsumprisindeks", {
            "ContentsCode": contents(KpiAar="Konsumprisindeks (2015=100)", Endring="Endring fra året før (prosent)"),
            "Tid": years()}),
        projection("14746", 2026, NUMBERS),
        projection("14288", 2024, NUMBERS),
        projection("12882", 2020, {**OLD, **NUMBERS}),
        projection("08825", 2011, {number: OLD[number] for number in ("0817", "0821", "0822", "1504")}, kind="old"),
    ]  # fmt: skip


def ssb() -> Ssb:
    return Ssb({table.number: table for table in tables()})


PLACES = {"0": "Hele landet", "40": "Telemark", **NUMBERS, "030101": "Gamle Oslo"}
RATE = {"TELLER": "antall", "MEIS": "andel (prosent, standardisert)"}
BOTH = ("Kjønn", {"0": "kjønn samlet", "1": "gutter", "2": "jenter"})


def fhi() -> Fhi:
    years = ("År", {f"{year}_{year}": str(year) for year in (2021, 2022, 2023, 2024)})
    spans = ("År", {f"{year}_{year + 2}": f"{year}-{year + 2}" for year in (2021, 2022)})
    grades = ("Alder", {"8-10": "8-10.trinn", "VG": "VG1-VG3"})
    place = ("Geografi", PLACES)
    return Fhi({
        "339": ("Psykiske plager (Ungdata)", {
            "GEO": place, "AAR": years, "KJONN": BOTH, "ALDER": grades,
            "PLAGE": ("Plagegrad", {"1": "plaget", "0": "lite plaget"}),
            "SOR": ("Sosioøkonomiske ressurser (SØR)", {"0": "Total SØR", "1": "Lav SØR"}),
            "MEASURE_TYPE": ("Måltall", RATE)}),
        "373": ("Livskvalitet (Ungdata)", {
            "GEO": place, "AAR": years, "KJONN": BOTH, "ALDER": grades,
            "SKALA": ("Skala 0-10, tilfredshet", {"a": "0_5", "b": "6_7", "c": "8_10"}),
            "STATUS": ("Sosial status", {"0": "samlet", "1": "lav"}), "MEASURE_TYPE": ("Måltall", RATE)}),
        "370": ("Legekontakter", {
            "GEO": place, "AAR": years, "KJONN": BOTH,
            "ALDER": ("Alder", {"0_74": "0-74 år", "15_24": "15-24 år", "0_24": "0-24 år"}),
            "KODEGRUPPE": ("Sykdomsgruppe", {
                "A": "Psykiske symptomer og lidelser", "B": "Psykiske symptomer", "C": "Psykiske lidelser"}),
            "MEASURE_TYPE": ("Måltall", {"TELLER": "antall", "RATE": "per 1000, standardisert"})}),
        "337": ("Barnevern", {
            "GEO": place, "AAR": years, "KJONN": BOTH, "ALDER": ("Alder", {"0_17": "0-17 år", "0_22": "0-22 år"}),
            "MEASURE_TYPE": ("Måltall", {"TELLER": "antall", "RATE": "andel (prosent)"})}),
        "377": ("Mobbing", {
            "GEO": place, "AAR": spans, "KJONN": BOTH, "SPM": ("Spm.id", {"1": "spm. om mobbing"}),
            "TRINN": ("Klassetrinn", {"7": "7. trinn", "10": "10. trinn"}), "MEASURE_TYPE": ("Måltall", RATE)}),
        "805": ("Trivsel på skolen", {
            "GEO": place, "AAR": spans, "KJONN": BOTH, "SPM": ("Spm.id", {"1": "spm.id"}),
            "TRINN": ("Klassetrinn", {"7": "7. trinn", "10": "10. trinn"}), "MEASURE_TYPE": ("Måltall", RATE)}),
    })  # fmt: skip
