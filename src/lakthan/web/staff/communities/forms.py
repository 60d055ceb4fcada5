"""The forms of what a district's officer does with a community. Each knows the one service that it calls."""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lakthan.apps.communities import services
from lakthan.apps.communities.directory import type_of
from lakthan.apps.communities.page import CommunityPage, SeatLine, seat_to_end
from lakthan.apps.communities.services import Holder
from lakthan.core.digits import to_arabic
from lakthan.rules.eligibility import Status
from lakthan.rules.facts import COMMUNITY_TYPES
from lakthan.rules.permissions import Actor
from lakthan.web.staff.communities.wording import STATUSES
from lakthan.web.staff.fields import AbstractForms
from lakthan.web.staff.results.fields import DayField, ParagraphField
from lakthan.web.wording import in_language

LINE = {"class": "form-control", "autocomplete": "off"}
THAI = {**LINE, "lang": "th"}
SELECT = {"class": "form-select"}


class CountField(forms.CharField):
    """A whole number, in Thai digits too."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=9, widget=forms.TextInput(attrs={**LINE, "inputmode": "numeric"}), **kwargs)

    def clean(self, value: Any) -> Any:
        """The number."""
        text = to_arabic(super().clean(value)).replace(",", "").strip()
        if not (text.isascii() and text.isdigit()):
            raise forms.ValidationError(_("Write a whole number, such as 120."))
        return int(text)


class TypeField(forms.ChoiceField):
    """The type of a community, in the words of the page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Type"),
            choices=lambda: [(code, capfirst(in_language(*words))) for code, words in COMMUNITY_TYPES.items()],
            widget=forms.Select(attrs=SELECT),
            **kwargs,
        )


class ActForm(forms.Form, metaclass=AbstractForms):
    """What can be done on the page of a community. `act` stands in the button, `said` on the page afterwards."""

    act: str
    title: Promise
    button: Promise
    said: Promise
    place: str
    """Where on the page it stands."""

    def __init__(self, page: CommunityPage, today: date, data: Any = None) -> None:
        super().__init__(
            data,
            initial=self.first(page, today),
            prefix=self.act,
            auto_id="act-%s",
            use_required_attribute=False,
        )

    def first(self, _page: CommunityPage, _today: date) -> dict[str, Any]:
        """What stands in the form at first."""
        return {}

    def told(self) -> str:
        """What is said once it is done."""
        return str(self.said)

    @abstractmethod
    def carry_out(self, actor: Actor, community: Any, now: datetime) -> None:
        """Call the service."""


class RenameForm(ActForm):
    """Another name."""

    act, place = "rename", "register"
    title, button, said = _("Correct the name"), _("Save the name"), _("The name is corrected.")
    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs=THAI))

    def first(self, page: CommunityPage, _today: date) -> dict[str, Any]:
        """The name that it has."""
        return {"name": page.name}

    def carry_out(self, actor: Actor, community: Any, now: datetime) -> None:
        """Correct the name."""
        services.rename_community(actor=actor, community=community, name=self.cleaned_data["name"], now=now)


class DescribeForm(ActForm):
    """Another type or sub-district."""

    act, place = "describe", "register"
    title, button = _("Correct type and sub-district"), _("Save type and sub-district")
    said = _("Type and sub-district are corrected.")
    type = TypeField()
    sub_district = forms.CharField(
        label=_("Sub-district"), max_length=100, required=False, widget=forms.TextInput(attrs=THAI)
    )

    def first(self, page: CommunityPage, _today: date) -> dict[str, Any]:
        """What stands in the register."""
        return {"type": page.type, "sub_district": page.sub_district}

    def carry_out(self, actor: Actor, community: Any, now: datetime) -> None:
        """Correct both."""
        typed = self.cleaned_data
        services.describe_community(
            actor=actor,
            community=community,
            kind=type_of(typed["type"]),
            sub_district=typed["sub_district"],
            now=now,
        )


