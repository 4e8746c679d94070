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
rwanda rwandan rwandans
uganda ugandan ugandans
zimbabwe zimbabwean zimbabweans
chad chadian chadians
zambia zambian zambians
malawi malawian malawians
mozambique mozambican mozambicans
angola angolan angolans
namibia namibian namibians
botswana botswanan motswana batswana
lesotho basotho
eswatini swaziland swazi
madagascar malagasy
mauritius mauritian mauritians
mauritania mauritanian mauritanians
seychelles seychellois
djibouti djiboutian
eritrea eritrean eritreans
burundi burundian burundians
tanzania tanzanian tanzanians
cameroon cameroonian cameroonians
gabon gabonese
guinea guinean guineans
senegal senegalese
gambia gambian gambians
liberia liberian liberians
sierraleone sierra_leone sierra_leonean sierra_leoneans
ivorycoast ivory_coast cote_d'ivoire ivorian ivorians
burkinafaso burkina_faso burkinabe
togo togolese
benin beninese
southsudan south_sudan south_sudanese
kosovo kosovar kosovars kosovan
albania albanian albanians
macedonia north_macedonia macedonian macedonians
montenegro montenegrin montenegrins
slovenia slovenian slovenians slovene slovenes
luxembourg luxembourger luxembourgers luxembourgish
malta maltese
cyprus cypriot cypriots
monaco monegasque
greenland greenlandic greenlander greenlanders
kuwait kuwaiti kuwaitis
bahrain bahraini bahrainis
oman omani omanis
mongolia mongolian mongolians
cambodia cambodian cambodians
laos lao laotian laotians
singapore singaporean singaporeans
bhutan bhutanese
maldives maldivian maldivians
easttimor east_timor timor_leste timorese
turkmenistan turkmen
tajikistan tajik tajiks
kyrgyzstan kyrgyz
panama panamanian panamanians
costarica costa_rica costa_rican costa_ricans
nicaragua nicaraguan nicaraguans
honduras honduran hondurans
elsalvador el_salvador salvadoran salvadorans
guatemala guatemalan guatemalans
jamaica jamaican jamaicans
barbados barbadian barbadians bajan
bahamas bahamian bahamians
trinidad trinidadian trinidadians
guyana guyanese
suriname surinamese
paraguay paraguayan paraguayans
uruguay uruguayan uruguayans
puertorico puerto_rico puerto_rican puerto_ricans
fiji fijian fijians
samoa samoan samoans
tonga tongan tongans
tibet tibetan tibetans
crimea crimean crimeans
chechnya chechen chechens
siberia siberian siberians
catalonia catalan catalans
bavaria bavarian bavarians
sicily sicilian sicilians
sardinia sardinian sardinians
scandinavia scandinavian scandinavians
vienna viennese
paris parisian parisians
london londoner londoners
berlin berliner berliners
moscow muscovite muscovites
naples neapolitan neapolitans
venice venetian venetians
milan milanese
lisbon lisboner lisboners
madrid madrilenian madrilenians
newyork new_york new_yorker new_yorkers
california californian californians
texas texan texans
quebec quebecois
hongkong hong_kong hongkonger hongkongers
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
