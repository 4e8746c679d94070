"""The benchmark of a web site: the site is one, and what goes wrong is noticed."""

from collections import Counter

import httpx

from evals.benchmarks.web_site import OUTCOMES, Page, Round, Site, problems, served, table


def round_of(**said: int) -> Round:
    return Round({**dict.fromkeys(OUTCOMES, 0), **said}, Counter({200: 3, 304: 2}), 1_500, 1.25)


def test_the_site_tells_who_knows_a_page_that_it_has_not_changed() -> None:
    site = Site({number: Page(number) for number in range(40)})
    with served(site):
        first = httpx.get(f"{site.address}/news/7")
        again = httpx.get(f"{site.address}/news/7", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert site.change() == (4, 2, 2)
        assert httpx.get(f"{site.address}/sitemap.xml").text.count("<loc>") == 2
        asked, sent = site.looked_at()
    assert "Report 7" in first.text
    assert asked == {200: 2, 304: 1}
    assert sent > len(first.content)
    assert sorted(site.pages) == [0, *range(3, 42)]
    assert [page.edition for page in site.pages.values()].count(1) == 4


def test_what_goes_wrong_is_noticed() -> None:
    rounds = [round_of(added=40), round_of(), round_of(added=2, changed=4, removed=2), round_of()]
    assert problems(rounds, [40, 40, 40, 40], [40, 40, 40, 40], (4, 2, 2)) == []
    rounds[1] = round_of(changed=1)
    assert problems(rounds, [40, 40, 41, 40], [40, 40, 40, 40], (4, 2, 2)) == [
        "1 added or changed with nothing new, not 0",
        "41 in the index, not 40",
    ]


def test_a_round_is_a_row() -> None:
    rows = table([round_of(added=40)] * 4, [40] * 4)
    assert rows[2] == "| at first | 40 | 0 | 0 | 0 | 0 | 40 | 5 | 2 | 2 kB | 1.2 |"
