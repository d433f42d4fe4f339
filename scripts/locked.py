"""What the locks hold: every package with its version, hashes, licence and what asks for it."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROJECT = "dateline"
_PIN = re.compile(r"(?m)^(?=[A-Za-z0-9][\w.-]*==)")
_VIA = re.compile(r"(?m)^ +# +(?:via +)?(?!via$)([A-Za-z0-9][\w.-]*)(?: \(pyproject\.toml\))?$")
_TELLS = re.compile(r"[^\n]{2,60}")
_SPDX = {
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "LicenseRef-BSD",
    "bsd 2-clause license": "BSD-2-Clause",
    "bsd license": "LicenseRef-BSD",
    "bsd-like": "LicenseRef-BSD",
    "gpl": "GPL-2.0-or-later",
    "gnu general public license v2 or later (gplv2+)": "GPL-2.0-or-later",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "the bsd 2-clause license": "BSD-2-Clause",
    "the unlicense (unlicense)": "Unlicense",
}


class Use(StrEnum):
    """What a package is for, in the words of a bill of materials."""

    runtime = "required"
    extra = "optional"
    tool = "excluded"


@dataclass(frozen=True, slots=True)
class Package:
    """One locked package; `licence` is an SPDX expression, or what the package says instead."""

    ecosystem: str
    name: str
    version: str
    use: Use
    licence: str
    hashes: tuple[str, ...] = ()
    asked_by: tuple[str, ...] = ()

    @property
    def purl(self) -> str:
        """Its package URL."""
        return f"pkg:{self.ecosystem}/{self.name.replace('@', '%40')}@{self.version}"


def packages(root: Path = ROOT) -> list[Package]:
    """All packages of the locks for Python and, if there is a web part, for the browser."""
    told = notes(root / "requirements" / "licences.csv")
    found = [*_python(root, told)]
    lock = root / "web" / "package-lock.json"
    if lock.is_file():
        found += npm(json.loads(lock.read_text("utf-8")), told)
    return sorted(found, key=lambda x: (x.ecosystem, x.name, x.version))


def notes(path: Path) -> dict[tuple[str, str, str], str]:
    """The licences that were looked up by hand, by ecosystem, name and version."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {(x["ecosystem"], x["name"], x["version"]): x["licence"] for x in rows}


def _python(root: Path, told: Mapping[tuple[str, str, str], str]) -> Iterator[Package]:
    locks = {
        name: dict(pins((root / "requirements" / f"{name}.txt").read_text("utf-8")))
        for name in ("runtime", "dev", "build", "knowledge")
    }
    needed = _reached(locks["dev"])
    whole = {name: pin for lock in locks.values() for name, pin in lock.items()}
    for name, (version, hashes, via) in whole.items():
        use = Use.extra if name in needed else Use.tool
        use = Use.runtime if name in locks["runtime"] else use
        licence = told.get(("pypi", name, version)) or installed(name, version)
        yield Package("pypi", name, version, use, licence, hashes, via)


Pin = tuple[str, tuple[str, ...], tuple[str, ...]]


def pins(lock: str) -> Iterator[tuple[str, Pin]]:
    """Name, version, hashes and what asks for it, of each package of a lock."""
    for block in _PIN.split(lock)[1:]:
        name, _, rest = block.partition("==")
        hashes = tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", block))
        yield name, (re.split(r"[ ;\\]", rest, maxsplit=1)[0], hashes, tuple(_VIA.findall(block)))


def _reached(lock: Mapping[str, Pin]) -> set[str]:
    """The packages that the project itself needs, with all its extras."""
    found = {PROJECT}
    while True:
        more = {name for name, (_, _, via) in lock.items() if found.intersection(via)} - found
        if not more:
            return found - {PROJECT}
        found |= more


def installed(name: str, version: str) -> str:
    """The licence that an installed package tells; empty if it is not here in that version."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    return licence_of(told) if told["Version"] == version else ""


def licence_of(told: Any) -> str:
    """The licence in a package's metadata: the expression, else a short name, else its class."""
    if expression := told.get("License-Expression"):
        return str(expression)
    named = (told.get("License") or "").strip()
    classes = [
        x.rpartition(" :: ")[2]
        for x in told.get_all("Classifier") or []
        if x.startswith("License :: ") and x.count(" :: ") > 1
    ]
    stated = [spdx(x) for x in classes]
    if _TELLS.fullmatch(named) and (not stated or spdx(named) != named):
        return spdx(named)
    return " AND ".join(dict.fromkeys(stated)) or spdx(named.partition("\n")[0])


def spdx(named: str) -> str:
    """The SPDX identifier of a licence that goes by another common name; else what was given."""
    return _SPDX.get(named.strip().lower(), named.strip())


def npm(lock: Mapping[str, Any], told: Mapping[tuple[str, str, str], str]) -> Iterator[Package]:
    """The packages of a package-lock.json (version 2 or 3)."""
    for path, found in lock.get("packages", {}).items():
        if not path or found.get("link"):
            continue
        name, version = path.rpartition("node_modules/")[2], found.get("version", "")
        use = Use.tool if found.get("dev") or found.get("devOptional") else Use.runtime
        licence = told.get(("npm", name, version)) or str(found.get("license") or "")
        yield Package("npm", name, version, use, licence)
