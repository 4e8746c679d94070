"""Abbreviations after which a sentence goes on, beside those that the sentence splitter knows by itself.

In lower case and without their last full stop, by primary language (the first part of a BCP 47 code).
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ALWAYS_FOLLOWED: dict[str, frozenset[str]] = {
    "en": _words(
        """
        adm amb approx avg brig capt cf cmdr col dr e.g fr ft gen gov hon i.e insp lt maj messrs mr mrs ms
        msgr mt pres prof rep rev sen sgt st supt v viz vs
        """
    ),
    "tr": _words(
        """
        alb arş av bkz bn bnb bulv cad doç dr dz ecz gen gör hv hz krş kur kd ltd mah mim müh op ord öğr örn
        prof sn sok şti tğm tuğg ütğm uzm vb vd yay yb yrd yzb
        """
    ),
}
"""Titles and the like: what follows, a name or a number, belongs to the same sentence."""

BEFORE_NUMBERS: dict[str, frozenset[str]] = {
    "en": _words(
        """
        no nos vol vols fig figs sec secs p pp art arts ch ed eq est ca para
        jan feb mar apr jun jul aug sep sept oct nov dec
        """
    ),
    "tr": _words("no md mad s sf cilt c şek böl"),
}
"""Words that belong to a number that follows, and may otherwise end a sentence."""
