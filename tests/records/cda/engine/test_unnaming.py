"""Who hides the person hides the name wherever it is said, and no other word."""

import pytest

from records.cda import EmrRecord
from records.vocabulary import SegmentKind
from tests.records.cda.engine.made import MOOD, Entry, Patient, Section, canary, document

PERSON = [SegmentKind.PERSONAL_INFORMATION]


def hidden(words: str, patient: Patient, language: str = "en-US") -> str:
    """Return the narrative left of words said in a section, the person hidden."""
    made = document(Section(MOOD, (Entry(1),)), patient=patient).decode()
    made = made.replace("Reviewed", words).replace("en-US", language)
    record = EmrRecord.parse(made.encode()).hide(kinds=PERSON)
    assert canary(1) in record.to_bytes().decode()
    (said,) = [one.text or "" for one in record.walk("paragraph")][:1]
    return said


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("Amina feels well.", "the patient feels well."),
        ("Saw amina testcase today", "Saw the patient today"),
        ("AMINA came; Mrs Testcase left", "the patient came; Mrs the patient left"),
        ("Aminas sister", "Aminas sister"),
        ("her number is QzID77", "her number is the patient"),
        ("nothing to tell", "nothing to tell"),
    ],
)
def test_a_name_goes_as_a_whole_word(words: str, left: str) -> None:
    assert hidden(words, Patient(id="QzID77")) == left


def test_a_chinese_name_stands_without_spaces() -> None:
    assert hidden("今天王小明来了", Patient(name="王小明"), "zh-CN") == "今天患者来了"


def test_a_word_that_is_a_name_too_stays_where_it_is_written_as_a_word() -> None:
    assert hidden("you may rest; May agreed", Patient(name="May")) == (
        "you may rest; the patient agreed"
    )


def test_it_goes_from_what_a_machine_reads_too() -> None:
    made = document(Section(MOOD, (Entry(1),)), patient=Patient(id="QzID77")).decode()
    made = made.replace("value Qz1zQ", "value Amina Testcase").replace(
        f'displayName="name {canary(1)}"', 'displayName="Amina says"'
    )
    informant = (
        '<informant><relatedEntity classCode="PRS"><relatedPerson><name>Amina</name>'
        "</relatedPerson></relatedEntity></informant></observation>"
    )
    made = made.replace("</observation>", informant, 1)
    left = EmrRecord.parse(made.encode()).hide(kinds=PERSON).to_bytes().decode()
    assert not any(word in left for word in ("Amina", "Testcase", "QzID77"))


def test_names_stay_where_the_person_is_not_hidden() -> None:
    made = document(Section(MOOD, (Entry(1),))).replace(b"Reviewed", b"Amina is well")
    assert "Amina is well" in EmrRecord.parse(made).share().to_bytes().decode()


def test_a_comment_hides_no_name_and_stops_nothing() -> None:
    made = document(Section(MOOD, (Entry(1),)), patient=Patient(id="QzID77")).decode()
    made = made.replace("Reviewed", "well<!-- so --> said Amina")
    made = made.replace("<family>", "<!-- of the family --><family>", 1)
    address = "<addr><!-- home --><streetAddressLine>12 Quay Lane</streetAddressLine></addr>"
    made = made.replace("<patient>", f"{address}<patient>", 1)
    left = EmrRecord.parse(made.encode()).hide(kinds=PERSON).to_bytes().decode()
    assert not any(word in left for word in ("Amina", "Testcase", "QzID77", "12 Quay Lane"))
