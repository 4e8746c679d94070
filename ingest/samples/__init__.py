"""The sample collection: short news articles, so that a first question can be answered at once.

All of them were written for this project and are licensed as the project is. They report matters of public
record, in the manner of a newspaper archive. The publishers, their addresses (in the reserved domain
`.example`) and their desks are invented; so are the towns of Harrowmere and Port Ellery with the people in
them, and the beekeeper Hanne Brook. The `note` in the front matter of every file marks it as a sample. An
article reports what was known on the day it purports to be published; nothing here should be cited as a
source on its subject.

A real archive is untidy, and this one is untidy on purpose:

- A wrong date. `us-kurdish-forces-and-the-thaw` says that the United States sanctioned Turkey over the
  S-400 in 2017. The measures came on 14 December 2020 under an act of 2017:
  `us-sanctions-turkish-defense-agency`, `ankara-rejects-us-sanctions`, `how-section-231-works`,
  `sanctions-act-signed-2017`.
- Two counts of one thing. `earthquake-turkey-syria-update` and `syria-earthquake-toll-monitor` both speak
  as of 25 February 2023 and give 5,914 and 6,760 deaths in Syria; they differ on the magnitudes too (7.8
  and 7.5; 7.7 and 7.6).
- One story, two headlines. `black-sea-ports-to-reopen` is `grain-deal-signed-in-istanbul`, cut by a few
  words at its end, under the name of another publisher.
- One story, two versions. `earthquake-turkey-syria-update` replaces `earthquake-turkey-syria` at the same
  address.
- Another language. `abd-s-400-yaptirimlari` is in Turkish.
- Spellings. Turkey and Türkiye, Erdogan and Erdoğan, Kiev and Kyiv, Cavusoglu and Çavuşoğlu, defense and
  defence.
- Near misses. Sanctions on Turkish ministers (2018), on Turkish ministries (2019), by the European Union
  (2020), on China under the same act, and on Belarus, Iran, Myanmar, North Korea, Russia (2014 and 2022),
  Syria and Venezuela; charges against a Turkish bank that are no sanctions; talks on Syria in 2017, 2021,
  2022 and 2023; contract, delivery and test of the same missiles.
- Superseded news. What was expected in January 2023 had not happened when Assad fell:
  `assad-falls-december-2024`.
- Planted instructions. One paragraph each of `port-ellery-bike-lanes`, `beekeepers-prepare-for-winter` and
  `harrowmere-library-opens` tells a machine what to say. It says that it was planted, and nobody should obey.
- Unrelated subjects: football, chess, astronomy, the Nobel prizes, a library, bicycles, bees and bread.
"""

from importlib.resources import files
from importlib.resources.abc import Traversable


def sample_files() -> tuple[Traversable, ...]:
    """Return the sample articles (Markdown with front matter), sorted by file name."""
    articles = (entry for entry in files(__name__).iterdir() if entry.name.endswith(".md"))
    return tuple(sorted(articles, key=lambda entry: entry.name))
