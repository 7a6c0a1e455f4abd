"""Host apps that may hand over a person's session, and the single-use tokens they spent."""

from django.db import models


class HostApp(models.Model):
    """An app whose webview opens our form. Its HMAC key is derived from name and generation, stored nowhere."""

    name = models.SlugField(max_length=40, unique=True)
    generation = models.PositiveSmallIntegerField(default=1)
    public_key = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    def rotate(self, public_key: str = "") -> None:
        """Take a new public key, or else derive a new HMAC key; tokens under the old one open nothing any more."""
        self.generation, self.public_key, self.is_active = self.generation + 1, public_key, True
        self.save(update_fields=["generation", "public_key", "is_active"])

    def revoke(self) -> None:
        """Keep the app out until it is rotated."""
        self.is_active = False
        self.save(update_fields=["is_active"])


class UsedToken(models.Model):
    """The keyed hash of a token's `jti`, kept until the token could no longer be used anyway."""

    jti = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"token used until {self.expires_at}"
