"""Abbreviations after which a sentence goes on, beside those that the sentence splitter knows by itself.

Written in lower case without the last full stop, by BCP 47 primary language.
"""

ALWAYS_FOLLOWED: dict[str, frozenset[str]] = {
    "en": frozenset(
        (
            "adm amb brig capt cmdr col dr gen gov hon insp lt maj messrs mr mrs ms mt msgr prof rep rev sen sgt "
            "supt ft st fr pres sec'y avg approx cf e.g i.e viz vs v"
        ).split()
    ),
    "tr": frozenset(
        (
            "alb arş av bn bkz bnb bulv cad doç dr dz ecz gen gör hz hv krş kur kd mah mim müh op ord öğr örn prof "
            "sn sok şti ltd tğm tuğg ütğm uzm vb vd yay yb yrd yzb"
        ).split()
    ),
}
"""Titles and the like: what follows, a name or a number, belongs to the same sentence."""

BEFORE_NUMBERS: dict[str, frozenset[str]] = {
    "en": frozenset(
        (
            "no nos vol vols fig figs sec secs p pp art arts ch eq ed para ca est jan feb mar apr jun jul aug sep "
            "sept oct nov dec"
        ).split()
    ),
    "tr": frozenset("no md mad s sf cilt c şek böl".split()),
}
"""Words that belong to a number that follows, and may otherwise end a sentence."""
