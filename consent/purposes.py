"""The closed list of purposes: everything the house may do with personal data has one of these names.

Keys follow section 3 of the founding policy, split where one bullet joins several purposes. The vocabulary is
the W3C Data Privacy Vocabulary 2.2 (https://w3id.org/dpv).
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Purpose(StrEnum):
    """What a view, a read, a mail or a task is for."""

    AGREEMENT = "agreement"
    PROVIDE = "p1.provide"
    MAIL = "p1.mail"
    SECURITY = "p2a.security"
    IDENTITY = "p2b.identity"
    IMPROVE = "p3.improve"
    DEVELOP = "p4.develop"
    USAGE = "p5a.usage"
    PERSONALISE = "p5b.personalise"
    UPGRADE = "p6.upgrade"
    CRASH = "p7.crash"
    QUOTE = "p8.quote"
    DISCLOSE = "px.disclose"
    PROOF = "px.proof"
    RIGHTS = "px.rights"


ON_AGREEMENT = frozenset(
    {
        Purpose.AGREEMENT,
        Purpose.PROVIDE,
        Purpose.MAIL,
        Purpose.SECURITY,
        Purpose.IDENTITY,
        Purpose.UPGRADE,
    }
)
ON_LAW = frozenset({Purpose.PROOF, Purpose.RIGHTS})
ON_CONSENT = frozenset(Purpose) - ON_AGREEMENT - ON_LAW - {Purpose.DISCLOSE}
"""The optional uses. Passing on is none: nobody allows it as such, but each recipient by itself (`Disclosing`)."""


class Disclosing(str):
    """The purpose of passing something on to one recipient, `px.disclose:<slug>`; the slug is that of its register."""

    @property
    def slug(self) -> str:
        return self.removeprefix(f"{Purpose.DISCLOSE}:")


AnyPurpose = Purpose | Disclosing


def disclosing(slug: str) -> Disclosing:
    """Return the purpose of passing something on to the recipient of that slug."""
    return Disclosing(f"{Purpose.DISCLOSE}:{slug}")


def is_disclosing(purpose: str) -> bool:
    """Say whether a purpose is that of one recipient."""
    return purpose.startswith(f"{Purpose.DISCLOSE}:")


def named_purpose(name: str) -> AnyPurpose:
    """Return the purpose of that name; raise ValueError for none of ours."""
    return Disclosing(name) if is_disclosing(name) else Purpose(name)


def rests_on_consent(purpose: str) -> bool:
    """Say whether a purpose needs a permission of its own, beside the agreement."""
    return purpose in ON_CONSENT or purpose == Purpose.DISCLOSE or is_disclosing(purpose)


@dataclass(frozen=True)
class OptionalUse:
    """The words by which one optional purpose is asked for."""

    purpose: Purpose
    title: Promise
    sentence: Promise
    example: Promise
    uses: Promise
    kept: Promise
    dpv: str


OPTIONAL_USES = (
    OptionalUse(
        Purpose.IMPROVE,
        _("Make what exists better"),
        _("We may read your message again when we work on a part of the app that it is about."),
        _("You wrote that the call list is hard to read. When we redraw it, we look at your words."),
        _("Your message and the facts about your phone that you sent with it."),
        _("As long as the message itself."),
        "dpv:ImproveExistingProductsAndServices",
    ),
    OptionalUse(
        Purpose.DEVELOP,
        _("Plan new things"),
        _("We may use your message when we decide what to build next."),
        _("Several people ask for group calls; yours is one of the messages we count and read."),
        _("Your message."),
        _("As long as the message itself."),
        "dpv:ResearchAndDevelopment",
    ),
    OptionalUse(
        Purpose.USAGE,
        _("Understand how the app is used"),
        _("We may count the facts about your phone together with those of other people."),
        _("How many people who write to us use Android 10."),
        _("Brand, model, system, app version, network and language; not your words."),
        _("As counts, without you, from the week after."),
        "dpv:ServiceUsageAnalytics",
    ),
    OptionalUse(
        Purpose.PERSONALISE,
        _("Fit answers to you"),
        _("We may look at your earlier messages to answer you in the way that suited you."),
        _("You asked for short answers once; the next one is short too."),
        _("Your earlier messages and what you told us you need."),
        _("As long as the messages themselves."),
        "dpv:ServicePersonalisation",
    ),
    OptionalUse(
        Purpose.CRASH,
        _("Find the causes of crashes"),
        _("We may use your message to find errors that other people have too, beyond your own case."),
        _("Your report of a crash is compared with others on the same model."),
        _("Your message and the facts about your phone that you sent with it."),
        _("As long as the message itself."),
        "dpv:RepairImpairments",
    ),
    OptionalUse(
        Purpose.QUOTE,
        _("Show others what you wrote"),
        _("We may quote a sentence of your message in public, without your name."),
        _("You wrote that calls are clear at last; the page about the app quotes these words."),
        _("One sentence that you wrote, never what you reported or who you are."),
        _("As long as the message itself; we take the quotation down when you take this back."),
        "dpv:PublicRelations",
    ),
)
"""Every use that a version may offer; which ones it does stands in its rows."""

_OTHER_TITLES: dict[Purpose, Promise] = {
    Purpose.AGREEMENT: _("The agreement"),
    Purpose.PROVIDE: _("Reading and answering messages"),
    Purpose.MAIL: _("E-mails with answers"),
    Purpose.SECURITY: _("Keeping the service safe"),
    Purpose.IDENTITY: _("Checking who writes"),
    Purpose.UPGRADE: _("Checking software and updates"),
    Purpose.DISCLOSE: _("Passing on to others"),
    Purpose.PROOF: _("Keeping proof of what was agreed"),
    Purpose.RIGHTS: _("Answering questions about one's own data"),
}
TITLES: dict[str, Promise] = {
    **{str(purpose): title for purpose, title in _OTHER_TITLES.items()},
    **{str(use.purpose): use.title for use in OPTIONAL_USES},
}


def title_of(purpose: str) -> str:
    """Return a purpose in people's words; an unknown one as it is."""
    if is_disclosing(purpose):
        return gettext("Passing on to %(recipient)s") % {"recipient": Disclosing(purpose).slug}
    return str(TITLES.get(purpose, purpose))
