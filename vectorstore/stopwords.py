"""Words that say nothing about what a question asks for."""

ENGLISH = """
    a about above after again against all also am an and any are aren as at be because been before being
    below between both but by can could couldn d did didn do does doesn doing don done down during each
    ever few for from further get got had hadn has hasn have haven having he her here hers herself him
    himself his how i if in into is isn it its itself just let ll m many may me might more most much must
    my myself no nor not now of off on once only or other our ours ourselves out over own please re s same
    shall she should shouldn so some such t tell than that the their theirs them themselves then there
    these they this those through to too under until up upon us ve very was wasn we were weren what when
    where whether which while who whom whose why will with won would wouldn you your yours yourself
    yourselves
"""

NEWS = """
    called day days following last month months name named names new one past recent recently today week
    weeks year years
"""

STOPWORDS = frozenset(f"{ENGLISH} {NEWS}".split())
"""English, the parts of contractions included ("don't" is read as "don" and "t"); and the words with which
questions about the news say when, and ask for a name. Only the keyword search passes them over."""
