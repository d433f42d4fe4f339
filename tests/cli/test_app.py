"""The command as a whole."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from typer.testing import Result

import dateline
from dateline.cli.annotate import Layer
from dateline.export import LAYERS

Run = Callable[..., Result]


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"dateline {dateline.__version__}\n"


def test_help_lists_the_commands_in_groups(run: Run) -> None:
    told = run("--help").stdout
    for word in ("Code dispatches", "Check and extend", "--install-completion", "Exit codes"):
        assert word in told
    for command in ("code", "annotate", "explain", "evaluate", "lint", "rule"):
        assert f" {command} " in told
        assert run(command, "--help").exit_code == 0


def test_an_unknown_command_is_a_usage_error(run: Run) -> None:
    assert run("cod").exit_code == 2


def test_every_layer_has_a_name() -> None:
    assert [layer.value for layer in Layer] == list(LAYERS)


@pytest.mark.parametrize(
    ("typed", "word", "offered"),
    [("dateline ann", 1, "annotate"), ("dateline code --format h", 3, "html")],
)
def test_the_shell_completes(typed: str, word: int, offered: str) -> None:
    asked = {
        "_DATELINE_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": str(word),
    }  # fmt: skip
    script = "import sys; sys.argv[0] = 'dateline'; from dateline.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=False, capture_output=True, text=True, env=os.environ | paths() | asked,
    )  # fmt: skip
    assert done.stdout.split() == [offered]


@pytest.mark.parametrize("module", ["dateline", "dateline.cli"])
def test_starting_imports_nothing_slow(module: str) -> None:
    script = (
        f"import sys, {module}\n"
        "slow = {'spacy', 'pandas', 'numpy', 'trafilatura', 'torch'} & set(sys.modules)\n"
        "assert not slow, slow\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, env=os.environ | paths())


def test_a_reader_that_leaves_early_is_no_error() -> None:
    script = (
        "import sys, dateline.cli as cli\n"
        "from dateline.cli.console import output\n"
        "@cli.app.command()\n"
        "def spew(rich: bool = False) -> None:\n"
        "    write = output().print if rich else print\n"
        "    for _ in range(30_000): write('all quiet at the bridge')\n"
        "cli.main()\n"
    )
    for options in ([], ["--rich"]):
        done = subprocess.Popen(
            [sys.executable, "-c", script, "spew", *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | paths(),
        )  # fmt: skip
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.readline()
        done.stdout.close()
        with done.stderr as stream:
            told = stream.read()
        assert (done.wait(), told) == (0, "")


def paths() -> dict[str, str]:
    return {"PYTHONPATH": os.pathsep.join(x for x in sys.path if x)}
