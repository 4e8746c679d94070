"""Documents of the web: pages, feeds, sitemaps and lists of addresses, fetched with care."""
