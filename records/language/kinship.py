"""Kinship words of both languages: how somebody speaks of the people they help."""

from enum import StrEnum


class Kin(StrEnum):
    """What the person spoken of is to the speaker."""

    MOTHER = "mother"
    FATHER = "father"
    GRANDMOTHER = "grandmother"
    GRANDFATHER = "grandfather"
    WIFE = "wife"
    HUSBAND = "husband"
    MOTHER_IN_LAW = "mother_in_law"
    FATHER_IN_LAW = "father_in_law"
    DAUGHTER = "daughter"
    SON = "son"
    SISTER = "sister"
    BROTHER = "brother"
    AUNT = "aunt"
    UNCLE = "uncle"
    PARTNER = "partner"


WORDS = {
    Kin.MOTHER: (
        "mum|mom|mam|mummy|mommy|momma|mama|mother|妈妈|我妈妈|我妈|妈|老妈|妈咪|母亲|我母亲|娘|阿妈|俺妈"
    ),
    Kin.FATHER: (
        "dad|daddy|papa|father|爸爸|我爸爸|我爸|爸|老爸|爹|爹爹|父亲|我父亲|阿爸|俺爸|老爷子"
    ),
    Kin.GRANDMOTHER: (
        "grandma|granny|gran|nan|nana|grandmother|grandmom|奶奶|我奶奶|外婆|我外婆|姥姥|我姥姥|"
        "阿婆|外祖母|祖母"
    ),
    Kin.GRANDFATHER: (
        "grandpa|grandad|granddad|gramps|grandfather|爷爷|我爷爷|外公|我外公|姥爷|我姥爷|阿公|"
        "外祖父|祖父"
    ),
    Kin.WIFE: "wife|wifey|老婆|我老婆|妻子|我妻子|太太|我太太|媳妇|我媳妇",
    Kin.HUSBAND: "husband|hubby|老公|我老公|丈夫|我丈夫",
    Kin.MOTHER_IN_LAW: "mother-in-law|mother in law|岳母|我岳母|丈母娘|婆婆|我婆婆",
    Kin.FATHER_IN_LAW: "father-in-law|father in law|岳父|我岳父|老丈人|公公|我公公",
    Kin.DAUGHTER: "daughter|女儿|我女儿|闺女",
    Kin.SON: "son|儿子|我儿子",
    Kin.SISTER: "sister|姐姐|我姐姐|我姐|妹妹|我妹妹|我妹",
    Kin.BROTHER: "brother|哥哥|我哥哥|我哥|弟弟|我弟弟|我弟",
    Kin.AUNT: "aunt|auntie|aunty|阿姨|姑姑|姨妈|舅妈|婶婶|伯母|姑妈",
    Kin.UNCLE: "uncle|叔叔|舅舅|伯伯|伯父|姑父|姨父",
    Kin.PARTNER: "partner|spouse|老伴|我老伴|爱人|我爱人",
}
FEMALE = frozenset(
    {
        Kin.MOTHER,
        Kin.GRANDMOTHER,
        Kin.WIFE,
        Kin.MOTHER_IN_LAW,
        Kin.DAUGHTER,
        Kin.SISTER,
        Kin.AUNT,
    }
)
MALE = frozenset(
    {
        Kin.FATHER,
        Kin.GRANDFATHER,
        Kin.HUSBAND,
        Kin.FATHER_IN_LAW,
        Kin.SON,
        Kin.BROTHER,
        Kin.UNCLE,
    }
)
SELF = "i|i'm|i've|me|my|myself|我自己|自己|我|我的|本人|俺"
SHE = "she|she's|her|hers|她|她的"
HE = "he|he's|him|his|他|他的"
THEY = "they|their|the patient|patient|老人家|老人|病人|患者"
_POINT = {"female": SHE, "male": HE, "": THEY}
POINTERS = {word: sex for sex, words in _POINT.items() for word in words.split("|")}
"""Words that point at whom the speaker helps without saying who they are, with their sex."""
KIN_OF = {word: kin for kin, words in WORDS.items() for word in words.split("|")}
FEMALE_WORDS = frozenset({"female", "f", "woman", "女", "女性"})
MALE_WORDS = frozenset({"male", "m", "man", "男", "男性"})


def points_at(word: str, sex: str) -> bool:
    """Say whether such a word can point at somebody of this sex."""
    said, meant = sex.lower(), POINTERS[word]
    if meant == "female":
        return said not in MALE_WORDS
    return meant != "male" or said not in FEMALE_WORDS


def fits(kin: Kin, sex: str, called: tuple[str, ...]) -> bool:
    """Say whether a kinship can be that of somebody of this sex who has been called so before."""
    known = {KIN_OF[word] for word in called if word in KIN_OF}
    if known:
        return kin in known
    said = sex.lower()
    if kin in FEMALE and said in MALE_WORDS:
        return False
    return not (kin in MALE and said in FEMALE_WORDS)
