"""Licences of all locked packages, the bill of materials and the audit."""

import re
import subprocess
from dataclasses import replace
from email.message import Message
from pathlib import Path

import pytest

import audit
import licences
import sbom
from locked import ROOT, Package, Use, licence_of, npm, packages, pins

FOUND = packages()
MADE = Package("pypi", "made-up", "1.0", Use.runtime, "MIT")


def test_every_locked_package_is_listed_and_may_be_used() -> None:
    assert [*licences.refused(FOUND)] == []
    names = {x.name for x in FOUND if x.ecosystem == "pypi"}
    for lock in ("runtime", "dev", "build", "knowledge"):
        text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
        assert set(re.findall(r"(?m)^([\w.-]+)==", text)) - names == set()


@pytest.mark.parametrize(
    ("licence", "use", "fine"),
    [
        ("MIT", Use.runtime, True),
        ("LGPL-3.0-only", Use.runtime, True),
        ("GPL-2.0-or-later", Use.runtime, False),
        ("GPL-2.0-or-later", Use.extra, False),
        ("GPL-2.0-or-later", Use.tool, True),
        ("AGPL-3.0-or-later", Use.tool, False),
        ("CC-BY-NC-4.0", Use.tool, False),
        ("Business Source License", Use.tool, False),
        ("", Use.tool, False),
        ("MIT OR AGPL-3.0-only", Use.runtime, True),
        ("MIT AND AGPL-3.0-only", Use.runtime, False),
        ("(MIT OR Zlib) AND (ISC OR SSPL-1.0)", Use.runtime, True),
        ("Apache-2.0 WITH LLVM-exception", Use.runtime, True),
        ("MIT AND", Use.runtime, False),
        ("(MIT", Use.runtime, False),
        ("MIT Zlib", Use.runtime, False),
    ],
)
def test_licences_that_may_not_be_used_are_refused(licence: str, use: Use, fine: bool) -> None:  # noqa: FBT001 (a test's table)
    told = [*licences.refused([replace(MADE, licence=licence, use=use)])]
    assert (told == []) is fine
    assert all(x.startswith("made-up 1.0: ") for x in told)


def test_a_refusal_ends_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(licences, "packages", lambda: [MADE, replace(MADE, licence="")])
    assert licences.main(["--quiet"]) == 1
    shown = capsys.readouterr()
    assert shown.out == "2 locked packages, 1 of them may not be used\n"
    assert "made-up 1.0: its licence is not known" in shown.err
    monkeypatch.setattr(licences, "packages", lambda: [MADE])
    assert licences.main([]) == 0
    assert "MIT (1): made-up 1.0" in capsys.readouterr().out


CLASS = "License :: OSI Approved"


def told(**fields: str) -> Message:
    message = Message()
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    return message


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License_Expression": "MIT", "License": "other"}, "MIT"),
        ({"License": "Apache 2.0"}, "Apache-2.0"),
        ({"License": "Copyright\nall of it" * 9, "Classifier": f"{CLASS} :: MIT License"}, "MIT"),
        ({"License": "see file", "Classifier": f"{CLASS} :: BSD License"}, "LicenseRef-BSD"),
        ({"License": "LGPL-2.1-only", "Classifier": CLASS}, "LGPL-2.1-only"),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_licence_is_read_from_metadata(fields: dict[str, str], licence: str) -> None:
    assert licence_of(told(**fields)) == licence


def test_what_asks_for_a_package_is_read_from_the_lock() -> None:
    lock = (
        "a==1.0 ; x == 'y' \\\n    --hash=sha256:"
        + "0" * 64
        + "\n    # via\n    #   b\n    #   c\n"
    )
    lock += "b==2 \\\n    --hash=sha256:" + "1" * 64 + "\n    # via dateline (pyproject.toml)\n"
    assert dict(pins(lock)) == {
        "a": ("1.0", ("0" * 64,), ("b", "c")),
        "b": ("2", ("1" * 64,), ("dateline",)),
    }


def test_what_only_tools_need_is_told_apart() -> None:
    uses = {x.name: x.use for x in FOUND if x.ecosystem == "pypi"}
    assert (uses["spacy"], uses["numpy"]) == (Use.runtime, Use.runtime)
    assert (uses["psycopg-binary"], uses["warcio"]) == (Use.extra, Use.extra)
    assert (uses["pytest"], uses["unidecode"]) == (Use.tool, Use.tool)


def test_packages_for_the_browser_are_listed() -> None:
    lock = {
        "packages": {
            "": {"name": "web"},
            "node_modules/a": {"version": "1.0.0", "license": "MIT"},
            "node_modules/a/node_modules/@b/c": {"version": "2.0.0", "dev": True},
            "node_modules/own": {"link": True},
        }
    }
    found = [*npm(lock, {("npm", "@b/c", "2.0.0"): "ISC"})]
    assert [(x.purl, x.use, x.licence) for x in found] == [
        ("pkg:npm/a@1.0.0", Use.runtime, "MIT"),
        ("pkg:npm/%40b/c@2.0.0", Use.tool, "ISC"),
    ]


def test_the_bill_of_materials_is_whole_and_always_the_same(tmp_path: Path) -> None:
    bill = sbom.bill(FOUND)
    assert bill == sbom.bill(packages())
    refs = [x["bom-ref"] for x in bill["components"]]
    own = bill["metadata"]["component"]["bom-ref"]
    assert len(set(refs)) == len(refs)
    asked = {x["ref"]: set(x["dependsOn"]) for x in bill["dependencies"]}
    assert set().union(asked, *asked.values()) <= {own, *refs}
    assert any(x.startswith("pkg:pypi/spacy@") for x in asked[own])
    python = [x for x in bill["components"] if x["purl"].startswith("pkg:pypi")]
    assert all(x["hashes"] and x["licenses"] for x in python)
    sbom.write([MADE], tmp_path / "new" / "bill.json")
    assert '"bomFormat": "CycloneDX"' in (tmp_path / "new" / "bill.json").read_text("utf-8")


def answer(monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    done = subprocess.CompletedProcess[str]([], 0, output, "")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)


@pytest.mark.parametrize(
    ("output", "code", "said"),
    [
        ("", 0, "a.txt: pip-audit is not there or reaches no advisories: not audited"),
        ('{"dependencies": [{"name": "a", "skip_reason": "x"}]}', 0, "not audited"),
        (
            '{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}', 0,
            "a.txt: 0 known holes; 0 packages could not be looked up",
        ),
        (
            '{"dependencies": [{"name": "a", "version": "1", "vulns": '
            '[{"id": "CVE-1", "fix_versions": ["2.0"]}]}, {"name": "b", "skip_reason": "x"}]}', 1,
            "a 1: CVE-1, mended in 2.0\na.txt: 1 known holes; 1 packages could not be looked up",
        ),
    ],
)  # fmt: skip
def test_known_holes_are_told(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    output: str,
    code: int,
    said: str,
) -> None:
    answer(monkeypatch, output)
    assert audit.main(["a.txt"]) == code
    assert said in capsys.readouterr().out
