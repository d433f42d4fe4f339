"""Tells in the summary when the comparison with the reference scorer could not run."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared" / "gold"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line where the reference scorer is absent."""
    if not SHARED.exists():
        terminalreporter.write_line("left out: agreement with the reference scorer (no ../shared)")
