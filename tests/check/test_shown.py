"""Findings are shown wherever a record is."""

import io
from dataclasses import replace

from rich.console import Console
from tests.made import record, span

from dateline.cli.table import show
from dateline.export import fragment, page
from dateline.model import Finding

FOUND = Finding(span("Monday"), "checks/times#weekday", "it <is> a Tuesday", 0.95, (span("Birko"),))
TOLD = replace(record(), findings=(FOUND,))


def test_the_page_has_findings_with_rule_words_and_certainty() -> None:
    html = "".join(page([TOLD]))
    assert "it &lt;is&gt; a Tuesday" in html
    assert "<q>Monday</q>" in html
    assert "times#weekday, 95% sure" in html
    assert 'class="meta findings"' not in "".join(page([record()]))
    assert 'class="meta findings"' in fragment(TOLD)


def test_the_table_has_findings_below_the_claims() -> None:
    out = io.StringIO()
    show(TOLD, Console(file=out, width=200))
    shown = out.getvalue()
    assert "doubt: it <is> a Tuesday  times#weekday, 95%  “Monday” … “Birko”" in shown
    assert shown.index("doubt:") > shown.index("shelled")
