"""Agreement is what the textbooks work out by hand."""

import pytest

from dateline.review.agreement import alpha, kappa, percent

# Two coders, 50 units: yes/yes 20, yes/no 5, no/yes 10, no/no 15. Observed 0.7; by chance
# 25/50·30/50 + 25/50·20/50 = 0.5; kappa (0.7 - 0.5) / (1 - 0.5) = 0.4.
FIFTY = (
    [{"a": "yes", "b": "yes"}] * 20
    + [{"a": "yes", "b": "no"}] * 5
    + [{"a": "no", "b": "yes"}] * 10
    + [{"a": "no", "b": "no"}] * 15
)
# Krippendorff's own worked example of four coders and twelve units with gaps: nominal 0.743.
ROWS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
GAPS = [
    {str(n): x for n, x in enumerate(column) if x != "."}
    for column in zip(*(row.split() for row in ROWS), strict=True)
]
# And that of two coders and ten units of two values: 0.095.
TEN = [
    {"a": a, "b": b}
    for a, b in zip("0100000010", "1110010000", strict=True)
]  # fmt: skip


def test_percent() -> None:
    assert percent(FIFTY) == 70
    assert percent(TEN) == 60
    assert percent([]) is None


def test_kappa_of_two_coders() -> None:
    assert kappa(FIFTY) == pytest.approx(0.4)


def test_kappa_of_more_is_the_mean_over_pairs() -> None:
    units = [{"a": 1, "b": 1, "c": 2}, {"a": 2, "b": 2, "c": 1}]
    # a and b agree (1.0), either with c never (−1.0 each).
    assert kappa(units) == pytest.approx((1 - 1 - 1) / 3)


def test_alpha_with_gaps() -> None:
    assert alpha(GAPS) == pytest.approx(0.743, abs=5e-4)


def test_alpha_of_two_coders() -> None:
    assert alpha(TEN) == pytest.approx(0.095, abs=5e-4)


def test_what_is_not_defined_is_not_told() -> None:
    same = [{"a": "x", "b": "x"}] * 4
    assert (percent(same), kappa(same), alpha(same)) == (100, None, None)
    assert (kappa([{"a": 1}]), alpha([{"a": 1}])) == (None, None)
