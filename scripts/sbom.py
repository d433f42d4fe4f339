"""A software bill of materials (CycloneDX 1.6, JSON): the same locks give the same bill."""

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from locked import PROJECT, ROOT, Package


def write(found: Sequence[Package], path: Path) -> None:
    """Write the bill into a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(bill(found), indent=1) + "\n", "utf-8")


def bill(found: Sequence[Package]) -> dict[str, Any]:
    """The bill of these packages."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    own = f"pkg:pypi/{PROJECT}@{project['version']}"
    parts = [_component(package) for package in found]
    content = json.dumps(parts, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, own + content)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": PROJECT,
                "version": project["version"],
                "licenses": [{"expression": project["license"]}],
                "purl": own,
            }
        },
        "components": parts,
        "dependencies": _dependencies(found, own),
    }


def _component(package: Package) -> dict[str, Any]:
    hashes = [{"alg": "SHA-256", "content": x} for x in package.hashes]
    return {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "scope": package.use.value,
        "licenses": [{"expression": package.licence}] if package.licence else [],
        "purl": package.purl,
        **({"hashes": hashes} if hashes else {}),
    }


def _dependencies(found: Sequence[Package], own: str) -> list[dict[str, Any]]:
    """What asks for what; the locks of web parts do not tell."""
    refs = {PROJECT: own} | {x.name: x.purl for x in found if x.ecosystem == "pypi"}
    needs: dict[str, list[str]] = {ref: [] for ref in refs.values()}
    for package in found:
        for name in package.asked_by:
            if name in refs:
                needs[refs[name]].append(package.purl)
    return [{"ref": ref, "dependsOn": sorted(set(on))} for ref, on in sorted(needs.items())]
