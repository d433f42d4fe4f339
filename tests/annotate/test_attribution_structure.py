"""Speakers, quotations and layout: what the examples of the lexicon cannot show."""

from typing import Any

import pytest

from dateline.annotate.attribution import Attributions
from dateline.annotate.attribution_outlets import Outlets
from dateline.annotate.attribution_quotes import quotations
from dateline.model import Attribution

STEP = Attributions()


@pytest.fixture
def said(parsed: Any) -> Any:
    """The attributions of a text whose content covers a word."""

    def run(text: str, word: str) -> list[Attribution]:
        at = text.index(word)
        return [
            a
            for a in parsed(text, steps=[STEP])[Attribution]
            if any(c.start <= at < c.end for c in a.content)
        ]

    return run


@pytest.fixture
def sources(said: Any) -> Any:
    """The words of the sources behind a word; None for a hidden one."""

    def run(text: str, word: str) -> set[str | None]:
        return {a.source.of(text) if a.source else None for a in said(text, word)}

    return run


@pytest.mark.parametrize(
    ("text", "word", "source"),
    [
        ("The junta issued a press release saying troops had left.", "left", "The junta"),
        ("According to a fresh news release, guards left. They hid, the release said.", "hid",
         "a fresh news release"),
        ("According to a report by Rights Monitor, guards beat detainees.", "beat",
         "Rights Monitor"),
        ("A letter published by the mayor said guards beat detainees.", "beat", "the mayor"),
        ("Guards beat detainees, state radio reported, citing two nurses.", "beat", "two nurses"),
        ("State radio quoted the governor as saying that guards fled.", "fled", "the governor"),
        ("Awa Traore told Radio Lyra that guards fled.", "fled", "Radio Lyra"),
        ("The mayor and aides who fled said guards beat detainees.", "beat", "aides"),
        ("A number of outlets, including Radio Lyra, reported that guards fled.", "fled",
         "Radio Lyra"),
        ("The raid was confirmed by the ministry.", "raid", "the ministry"),
        ("The killings reported by residents went unpunished.", "killings", "residents"),
        ("The Union, border monitors, and media reported that guards fled.", "fled",
         "border monitors"),
        ("Speaking to Radio Lyra, the mayor said guards fled.", "fled", "Radio Lyra"),
        ("In an interview with Radio Lyra, the mayor said guards fled.", "fled", "Radio Lyra"),
        ("A video posted on a channel showing the killing of a guard caused anger.", "killing",
         "A video"),
        ("There were media reports that guards engaged in looting.", "looting", "media reports"),
        ("In 2019 media reported that guards fled.", "fled", "media"),
        ("A nurse described how the raid unfolded, adding that guards fled.", "guards fled",
         "A nurse"),
    ],
)  # fmt: skip
def test_the_source_is_who_tells(sources: Any, text: str, word: str, source: str) -> None:
    assert source in sources(text, word)


def test_the_statement_is_that_of_who_issued_it(said: Any) -> None:
    text = "In a statement, the army said it left. The statement added that two men died."
    (found,) = said(text, "died")
    assert found.source.of(text) == "the army"
    assert found.speaker.of(text) == "The statement"


def test_a_pronoun_is_the_speaker_beside_the_source(said: Any) -> None:
    text = "Mayor Awa Traore spoke on Friday. She said that gunmen stormed the bank."
    (found,) = said(text, "stormed")
    assert (found.source.of(text), found.speaker.of(text)) == ("Mayor Awa Traore", "She")


def test_attributions_nest(sources: Any) -> None:
    text = "The mayor said that police reported that gunmen stormed the bank."
    assert sources(text, "stormed") == {"The mayor", "police"}


def test_what_cannot_speak_is_no_source(sources: Any) -> None:
    assert sources("The arrest suggests that gunmen stormed the bank.", "stormed") == set()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('"We saw it," Keita said. "They burned every house."', "burned"),
        ('"We saw it," Keita said.\n\n"They burned every house."', "burned"),
        ("Keita was blunt: “They burned every house and left.”", "burned"),
        ("Keita said:\n\nThey burned every house.\nThen they left.", "left"),
        ("''They burned every house,'' said Keita.", "burned"),
        ("“They burned every house.\n\n“Then they left,” said Keita.", "left"),
    ],
)
def test_quotations_go_on(sources: Any, text: str, word: str) -> None:
    assert sources(text, word) == {"Keita"}


