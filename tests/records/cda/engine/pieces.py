"""The pieces unusual documents are made of; every entry has a word that stands nowhere else."""

from itertools import count

from tests.records.cda.engine.made import canary

LOINC = "2.16.840.1.113883.6.1"
ROOT = (
    'xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:sdtc="urn:hl7-org:sdtc"'
)
HEADS = {
    "en": ("en-US", "Summary", "Ann", "Lee", "1 High St"),
    "de": ("de-DE", "Ärztlicher Entlassungsbrief", "Jürgen", "Groß", "Königstraße 5, Köln"),
    "ja": ("ja-JP", "診療情報提供書", "太郎", "山田", "東京都千代田区１−１"),
    "ko": ("ko-KR", "진료 기록 요약", "길동", "홍", "서울특별시 종로구"),
    "es": ("es-ES", "Informe de alta médica", "María José", "Muñoz Ibáñez", "C/ Mayor, 3"),
    "zh": ("zh-CN", "出院小结", "小明", "王", "北京市东城区𠮷巷"),
}
NUMBERS = count(1)


def head(language: str = "en") -> str:
    """Return a header in a language."""
    code, title, given, family, street = HEADS[language]
    return (
        '<typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/><id root="1.9.9"/>'
        f'<code code="34133-9" codeSystem="{LOINC}"/><title>{title}</title>'
        '<effectiveTime value="20240501"/><confidentialityCode code="N"/>'
        f'<languageCode code="{code}"/><recordTarget><patientRole><id root="1.2" extension="P"/>'
        f"<addr><streetAddressLine>{street}</streetAddressLine></addr>"
        f"<patient><name><given>{given}</given><family>{family}</family></name></patient>"
        '</patientRole></recordTarget><author><time value="20240501"/><assignedAuthor>'
        '<id root="1.2.4"/></assignedAuthor></author><custodian><assignedCustodian>'
        '<representedCustodianOrganization><id root="1.2.5"/></representedCustodianOrganization>'
        "</assignedCustodian></custodian>"
    )


def whole(*components: str, language: str = "en", root: str = ROOT) -> str:
    """Return a document of these components."""
    body = "".join(components)
    return (
        f"<ClinicalDocument {root}>{head(language)}<component><structuredBody>{body}"
        "</structuredBody></component></ClinicalDocument>"
    )


def section(code: str, *entries: str, text: str = "", inner: str = "", more: str = "") -> str:
    """Return a section in its component; the words of its entries stand in its text."""
    coded = f'<code code="{code}" codeSystem="{LOINC}"/>' if code else ""
    told = text or "<paragraph>Reviewed</paragraph>"
    return (
        f"<component><section>{coded}<title>Part</title><text>{told}</text>{more}"
        f"{''.join(entries)}{inner}</section></component>"
    )


def observation(place: str = "", inner: str = "", code: str = "8480-6") -> str:
    """Return an observation with a word of its own; `place` is the ID of its words."""
    word = canary(next(NUMBERS))
    text = f'<text><reference value="#{place}"/></text>' if place else f"<text>{word}</text>"
    return (
        f'<observation classCode="OBS" moodCode="EVN"><id root="1.7" extension="{word}"/>'
        f'<code code="{code}" codeSystem="{LOINC}" displayName="{word}"/>{text}'
        '<statusCode code="completed"/><effectiveTime value="20200517"/>'
        f'<value xsi:type="ST">{word}</value>{inner}</observation>'
    )


def entry(place: str = "", inner: str = "", code: str = "8480-6") -> str:
    """Return an entry with an observation in it."""
    return f"<entry>{observation(place, inner, code)}</entry>"


def related(inner: str, kind: str = "COMP") -> str:
    """Return a relationship to what is in it."""
    return f'<entryRelationship typeCode="{kind}">{inner}</entryRelationship>'


def organizer(*parts: str) -> str:
    """Return an organizer of observations."""
    inside = "".join(f"<component>{one}</component>" for one in parts)
    return (
        '<organizer classCode="CLUSTER" moodCode="EVN"><code code="46680005"/>'
        f'<statusCode code="completed"/>{inside}</organizer>'
    )
