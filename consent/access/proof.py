"""Shows, by counting, that no row became usable for a purpose that its version did not offer."""

from dataclasses import dataclass

from django.apps import apps
from django.utils.text import capfirst

from consent.access.actors import Actor
from consent.access.models import PersonalModel, UnpurposedReason
from consent.purposes import AnyPurpose


@dataclass(frozen=True)
class Held:
    """How many rows of a kind were collected before a version, and how many of them a purpose may use now."""

    kind: str
    older: int
    usable: int


def held_before(version: int, purpose: AnyPurpose, *, actor: Actor) -> list[Held]:
    """Count every kind of personal row; it reads all of them, so it is done when asked for, not on each look."""
    return [
        Held(
            str(capfirst(model._meta.verbose_name)),
            model.objects.unpurposed(UnpurposedReason.FIGURES).filter(policy_version__lt=version).count(),
            model.objects.for_purpose(purpose, actor=actor).filter(policy_version__lt=version).count(),
        )
        for model in apps.get_models()
        if issubclass(model, PersonalModel)
    ]
