"""A name or a kinship word says of whom a line speaks, and a word that only looks so does not."""

import pytest

from records.language.naming import Called, named_in

AMINA = Called("amina", "Amina Wong", sex="female")
OMAR = Called("omar", "Omar", sex="male")
SELF = Called("self", "Bela", own=True)
TWO = (AMINA, OMAR)


def told(text: str, people: tuple[Called, ...] = TWO) -> list[tuple[tuple[str, ...], str]]:
    """Return for whom each piece of a line is, and what remains to be read of it."""
    return [(one.who, one.rest) for one in named_in(text, people)]


FOR_AMINA = [
    ("mum 135/85", "135/85"),
    ("Mom: 135/85", "135/85"),
    ("mum's bp 135/85", "bp 135/85"),
    ("my mum’s bp is 135/85", "bp is 135/85"),
    ("bp for mum 135/85", "bp 135/85"),
    ("135/85 for mum", "135/85"),
    ("135/85 Amina", "135/85"),
    ("amina 135/85", "135/85"),
    ("Wong: 135/85", "135/85"),
    ("妈135/85", "135/85"),
    ("妈妈的血压135/85", "血压135/85"),
    ("我妈 135/85", "135/85"),
    ("媽媽 135/85", "135/85"),
    ("奶奶135/85", "135/85"),
    ("老婆 135/85", "135/85"),
    ("135/85 给妈妈", "135/85"),
    ("今天妈妈135/85", "今天135/85"),
    ("grandma 135/85", "135/85"),
    ("ＭＵＭ 135/85", "135/85"),
    ("mum slept badly", "slept badly"),
    ("👤 Amina Wong ✓", ""),
    ("妈", ""),
]


@pytest.mark.parametrize(("text", "rest"), FOR_AMINA)
def test_the_one_named_is_found_and_the_rest_is_left_to_read(text: str, rest: str) -> None:
    assert told(text) == [(("amina",), rest)]


@pytest.mark.parametrize(
    "text",
    [
        "dad 135/85",
        "爸 135/85",
        "husband 135/85",
        "老公135/85",
        "135/85 for Omar",
        "爸爸的血压135/85",
    ],
)
def test_a_mans_word_is_for_the_man(text: str) -> None:
    ((who, rest),) = told(text)
    assert who == ("omar",)
    assert "135/85" in rest


@pytest.mark.parametrize(
    "text",
    [
        "135/85",
        "mad 120/80",
        "pa 120/80",
        "madam 120/80",
        "momentum 120/80",
        "妈呀 180/100",
        "told mum about the pain",
        "had dinner with mum",
        "妈妈帮我量的 128/82",
        "mum says my bp is 130/80",
    ],
)
def test_other_words_name_nobody(text: str) -> None:
    assert told(text) == []


MAY = Called("may", "May Low", sex="female")
WILL = Called("will", "Will", sex="male")
AN = Called("an", "安")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("May 128/82", "may"),
        ("May 5 128/82", None),
        ("may i eat this", None),
        ("low 82", None),
        ("Will 128/82", "will"),
        ("will take my pills", None),
        ("will: 128/82", "will"),
        ("Will's bp 128/82", "will"),
        ("安静坐着 120/80", None),
        ("安 120/80", "an"),
    ],
)
def test_a_name_that_is_also_a_word_needs_a_sign(text: str, who: str | None) -> None:
    found = told(text, (MAY, WILL, AN))
    assert found == [] if who is None else found[0][0] == (who,)


def test_a_line_about_two_people_is_cut_in_two() -> None:
    assert told("mum 128/82, dad 135/85") == [(("amina",), "128/82"), (("omar",), "135/85")]


@pytest.mark.parametrize("text", ["dad's mum 120/80", "128/82 mum, 130/80 dad", "mum 128/82 dad"])
def test_what_could_be_for_either_is_asked(text: str) -> None:
    assert [who for who, _ in told(text)] == [()]


def test_a_word_that_fits_two_people_is_asked_until_it_was_learned() -> None:
    lee = Called("lee", "Lee")
    assert told("mum 128/82", (AMINA, lee)) == [(("amina", "lee"), "128/82")]
    learned = (Called("amina", "Amina", sex="female", called=("mum",)), lee)
    assert told("妈妈 128/82", learned) == [(("amina",), "128/82")]
    assert told("grandma 128/82", learned) == [(("lee",), "128/82")]


def test_a_word_that_fits_nobody_is_asked() -> None:
    assert told("dad 128/82", (AMINA,)) == [((), "128/82")]


@pytest.mark.parametrize(
    "text", ["my bp 128/82", "me 128/82", "我128/82", "Bela 128/82", "I feel ill"]
)
def test_who_keeps_a_record_of_the_own_may_name_it(text: str) -> None:
    assert told(text, (SELF, AMINA))[0][0] == ("self",)


@pytest.mark.parametrize("text", ["我妈128/82", "my mum 128/82"])
def test_my_mum_is_not_me(text: str) -> None:
    assert told(text, (SELF, AMINA))[0][0] == ("amina",)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("her bp is 128/82", "bp is 128/82"),
        ("she has 128/82", "has 128/82"),
        ("她血压128/82", "血压128/82"),
        ("128/82 for her", "128/82"),
    ],
)
def test_a_word_that_points_is_whom_it_fits(text: str, rest: str) -> None:
    assert told(text) == [(("amina",), rest)]


@pytest.mark.parametrize("text", ["gave her 5 pills", "the doctor told him 128/82 is fine"])
def test_a_word_that_points_in_passing_names_nobody(text: str) -> None:
    assert told(text) == []


def test_a_word_that_points_beside_a_name_is_the_one_named() -> None:
    lee = Called("lee", "Lee")
    people = (Called("amina", "Amina", sex="female", called=("mum",)), lee)
    assert told("mum slept badly, she feels dizzy", people) == [
        (("amina",), "slept badly, she feels dizzy")
    ]
