"""The closed list of what may be cut out of a text: nine special categories, and the identifiers."""

from enum import StrEnum


class Category(StrEnum):
    """What a cut was about; the value is the word written in marks and stored with a message."""

    HEALTH = "health"
    BELIEF = "belief"
    POLITICS = "politics"
    ETHNICITY = "ethnicity"
    CRIME = "crime"
    MEMBERSHIP = "membership"
    SEX_LIFE = "sex_life"
    GENETIC = "genetic"
    BIOMETRIC = "biometric"
    EMAIL = "email"
    PHONE = "phone"
    CARD = "card"
    IBAN = "iban"
    NATIONAL_ID = "national_id"
    SECRET = "secret"  # noqa: S105 - the name of a category, not a credential
    ADDRESS = "address"
    IP = "ip"
    SIGNATURE = "signature"


SPECIAL = frozenset(
    {
        Category.HEALTH,
        Category.BELIEF,
        Category.POLITICS,
        Category.ETHNICITY,
        Category.CRIME,
        Category.MEMBERSHIP,
        Category.SEX_LIFE,
        Category.GENETIC,
        Category.BIOMETRIC,
    }
)
