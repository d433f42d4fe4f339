"""How fast a run goes and how long it will take, as the progress line tells it."""

import gzip
import json
import random
from pathlib import Path

import pytest
from tests.ingest import builders as make

from dateline.cli.pace import Pace
from dateline.ingest import Meter, read


def test_nothing_is_told_too_early() -> None:
    pace = Pace()
    assert str(pace) == ""
    pace.mark(100.0, 0)
    pace.mark(103.0, 50, 0.5)
    assert str(pace) == ""


def test_the_rate_is_that_of_lately() -> None:
    pace = Pace()
    for second in range(0, 301, 10):
        pace.mark(second, second * 2, second / 1000)
    for second in range(310, 401, 10):
        pace.mark(second, 600 + (second - 300) * 5, 0.3 + (second - 300) / 200)
    assert pace.rate == pytest.approx(5.0)
    assert pace.left == pytest.approx((1 - 0.8) * 200)
    assert str(pace) == ", 5.0/s, 0:00:40 left"


def test_without_a_share_only_the_rate_is_told() -> None:
    pace = Pace()
    pace.mark(0.0, 0)
    pace.mark(20.0, 10)
    assert str(pace) == ", 0.5/s"
    assert len(str(pace)) < 80


def test_the_meter_tells_how_far_the_reading_has_come(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Convoy number {n} left the town. " * 900}) for n in range(40)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    (tmp_path / "b.txt").write_text("The market of Birko was quiet on Monday.")
    with gzip.open(tmp_path / "c.jsonl.gz", "wt") as file:
        file.write(json.dumps({"text": "Two soldiers left the town of Birko."}))
    meter = Meter()
    shares = []
    for _ in read(tmp_path, meter=meter):
        share = meter.share
        assert share is not None
        shares.append(share)
    assert meter.read == 42
    assert shares == sorted(shares)
    assert shares[0] < 0.2
    assert 0.3 < shares[20] < 0.8
    assert (meter.done, meter.share) == (meter.total, 1.0)


@pytest.mark.parametrize("name", ["a.zip", "a.tar.gz", "a.jsonl.gz"])
def test_the_meter_moves_within_an_archive(tmp_path: Path, name: str) -> None:
    """Texts that hardly pack: the archive is longer than what its reader reads at a time."""
    chance = random.Random(1)
    words = [f"{n} {chance.randbytes(40_000).hex()}" for n in range(20)]
    packed = {
        "a.zip": lambda: make.zipped({f"{n}.txt": x.encode() for n, x in enumerate(words)}),
        "a.tar.gz": lambda: make.tarred({f"{n}.txt": x.encode() for n, x in enumerate(words)}),
        "a.jsonl.gz": lambda: gzip.compress(make.jsonl(words)),
    }
    (tmp_path / name).write_bytes(packed[name]())
    meter = Meter()
    shares = [meter.share or 0.0 for _ in read(tmp_path, meter=meter)]
    assert len(shares) == 20
    assert shares == sorted(shares)
    assert shares[0] < 0.3
    assert 0.3 < shares[9] < 0.7
    assert meter.share == 1.0


def test_of_a_stream_nobody_can_tell(tmp_path: Path) -> None:
    import io

    meter = Meter()
    text = io.BytesIO(b"The market of Birko was quiet on Monday.")
    (tmp_path / "b.txt").write_text("Two soldiers left the town of Birko.")
    assert len(list(read(["-", tmp_path], stdin=text, meter=meter))) == 2
    assert meter.share is None