def test_two_quotations_have_a_speaker_each(sources: Any) -> None:
    text = 'Keita said "they burned the mill," but Ndiaye replied, "they burned the shop."'
    assert sources(text, "mill") == {"Keita"}
    assert sources(text, "shop") == {"Ndiaye"}


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “they came at night” and left.", ["“they came at night”"]),
        ("He said ''they left.'' again.", ["''they left.''"]),
        ("He said ‘they all left.’ again.", ["‘they all left.’"]),
        ("The “river road” is shut.", []),
        ('He said "we go.', []),
    ],
)
def test_quotation_marks(text: str, quoted: list[str]) -> None:
    assert [q.of(text) for q in quotations(text)] == quoted


def test_a_byline_speaks_the_text_below(said: Any) -> None:
    text = "Ada Lund, Minister of Defence\n\nRebels burned the mill.\n\nWe mourn the dead.\n"
    (found,) = [a for a in said(text, "burned") if a.found_by == "attribution#byline"]
    assert (found.source.of(text), found.kind) == ("Ada Lund", "official")
    assert found.content[0].of(text).endswith("the dead.")


def test_a_first_sentence_is_no_byline(said: Any) -> None:
    text = "Ada Lund, the minister of defence, left.\n\nRebels burned the mill.\n"
    assert said(text, "burned") == []


def test_turns_of_a_transcript_are_their_speakers(sources: Any) -> None:
    text = "LUND: It rained.\n\nBERG: The mill burned.\n\n" * 3
    assert "BERG" in sources(text, "The mill burned")


@pytest.mark.parametrize(
    ("text", "word", "stance"),
    [
        ("The army announced that it is sending troops.", "sending", "announces"),
        ("The president announced that troops would leave.", "leave", "announces"),
        ("Sudanese officials said Sudan will send troops.", "send", "announces"),
        ("Police said the army will send troops.", "send", "reports"),
        ("The army says it has not shelled the camp.", "shelled", "denies"),
        ("The bombing was claimed by the Front.", "bombing", "claims-responsibility"),
        ("The envoy condemned the killing of six herders.", "killing", "reports"),
        ("The governor's threat to send troops was noted.", "send", "announces"),
    ],
)
def test_stance(said: Any, text: str, word: str, stance: str) -> None:
    assert stance in {a.stance for a in said(text, word)}


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("The interior ministry", "official"),
        ("General Ada Lund", "official"),
        ("Police", "official"),
        ("Two witnesses", "witness"),
        ("A rights group", "rights-group"),
        ("State media", "media"),
        ("Reuters", "media"),
        ("A video", "document"),
        ("Rebels", "party"),
        ("A doctor", "expert"),
    ],
)
def test_kinds_of_sources(said: Any, source: str, kind: str) -> None:
    assert {a.kind for a in said(f"{source} said gunmen stormed the bank.", "stormed")} == {kind}


def test_a_person_keeps_the_kind_once_told(said: Any) -> None:
    text = "President Ada Lund arrived. Lund said gunmen stormed the bank."
    assert {a.kind for a in said(text, "stormed")} == {"official"}


LIST = (
    "A bomb kills two in Gao. AFP via Meridian Ledger\n"
    "Rebels take Sarnow. Reuters\n"
    "A truce begins. Harbour Courier 24\n"
)


def test_unknown_outlets_count_in_a_list_of_reports() -> None:
    names = [name.of(LIST) for _, found in Outlets()(LIST) for name in found]
    assert names == ["AFP", "Meridian Ledger", "Reuters", "Harbour Courier 24"]


def test_unknown_outlets_count_nowhere_else() -> None:
    assert list(Outlets()("The truce held. Harbour Courier\nAll is calm in town.\n")) == []
