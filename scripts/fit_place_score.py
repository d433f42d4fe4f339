"""Fit the score of place mentions on GeoVirus, and write knowledge/gazetteer/score.yaml.

    python scripts/fit_place_score.py ../shared/data/places

GeoVirus (Gritta and others, 2018: Wikinews articles, Creative Commons Attribution 2.5) is the one
place corpus whose licence allows learning from it. A country, region or sea counts as right within
1,000 km of its reference point, since corpora differ on those; everything else within 161 km.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

ROOT = Path(__file__).parents[1]
sys.path.append(str(ROOT / "benchmarks"))

import places as corpus  # noqa: E402 (a script of this repository, no package)
from dateline.annotate.places import Places  # noqa: E402
from dateline.annotate.places_score import features  # noqa: E402
from dateline.knowledge.geography import kilometres  # noqa: E402

OUT = ROOT / "src" / "dateline" / "knowledge" / "gazetteer" / "score.yaml"
RIDGE = 2.0  # penalty on each weight but the constant
WIDE = 1000.0  # kilometres
HEAD = """# How likely a place mention is right: weights of a logistic score over the features of
# annotate/places_score.py. Written by scripts/fit_place_score.py; do not edit.
"""


def examples(folder: Path) -> Iterator[tuple[dict[str, float], bool]]:
    """The features of each name found, and whether it is the place the corpus tells."""
    step = Places()
    for doc, article in corpus.parsed(list(corpus.read("GeoVirus", folder))):
        for name, sense in step.senses(doc):
            span = doc.parse.span(name.first, name.last)
            over = [t for t in article.toponyms if t.span.overlaps(span)]
            feature = sense.feature
            if feature.lat is None or feature.lon is None:
                yield features(name, sense), bool(over)
                continue
            here = feature.lat, feature.lon
            limit = WIDE if feature.level in {"country", "region", "sea"} else corpus.NEAR
            near = (t.point and kilometres(here, t.point) <= limit for t in over)
            yield features(name, sense), any(near)


def fit(rows: list[tuple[dict[str, float], bool]]) -> dict[str, float]:
    """The weights of a ridge-penalised logistic regression, by Newton's method."""
    names = list(rows[0][0])
    x = np.array([[row[name] for name in names] for row, _ in rows])
    y = np.array([float(right) for _, right in rows])
    penalty = np.diag([0.0, *[RIDGE] * (len(names) - 1)])
    weight = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ weight))
        gradient = x.T @ (y - p) - penalty @ weight
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty + 1e-9 * np.eye(len(names))
        weight += np.linalg.solve(hessian, gradient)
    return {name: round(float(value), 3) for name, value in zip(names, weight, strict=True)}


def main() -> None:
    """Command line."""
    flags = argparse.ArgumentParser(description="Fit the score of place mentions.")
    flags.add_argument("folder", type=Path, help="folder with GeoVirus.xml")
    rows = list(examples(flags.parse_args().folder))
    OUT.write_text(HEAD + yaml.safe_dump({"weights": fit(rows)}, sort_keys=False), "utf-8")


if __name__ == "__main__":
    main()
