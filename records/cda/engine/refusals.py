"""Why bytes are not taken as a clinical document, in one sentence that names the line."""

from enum import StrEnum

from records.errors import KangluError


class Refusal(StrEnum):
    """What is wrong with the bytes; a face says it in its own words."""

    EMPTY = "The file is empty."
    TOO_LARGE = "The file is larger than 10 MB."
    NOT_XML = "The file is not XML."
    PDF = "The file is a PDF, not XML."
    DOCTYPE = "The file declares a document type, and a clinical document has none."
    ENCODING = "The file names an encoding other than UTF-8, UTF-16, GB18030, GBK or ISO-8859-1."
    BYTES = "The bytes are not in the encoding that the file names."
    CHARACTER = "A character stands there that XML does not allow."
    END_TAG = "An end tag does not match its start tag."
    UNFINISHED = "The file ends before the document does."
    TAIL = "Something follows the end of the document."
    PREFIX = "A namespace prefix is used that is not declared."
    NAMESPACE = "A namespace is declared that is not a proper address."
    ATTRIBUTE = "An attribute is not written as XML wants it, or stands there twice."
    ENTITY = "An entity is used that is not declared."
    DECLARATION = "The XML declaration is not at the very start or not complete."
    MALFORMED = "The file is not well-formed XML."
    TOO_DEEP = "The elements are nested too deep, or a name or value is too long."
    TOO_MANY_ELEMENTS = "The file has more than 300,000 elements, comments and instructions."
    TOO_MANY_ATTRIBUTES = "The file has too many attributes."
    TOO_MANY_NAMESPACES = "The file declares too many namespaces."
    CCR = "The file is a CCR (ASTM), not a CDA document."
    FHIR = "The file is FHIR, not a CDA document."
    HTML = "The file is a web page (HTML), not a CDA document."
    NO_NAMESPACE = "The ClinicalDocument has no namespace: urn:hl7-org:v3 is wanted."
    OTHER_NAMESPACE = "The ClinicalDocument has another namespace than urn:hl7-org:v3."
    OTHER_ROOT = "The root element is not a ClinicalDocument."
    NOT_A_SEGMENT = "The file is not a segment of a document."


class NotTaken(KangluError):
    """Raised when bytes are no CDA document; `reason` says why and `line` where, if anywhere."""

    def __init__(self, reason: Refusal, line: int | None = None) -> None:
        where = f"Line {line}: {reason[0].lower()}{reason[1:]}" if line else str(reason)
        super().__init__(where)
        self.reason = reason
        self.line = line


class NotRejoined(KangluError):
    """Raised when segments are missing, altered, or not all of one document."""


class PatientsDiffer(KangluError):
    """Raised when documents of different patients, or of nobody certain, should become one."""


class UndecidedPatient(KangluError):
    """Raised when a document names several patients: a person decides before it is shared."""
