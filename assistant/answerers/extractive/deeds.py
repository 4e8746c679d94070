"""Words for the same deed or measure, for judging whether a sentence speaks of what is asked."""

from assistant.understanding.words import word_key

_LINES = """
killed kill kills died die dies dead death deaths toll fatalities fatality victims lives perished murdered
injured injuries injury hurt wounded wounds
phone phoned telephone telephoned call called spoke
head headed heads led lead leads leader president chief ceo commander chaired chairman director ran
cost costs worth price priced paid pay valued value fee sum bill spend spent
won win wins winner victory beat beaten beating defeated defeat champion champions title
wrote write written author wrote authored penned
began begin begun started start starts opened
ended end ends finished finish over
bought buy purchase purchased acquired acquisition ordered order
sold sell sale sales
received receive got get given gave awarded award went prize
signed sign signing signature
approved approve ratified ratify ratification voted passed vote votes
represented represent attended took
arrived arrive delivered delivery received landed
removed remove removal kicked kick dropped drop expelled excluded suspended ousted
law laws act acts legislation statute
allow allowed permit permitted release released free freed
large largest biggest size
boss head heads chief runs
stock stocks share shares
drop dropped fall fell fallen plunged slumped slid
jump jumped rise rose risen surged climbed
quit quits resign resigned resignation depart departed departing departure leave leaves left
job jobs position positions post posts
participation turnout
army soldiers troops military
movie movies film films
car cars vehicle vehicles
bike bikes bicycle bicycles
hurt harmed harm injured
fund funded funds financed finance paid
banned ban barred bar prohibited forbidden
excluded exempt exempted
vanished disappeared disappear missing
stole stolen steal theft
lawyer attorney counsel
firm company business
spectators crowd watched attendance
invented devised created made designed developed
reason cause caused
delayed postponed late
rescued saved freed
town city
border borders frontier
prison jail jailed sentence sentenced
doctor physician
flat apartment
raised increased hiked
cut reduced lowered
begin start launch launched
destroyed ruined burned burnt
proposed suggested tabled
opposed criticised criticized against
succeed succeeded succeeds replace replaced replaces successor
inaugurated sworn
hackers intruders attackers
accused charged indicted
punished punish penalised penalized sanctioned sanctions
staff workers employees employs
"""
"""A line for each deed."""

_REACTIONS = """
condemned rejected criticised denounced welcomed hailed praised protested deplored dismissed retaliated vowed
threatened warned regretted thanked applauded objected complained defended denied apologised mourned
demanded urged accused
"""
"""What is a reaction; that somebody reacted is told with one of these, and not the other way round."""

_OPPOSITE_LINES = """
open opened opens reopen reopened reopens / close closed closes shut
join joined joins rejoin rejoined / leave left leaves quit withdrew withdraw
impose imposed imposes / lift lifted lifts ease eased
rise rose risen increase increased grew / fall fell fallen drop dropped decrease decreased declined shrank
win won wins / lose lost loses
arrest arrested detained jailed / release released freed
approve approved ratify ratified accept accepted / reject rejected refuse refused veto vetoed
begin began begun start started / end ended finish finished
enter entered / leave left withdrew withdraw
build built / demolish demolished
appoint appointed hire hired / fire fired dismissed
marry married / divorce divorced
raise raised raises hike hiked increase increased / cut cuts cutting lower lowered reduce reduced slashed
widen widened / narrow narrowed
strengthen strengthened / weaken weakened
allow allowed permit permitted / ban banned prohibit prohibited forbid forbade forbidden
support supported / oppose opposed
succeed succeeded success / fail failed failure
create created / destroy destroyed abolish abolished
gain gained / lose lost
import imports imported / export exports exported
encourage encouraged / discourage discouraged
legal / illegal
strong strongest / weak weakest
largest biggest / smallest
highest / lowest
longest / shortest
oldest / youngest newest
best / worst
fastest / slowest
richest / poorest
maximum / minimum
majority / minority
northern / southern
eastern / western
urban / rural
"""
"""Deeds and qualities and, after the stroke, their opposites."""


def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _LINES.strip().splitlines():
        keys = frozenset(key for key in map(word_key, line.split()) if key)
        for key in keys:
            found[key] = found.get(key, frozenset()) | keys
    return found


SAME_DEED: dict[str, frozenset[str]] = _groups()
"""The keys of all words for a deed, by the key of one of them."""


def _opposites() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    found: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for line in _OPPOSITE_LINES.strip().splitlines():
        one, other = (frozenset(filter(None, map(word_key, side.split()))) for side in line.split("/"))
        for mine, theirs in ((one, other), (other, one)):
            for key in mine:
                same, against = found.get(key, (frozenset(), frozenset()))
                found[key] = (same | mine, against | theirs)
    return found


OPPOSITES: dict[str, tuple[frozenset[str], frozenset[str]]] = _opposites()
"""By the key of a deed, the keys of the same deed and those of its opposite."""


def is_reversed(key: str, keys: frozenset[str]) -> bool:
    """Whether keys have the opposite of a deed and not the deed itself."""
    same, against = OPPOSITES.get(key, (frozenset(), frozenset()))
    return not keys.isdisjoint(against) and keys.isdisjoint(same) and not is_met(key, keys)


_TOLD_BY = {
    word_key(word): frozenset(map(word_key, _REACTIONS.split()))
    for word in ("react", "reaction", "respond", "response")
}


def is_met(key: str, keys: frozenset[str]) -> bool:
    """Whether a word, another word for the same deed, or one that tells of such a deed, is among keys."""
    others = (SAME_DEED.get(key, frozenset()), _TOLD_BY.get(key, frozenset()))
    return key in keys or any(not keys.isdisjoint(told) for told in others)
