"""Names of places that go by several: a name, then its other spellings, its adjective and its people.

Only places whose forms a stemmer does not bring together, or that are often in the news. Phrases of several
words are joined by underscores.
"""

_LINES = """
usa united_states united_states_of_america america american americans us_government washington_dc
uk united_kingdom britain great_britain british briton britons
turkey turkiye turkish turk turks turkiyenin turkiyeye
russia russian russians russian_federation
syria syrian syrians
ukraine ukrainian ukrainians
kyiv kiev
china chinese prc
taiwan taiwanese
japan japanese
korea korean koreans
northkorea north_korea dprk north_korean north_koreans
southkorea south_korea south_korean south_koreans
india indian indians
pakistan pakistani pakistanis
iran iranian iranians
iraq iraqi iraqis
israel israeli israelis
palestine palestinian palestinians
egypt egyptian egyptians
lebanon lebanese
jordan jordanian jordanians
saudiarabia saudi_arabia saudi saudis
uae united_arab_emirates emirati emiratis
qatar qatari qataris
yemen yemeni yemenis
afghanistan afghan afghans
france french frenchman
germany german germans
italy italian italians
spain spanish spaniard spaniards
portugal portuguese
greece greek greeks
netherlands dutch holland
belgium belgian belgians
switzerland swiss
austria austrian austrians
poland polish
hungary hungarian hungarians
czechia czech czechs czech_republic
slovakia slovak slovaks
romania romanian romanians
bulgaria bulgarian bulgarians
serbia serbian serbians serb serbs
croatia croatian croatians
bosnia bosnian bosnians
denmark danish dane danes
sweden swedish swede swedes
norway norwegian norwegians
finland finnish finn finns
iceland icelandic
ireland irish
scotland scottish scots scot
wales welsh
england english englishman
estonia estonian estonians
latvia latvian latvians
lithuania lithuanian lithuanians
belarus belarusian belarusians belarussian
moldova moldovan moldovans
georgia georgian georgians
armenia armenian armenians
azerbaijan azerbaijani azerbaijanis azeri
kazakhstan kazakh kazakhs
uzbekistan uzbek uzbeks
canada canadian canadians
mexico mexican mexicans
brazil brazilian brazilians
argentina argentine argentinian argentines
chile chilean chileans
peru peruvian peruvians
colombia colombian colombians
venezuela venezuelan venezuelans
cuba cuban cubans
haiti haitian haitians
ecuador ecuadorian
bolivia bolivian
australia australian australians
newzealand new_zealand
indonesia indonesian indonesians
malaysia malaysian malaysians
philippines philippine filipino filipinos
thailand thai thais
vietnam vietnamese
myanmar burma burmese
bangladesh bangladeshi bangladeshis
srilanka sri_lanka sri_lankan sri_lankans
nepal nepali nepalese
southafrica south_africa south_african south_africans
nigeria nigerian nigerians
kenya kenyan kenyans
ethiopia ethiopian ethiopians
sudan sudanese
somalia somali somalis
libya libyan libyans
tunisia tunisian tunisians
algeria algerian algerians
morocco moroccan moroccans
ghana ghanaian
mali malian malians
niger nigerien nigeriens
congo congolese
rwanda rwandan
uganda ugandan
zimbabwe zimbabwean
europe european europeans
eu european_union
africa african africans
asia asian asians
un united_nations
nato north_atlantic_treaty_organization north_atlantic_treaty_organisation
"""


def _entries() -> list[tuple[tuple[str, ...], str]]:
    lines = [line.split() for line in _LINES.strip().splitlines()]
    return [(tuple(form.split("_")), line[0]) for line in lines for form in line]


PLACE_WORDS: dict[str, str] = {form[0]: key for form, key in _entries() if len(form) == 1}
"""The key of a place by one of its names of one word, folded."""

PLACE_PHRASES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
"""Names of several words by their first word: each with the key of its place, longest first."""

for _form, _key in sorted(_entries(), key=lambda entry: -len(entry[0])):
    if len(_form) > 1:
        PLACE_PHRASES[_form[0]] = (*PLACE_PHRASES.get(_form[0], ()), (_form, _key))

PLACE_KEYS: frozenset[str] = frozenset(key for _, key in _entries())
"""The keys of all places of the table."""


def place_forms(key: str) -> tuple[str, ...]:
    """All names of a place, with its adjective and its people, folded; none for a key of no place."""
    forms = tuple(" ".join(form) for form, of in _entries() if of == key)
    return (*forms, "u.s.") if key == "usa" else forms
