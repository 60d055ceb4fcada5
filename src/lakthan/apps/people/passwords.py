"""What a password must be. The tests are Django's; the words are ours, because Django's are not all in Thai."""

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext


class LongEnough(MinimumLengthValidator):
    """Length is what keeps a password from being guessed; no rules about kinds of letters."""

    def get_error_message(self) -> str:
        """What to mend."""
        return gettext("The password is too short; it needs at least %(least)d characters.") % {
            "least": self.min_length
        }

    def get_help_text(self) -> str:
        """What is asked for."""
        return gettext("At least %(least)d characters; several words are easy to remember.") % {
            "least": self.min_length
        }


class NotCommon(CommonPasswordValidator):
    """The twenty thousand passwords that are tried first."""

    def get_error_message(self) -> str:
        """What to mend."""
        return gettext("The password is one of those that are tried first; choose another.")

    def get_help_text(self) -> str:
        """Said only where it is broken."""
        return ""


class NotTheName(UserAttributeSimilarityValidator):
    """Neither login nor name nor address."""

    def get_error_message(self) -> str:
        """What to mend."""
        return gettext("The password is too much like your name or login; choose another.")

    def get_help_text(self) -> str:
        """Said only where it is broken."""
        return ""
