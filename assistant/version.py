"""Which version this is."""

from importlib.metadata import PackageNotFoundError, version

DISTRIBUTION = "footnote-qa"


def installed_version() -> str:
    """The version of the installed distribution, or "unknown" in a bare checkout."""
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "unknown"
