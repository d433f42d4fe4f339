"""List the licences of all locked packages, and refuse those that may not be used.

    python scripts/licences.py [--sbom FILE] [--quiet]

What is installed with Dateline must be free to use and hand on with it; what only builds and tests
it may also be under the GPL. Nothing may be under the AGPL, for non-commercial use only, or under
a licence that is not known: such a package is looked up by hand and entered, with its version, in
requirements/licences.csv.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import sbom
from locked import Package, Use, packages

PERMISSIVE = frozenset({
    "0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC-BY-3.0",
    "CC-BY-4.0", "CC0-1.0", "CNRI-Python", "HPND", "ISC", "LicenseRef-BSD", "MIT", "MIT-0",
    "MIT-CMU", "OFL-1.1", "PSF-2.0", "Python-2.0", "Unlicense", "W3C", "WTFPL", "Zlib",
})  # fmt: skip
WEAK = frozenset({
    "EPL-2.0", "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later",
    "MPL-1.1", "MPL-2.0",
})  # fmt: skip
STRONG = frozenset({"GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later"})
SHIPPED = PERMISSIVE | WEAK
_TOKEN = re.compile(r"\(|\)|[^\s()]+")


def allowed(expression: str, known: frozenset[str]) -> bool:
    """Whether an SPDX expression lets a package be used, if these licences do.

    >>> allowed("MIT AND (GPL-2.0-only OR Zlib)", SHIPPED), allowed("AGPL-3.0-only", SHIPPED)
    (True, False)
    """
    tokens = _TOKEN.findall(expression)[::-1]
    try:
        return _either(tokens, known) and not tokens
    except IndexError:
        return False


def _either(tokens: list[str], known: frozenset[str]) -> bool:
    found = _both(tokens, known)
    while tokens and tokens[-1] == "OR":
        tokens.pop()
        found |= _both(tokens, known)
    return found


def _both(tokens: list[str], known: frozenset[str]) -> bool:
    found = _one(tokens, known)
    while tokens and tokens[-1] == "AND":
        tokens.pop()
        found &= _one(tokens, known)
    return found


def _one(tokens: list[str], known: frozenset[str]) -> bool:
    token = tokens.pop()
    if token == "(":  # noqa: S105 (a bracket)
        found = _either(tokens, known)
        return tokens.pop() == ")" and found
    if tokens and tokens[-1] == "WITH":  # an exception only allows more
        del tokens[-2:]
    return token in known


def refused(found: Iterable[Package]) -> Iterator[str]:
    """Why packages may not be used, a line each."""
    for package in found:
        known = SHIPPED | STRONG if package.use is Use.tool else SHIPPED
        if allowed(package.licence, known):
            continue
        named = f"{package.name} {package.version}"
        if not package.licence:
            yield f"{named}: its licence is not known; look it up for requirements/licences.csv"
        else:
            yield f"{named}: '{package.licence}' is not allowed for what is {package.use}"


def listed(found: Sequence[Package]) -> Iterator[str]:
    """The packages by licence, those under the commonest first."""
    counts = Counter(x.licence for x in found)
    for licence, number in sorted(counts.items(), key=lambda x: (-x[1], x[0])):
        names = (f"{x.name} {x.version}" for x in found if x.licence == licence)
        yield f"{licence or 'not known'} ({number}): {', '.join(names)}"


def main(arguments: Sequence[str]) -> int:
    """List and check; 1 if a package may not be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sbom", type=Path, metavar="FILE", help="write a CycloneDX bill there")
    parser.add_argument("--quiet", action="store_true", help="tell only what is wrong")
    options = parser.parse_args(arguments)
    found = packages()
    if options.sbom:
        sbom.write(found, options.sbom)
    if not options.quiet:
        print("\n".join(listed(found)))
    wrong = [*refused(found)]
    print("\n".join(wrong), file=sys.stderr) if wrong else None
    print(f"{len(found)} locked packages, {len(wrong)} of them may not be used")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
