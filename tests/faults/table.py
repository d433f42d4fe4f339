"""The faults that are injected, and what comes of each: docs/faults.md is written from this.

python -m tests.faults.table writes the page anew.
"""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "faults.md"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: part of what is told, what is left, and the test that injects it."""

    injected: str
    says: str
    outcome: str
    test: str


_HERE, _STORE = "tests/faults/test_faults.py", "tests/store/test_store_faults.py"
_REAL = "tests/faults/test_real_models.py"
_WATCH, _ENGINE = "tests/cli/test_watch.py", "tests/engine/test_engines.py"

FAULTS = (
    Fault("full disk, while a store is written", "what was added stays",
          "whole dispatches only; the next run adds the rest",
          f"{_HERE}::test_a_full_disk_stops_adding_and_loses_nothing"),
    Fault("full disk, while results are written to a file", "cannot be written: File too large",
          "the earlier file is as it was", f"{_HERE}::test_a_full_disk_leaves_the_earlier_results"),
    Fault("full disk, behind standard output", "standard output cannot be written",
          "exit code 2", f"{_HERE}::test_a_full_disk_behind_standard_output_is_told"),
    Fault("full disk, while events are written", "cannot be written: No space left on device",
          "no event in part, each told once after the next start",
          f"{_WATCH}::test_a_full_disk_leaves_no_event_in_part"),
    Fault("read-only disk under a store", "may not be written; check who owns",
          "reading goes on", f"{_STORE}::test_a_store_that_may_not_be_written_is_told"),
    Fault("read-only disk under the results", "cannot be written: Read-only file system",
          "nothing is written", f"{_HERE}::test_a_read_only_disk_is_told"),
    Fault("read-only cache folder", "", "the run goes on, its records are not kept for `explain`",
          f"{_HERE}::test_a_read_only_cache_stops_nothing"),
    Fault("killed process, at any statement of a transaction", "",
          "whole dispatches only; the next run adds the rest, none twice",
          f"{_HERE}::test_a_killed_run_is_gone_on_with"),
    Fault("killed reader of a file", "its reader crashed (SIGKILL)",
          "the member it was at is one problem, the rest is read",
          f"{_HERE}::test_a_killed_reader_costs_one_member"),
    Fault("killed parent of a reader", "", "the reader ends, too",
          f"{_HERE}::test_a_reader_does_not_outlive_its_parent"),
    Fault("killed worker of the pool", "", "another takes its place, no record is lost",
          f"{_ENGINE}::test_a_worker_killed_from_outside_costs_nothing"),
    Fault("killed worker, then killed command, with the real models", "",
          "the workers end, too; the next run goes on, with the result of an undisturbed one",
          f"{_REAL}::test_killed_workers_and_a_killed_command_cost_nothing"),
    Fault("full disk, then killed command, while a store is written with the real models",
          "what was added stays", "whole dispatches only; the next run adds the rest, none twice",
          f"{_REAL}::test_a_full_disk_and_a_killed_add_lose_and_double_nothing"),
    Fault("torn last line of the events", "", "taken away and told again, whole",
          f"{_WATCH}::test_a_torn_last_line_is_told_again_and_whole"),
    Fault("clock going backwards between runs", "",
          "the later run counts; events keep their order and never go back in time",
          f"{_HERE}::test_a_clock_that_goes_back_changes_no_order"),
    Fault("two runs on one store", "", "one waits for the other, each dispatch is there once",
          f"{_HERE}::test_two_runs_on_one_store_add_each_dispatch_once"),
    Fault("two runs on one event file", "another 'dateline watch' writes there",
          "the second ends at once", f"{_WATCH}::test_two_do_not_write_to_one_stream"),
    Fault("another program's file in the place of a store", "no Dateline store",
          "the file is not touched", f"{_HERE}::test_a_file_that_is_no_store_is_not_touched"),
    Fault("parser whose files are not those pinned", "have digest",
          "no text is coded", f"{_HERE}::test_a_parser_with_a_changed_byte_is_refused"),
    Fault("damaged classifier", "reinstall the package", "no text is coded",
          f"{_HERE}::test_a_damaged_classifier_is_refused"),
    Fault("encoder with a changed byte, in one process and in workers",
          "not the file that its heads belong to", "no text is coded",
          f"{_REAL}::test_a_model_with_a_changed_byte_stops_the_run"),
    Fault("missing or unknown locale", "", "names and texts are read and written as UTF-8",
          f"{_HERE}::test_a_missing_locale_changes_nothing"),
)  # fmt: skip

HEAD = """# Faults

What happens when the machine fails. Each fault is injected by the test named beside it; the tests
keep this page in step (`python -m tests.faults.table` writes it anew).

| fault | what is told | what is left | test |
|---|---|---|---|
"""


def page() -> str:
    """The page."""
    rows = (
        f"| {x.injected} | {f'`{x.says}`' if x.says else 'nothing needs to be'} | {x.outcome} "
        f"| `{x.test.rpartition('::')[2]}` in `{x.test.partition('::')[0]}` |\n"
        for x in FAULTS
    )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
