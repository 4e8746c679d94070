"""A run as JUnit XML, which continuous integration services read."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from evals.case_text import case_text
from evals.record import CaseRecord

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(suite_name: str, records: Sequence[CaseRecord]) -> str:
    """One `testcase` a record: failed checks as `failure`, a question that could not be asked as `error`."""
    failed = sum(not record.passed and record.error is None for record in records)
    suite = ElementTree.Element(
        "testsuite",
        name=_safe(suite_name),
        tests=str(len(records)),
        failures=str(failed),
        errors=str(sum(record.error is not None for record in records)),
        time=f"{sum(record.milliseconds for record in records) / 1000:.3f}",
    )
    for record in records:
        suite.append(_case(suite_name, record))
    ElementTree.indent(suite)
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=True) + "\n"


def _case(suite_name: str, record: CaseRecord) -> ElementTree.Element:
    seconds = f"{record.milliseconds / 1000:.3f}"
    case = ElementTree.Element("testcase", classname=_safe(suite_name), name=_safe(record.id), time=seconds)
    if record.passed:
        return case
    wrong = [f"{check.name}: {check.detail}" for check in record.checks if not check.passed]
    kind = "failure" if record.error is None else "error"
    told = ElementTree.SubElement(case, kind, message=_safe("; ".join(wrong)))
    told.text = _safe(case_text(record))
    return case


def _safe(text: str) -> str:
    return _NOT_XML.sub("�", text)
