"""Findings travel with their record."""

import pytest
from tests.made import record, span

from dateline.api import Record
from dateline.errors import InputError
from dateline.model import Finding
from dateline.model.codec import decode, dump, encode, load

FOUND = Finding(span("Monday"), "checks/times#weekday", "it is a Tuesday", 0.5, (span("Birko"),))


def test_a_record_keeps_its_findings() -> None:
    told = Record(record().document, record().claims, findings=(FOUND,))
    assert load(dump(told)).findings == (FOUND,)
    assert Record.of(told).findings == (FOUND,)
    assert (FOUND.rule, FOUND.words) == ("times#weekday", (span("Monday"), span("Birko")))


def test_a_record_written_before_there_were_checks_is_read() -> None:
    fields = encode(record())
    del fields["findings"]
    assert decode(fields) == record()


def test_a_finding_that_misquotes_is_refused() -> None:
    fields = encode(Record(record().document, findings=(FOUND,)))
    fields["findings"][0]["words"][0]["text"] = "Sunday"
    with pytest.raises(InputError, match="'Sunday' is not at"):
        decode(fields)
    fields["findings"][0]["words"] = []
    with pytest.raises(InputError):
        decode(fields)
