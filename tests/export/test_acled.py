"""The crosswalk to ACLED sub-event types."""

import pytest
from tests.made import claim

from dateline.export.acled import crosswalk, sub_event
from dateline.model import Claim, Party

ARMY, POLICE = Party("Army of Birko", "XAB", "MIL"), Party("Birko police", "XAB", "COP")
REBELS, GANG = Party("Hill Front", "XAB", "REB"), Party("Quay gang", "XAB", "CRM")
STATE, TRADERS = Party("Government of Birko", "XAB", "GOV"), Party("traders", "XAB", "BUS")
PEOPLE, MARCHERS = Party("civilians", "XAB", "CVL"), Party("student protesters", "XAB", "EDU")

CASES = [
    ("not-happened", claim("ASSAULT", "aerial", "planned", [ARMY], [REBELS]), None),
    ("not-happened", claim("ASSAULT", None, "negated", [ARMY], [PEOPLE]), None),
    ("chemical-weapons", claim("ASSAULT", "unconventional"), "Chemical weapon"),
    ("air-strikes", claim("ASSAULT", "drone", "ongoing", [ARMY], [REBELS]), "Air/drone strike"),
    ("suicide-bombs", claim("ASSAULT", "suicide-attack"), "Suicide bomb"),
    ("shelling", claim("ASSAULT", "heavy-weapons"), "Shelling/artillery/missile attack"),
    ("planted-explosives", claim("ASSAULT", "explosives"), "Remote explosive/landmine/IED"),
    ("sexual-violence", claim("ASSAULT", "sexual", "alleged"), "Sexual violence"),
    ("abductions", claim("ASSAULT", "abduct"), "Abduction/forced disappearance"),
    ("crowd-control", claim("ASSAULT", "crowd-control"), "Excessive force against protesters"),
    (
        "force-against-protesters",
        claim("ASSAULT", "firearms", actors=[POLICE], recipients=[MARCHERS]),
        "Excessive force against protesters",
    ),
    (
        "weapons-destroyed",
        claim("ASSAULT", "destroy", actors=[ARMY], recipients=[REBELS]),
        "Disrupted weapons use",
    ),
    (
        "property-destroyed",
        claim("ASSAULT", "destroy", actors=[REBELS], recipients=[TRADERS]),
        "Looting/property destruction",
    ),
    ("two-sided-fighting", claim("ASSAULT", actors=[ARMY, REBELS]), "Armed clash"),
    ("armed-on-armed", claim("ASSAULT", None, "actual", [REBELS], [ARMY]), "Armed clash"),
    ("unknown-on-armed", claim("ASSAULT", "firearms", recipients=[POLICE]), "Armed clash"),
    ("other-violence", claim("ASSAULT", "torture", "actual", [POLICE], [PEOPLE]), "Attack"),
    ("other-violence", claim("ASSAULT", None, "actual", [REBELS], [PEOPLE]), "Attack"),
    ("riots", claim("PROTEST", "riot", actors=[MARCHERS]), "Violent demonstration"),
    ("peaceful-protests", claim("PROTEST", "demo", actors=[MARCHERS]), "Peaceful protest"),
    (
        "arrests-by-armed-groups",
        claim("COERCE", "arrest", actors=[REBELS], recipients=[PEOPLE]),
        "Abduction/forced disappearance",
    ),
    ("arrests", claim("COERCE", "arrest", actors=[POLICE], recipients=[PEOPLE]), "Arrests"),
    (
        "looting",
        claim("COERCE", "seize", actors=[GANG], recipients=[TRADERS]),
        "Looting/property destruction",
    ),
    ("coups", claim("COERCE", "seize", actors=[ARMY], recipients=[STATE]), "Other"),
    (
        "territory-taken-without-fighting",
        claim("COERCE", "seize", actors=[GANG]),
        "Non-state actor overtakes territory",
    ),
    ("states-of-emergency", claim("COERCE", "martial-law", actors=[STATE]), "Other"),
    ("accords-with-armed-groups", claim("SUPPORT", actors=[STATE, REBELS]), "Agreement"),
    ("agreements-with-armed-groups", claim("AGREE", actors=[STATE, REBELS]), "Agreement"),
    (None, claim("CONSULT", "visit", actors=[STATE]), None),
    (None, claim("SUPPORT", actors=[STATE], recipients=[STATE]), None),
    (None, claim("COERCE", "restrict", actors=[STATE], recipients=[PEOPLE]), None),
]


@pytest.mark.parametrize(("entry", "told", "expected"), CASES)
def test_the_first_entry_that_fits_decides(
    entry: str | None, told: Claim, expected: str | None
) -> None:
    fitting = [name for name, crossing in crosswalk().items() if crossing.fits(told)]
    assert next(iter(fitting), None) == entry
    assert sub_event(told) == expected


def test_every_entry_decides_some_case() -> None:
    assert {entry for entry, _, _ in CASES if entry} == set(crosswalk())