class StatusForm(ActForm):
    """Another status, by a document."""

    act, place = "status", "status"
    title, button, said = _("Change the status"), _("Record the status"), _("The status is recorded.")
    status = forms.ChoiceField(label=_("Status"), widget=forms.Select(attrs=SELECT))
    effective_on = DayField(label=_("In effect from"))
    document = forms.CharField(
        label=_("Document"),
        max_length=200,
        widget=forms.TextInput(attrs=THAI),
        help_text=_("Number and date of the announcement or letter."),
    )
    reason = ParagraphField(label=_("The reason"), required=False, rows=2)

    def __init__(self, page: CommunityPage, today: date, data: Any = None) -> None:
        super().__init__(page, today, data)
        present = page.status_on(today)
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            (status.value, words) for status, words in STATUSES.items() if status is not present
        ]

    def carry_out(self, actor: Actor, community: Any, now: datetime) -> None:
        """Change the status."""
        typed = self.cleaned_data
        services.change_status(
            actor=actor,
            community=community,
            status=Status(typed["status"]),
            effective_on=typed["effective_on"],
            document=typed["document"],
            reason=typed["reason"],
            now=now,
        )


class CommitteeForm(ActForm):
    """The committee of a new term, and who of those who speak for the community goes on."""

    act, place = "committee", "committee"
    title, button = _("Record the committee of a new term"), _("Record the committee")
    said = _("The committee is recorded. Judge whether it is complete enough to work.")
    effective_on = DayField(label=_("First day of the term"))
    term_ends_on = DayField(label=_("Last day of the term"))
    houses = CountField(label=_("Houses in the community"))
    members = CountField(label=_("Members of the committee"))
    chair_name = forms.CharField(
        label=_("Name of the chair"), max_length=200, required=False, widget=forms.TextInput(attrs=THAI)
    )
    chair_phone = forms.CharField(
        label=_("Telephone of the chair"),
        max_length=50,
        required=False,
        widget=forms.TextInput(attrs={**LINE, "inputmode": "tel"}),
        help_text=_("Name and telephone are shown in this district office only."),
    )
    staying = forms.MultipleChoiceField(
        label=_("Goes on speaking for the community in the system"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        help_text=_("All seats end the day before the new term; those who are ticked get one for the new term."),
    )

    def __init__(self, page: CommunityPage, today: date, data: Any = None) -> None:
        super().__init__(page, today, data)
        self.holders = {seat.login: _named(seat) for seat in page.seats if seat.login and seat.is_in_force(today)}
        if self.holders:
            self.fields["staying"].choices = list(self.holders.items())  # type: ignore[attr-defined]
        else:
            del self.fields["staying"]

    def first(self, page: CommunityPage, today: date) -> dict[str, Any]:
        """The houses as they were counted last."""
        last = page.committee_on(today)
        return {} if last is None else {"houses": last.houses}

    def carry_out(self, actor: Actor, community: Any, now: datetime) -> None:
        """Seat the committee."""
        typed = self.cleaned_data
        services.seat_committee(
            actor=actor,
            community=community,
            effective_on=typed["effective_on"],
            term_ends_on=typed["term_ends_on"],
            houses=typed["houses"],
            members=typed["members"],
            chair_name=typed["chair_name"],
            chair_phone=typed["chair_phone"],
            speakers=[Holder(login) for login in typed.get("staying", [])],
            now=now,
        )

    def told(self) -> str:
        """That it is recorded, and whose seats ended with it."""
        staying = self.cleaned_data.get("staying", [])
        ended = [name for login, name in self.holders.items() if login not in staying]
        if not ended:
            return super().told()
        words = gettext("No longer speaks for the community: %(names)s. Give a seat to who does now.")
        return f"{super().told()} {words % {'names': ', '.join(ended)}}"


class JudgementForm(ActForm):
    """The district's judgement of the committee."""

    act, place = "judgement", "committee"
    title, button = _("Judge the committee"), _("Record the judgement")
    said = _("The judgement is recorded.")
    able = forms.ChoiceField(
        label=_("Complete enough to work"),
        choices=[("yes", _("Yes, it can work")), ("no", _("No, it cannot work"))],
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    effective_on = DayField(label=_("In effect from"))
    reason = ParagraphField(label=_("The reason"), required=False, rows=2, help_text=_("Needed where it cannot work."))

    def carry_out(self, actor: Actor, community: Any, now: datetime) -> None:
        """Judge it."""
        typed = self.cleaned_data
        services.judge_committee(
            actor=actor,
            community=community,
            able=typed["able"] == "yes",
            effective_on=typed["effective_on"],
            reason=typed["reason"],
            now=now,
        )


class SeatForm(ActForm):
    """Somebody who is to speak for the community."""

    act, place = "seat", "seats"
    title, button = _("Let somebody speak for the community"), _("Give the seat")
    said = _("The seat is given.")
    login = forms.CharField(
        label=_("Login"),
        max_length=64,
        widget=forms.TextInput(attrs={**LINE, "autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("Of an account that there is, or a new one."),
    )
    name_th = forms.CharField(
        label=_("Name"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=THAI),
        help_text=_("For a new account. Leave it empty for one that there is."),
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={**LINE, "inputmode": "email"}),
        help_text=_(
            "With it the person chooses a password by “Forgot your password?”; else the administrator sets one."
        ),
    )
    valid_from = DayField(label=_("First day"))
    valid_to = DayField(label=_("Last day"), required=False, help_text=_("Empty: until the committee's term ends."))

    def first(self, _page: CommunityPage, today: date) -> dict[str, Any]:
        """From today on."""
        return {"valid_from": today}

    def carry_out(self, actor: Actor, community: Any, now: datetime) -> None:
        """Give the seat."""
        typed = self.cleaned_data
        services.give_seat(
            actor=actor,
            community=community,
            holder=Holder(typed["login"], typed["name_th"], email=typed["email"].strip()),
            valid_from=typed["valid_from"],
            valid_to=typed["valid_to"],
            now=now,
        )


class EndSeatForm(ActForm):
    """A seat that ends early."""

    act, place = "end-seat", "seats"
    title, button, said = _("End a seat early"), _("End the seat"), _("The seat is ended.")
    seat = forms.ChoiceField(label=_("Whose"), widget=forms.Select(attrs=SELECT))
    last_day = DayField(
        label=_("Last day"), help_text=_("Yesterday ends it at once; the day before its first day undoes a mistake.")
    )

    def __init__(self, page: CommunityPage, today: date, data: Any = None) -> None:
        super().__init__(page, today, data)
        self.fields["seat"].choices = [  # type: ignore[attr-defined]
            (str(seat.id), _named(seat)) for seat in page.seats if seat.valid_to is None or seat.valid_to >= today
        ]

    def first(self, _page: CommunityPage, today: date) -> dict[str, Any]:
        """Today."""
        return {"last_day": today}

    def carry_out(self, actor: Actor, community: Any, now: datetime) -> None:
        """End the seat."""
        seat = seat_to_end(community, self.cleaned_data["seat"])
        services.end_seat(actor=actor, seat=seat, last_day=self.cleaned_data["last_day"], now=now)


def _named(seat: SeatLine) -> str:
    return f"{in_language(seat.name_th, seat.name_en)} ({seat.login})"


FORMS: Sequence[type[ActForm]] = (
    RenameForm,
    DescribeForm,
    StatusForm,
    CommitteeForm,
    JudgementForm,
    SeatForm,
    EndSeatForm,
)


class NewCommunityForm(forms.Form):
    """A community to be entered in the register."""

    name = forms.CharField(label=_("Name"), max_length=200, widget=forms.TextInput(attrs=THAI))
    type = TypeField()
    sub_district = forms.CharField(
        label=_("Sub-district"), max_length=100, required=False, widget=forms.TextInput(attrs=THAI)
    )
    effective_on = DayField(label=_("Registered on"))
    document = forms.CharField(
        label=_("Document"),
        max_length=200,
        widget=forms.TextInput(attrs=THAI),
        help_text=_("Number and date of the announcement or letter."),
    )

    def __init__(self, districts: Sequence[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data, auto_id="new-%s", use_required_attribute=False)
        if len(districts) > 1:
            self.fields["district"] = forms.ChoiceField(
                label=_("District"), choices=list(districts), widget=forms.Select(attrs=SELECT)
            )
            self.order_fields(["district"])


class DayForm(forms.Form):
    """The day of which eligibility is asked, in the query of the address."""

    on = DayField(label=_("On the day"), required=False)

    def __init__(self, today: date, data: Any) -> None:
        asked = {"on": data.get("on") or self.fields_text(today)}
        super().__init__(asked, auto_id="find-%s", use_required_attribute=False)
        self.fields["on"].help_text = ""

    @staticmethod
    def fields_text(today: date) -> Any:
        """Today, as it is written in the field."""
        return DayField(required=False).prepare_value(today)

    def day(self, today: date) -> date:
        """The day; today where what was written is none."""
        return (self.cleaned_data.get("on") if self.is_valid() else None) or today
