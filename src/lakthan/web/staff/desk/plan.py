"""Pages of the city's plan: the tree of a version, a node with its indicators, and a new version that follows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.indicators import desk, plan_tree
from lakthan.apps.indicators.desk import NodeLabel
from lakthan.apps.indicators.plan_tree import NodePage, VersionLabel
from lakthan.apps.indicators.services import plans
from lakthan.apps.people.selectors import present, today
from lakthan.apps.reporting.selectors import indicator_list
from lakthan.core.errors import NotFound, UserError
from lakthan.core.fiscal import FiscalYear
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.errors import sentence
from lakthan.web.quarters import QuarterView
from lakthan.web.staff.desk.overview import chosen_year
from lakthan.web.staff.desk.wording import CERTAINTY
from lakthan.web.staff.fields import Text
from lakthan.web.wording import in_language

CONTROL = {"class": "form-control"}
SELECT = forms.Select(attrs={"class": "form-select"})
SAID = {
    "save": _("The node is saved."),
    "withdraw": _("The node is withdrawn."),
    "restore": _("The node is in use again."),
}


class NodeForm(forms.Form):
    """A node of the plan: where it stands and what it says, whole."""

    code = forms.CharField(label=_("Code"), max_length=20, widget=forms.TextInput(attrs=CONTROL))
    level_name = forms.ChoiceField(label=_("Level"), widget=SELECT)
    parent = forms.ChoiceField(label=_("Stands below"), required=False, widget=SELECT)
    name_th = Text(label=_("Text in Thai, whole"), widget=forms.Textarea(attrs={**CONTROL, "rows": 4, "lang": "th"}))
    name_en = Text(
        label=_("Text in English"), required=False, widget=forms.Textarea(attrs={**CONTROL, "rows": 3, "lang": "en"})
    )
    certainty = forms.ChoiceField(label=_("How sure the text is"), choices=[*CERTAINTY.items()], widget=SELECT)
    source = Text(label=_("Source"), required=False, widget=forms.Textarea(attrs={**CONTROL, "rows": 2}))
    follows = forms.ChoiceField(label=_("Takes the place of"), required=False, widget=SELECT)

    def __init__(self, version: VersionLabel, nodes: Sequence[NodeLabel], data: Any, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial, use_required_attribute=False)
        own = [node for node in nodes if node.version_code == version.code and node.is_in_use]
        older = [node for node in nodes if node.version_code != version.code]
        levels = [(name, name) for name in version.level_names]
        for name, choices in (
            ("level_name", levels),
            ("parent", [("", gettext("Nothing: it stands at the top")), *_named(own)]),
            ("follows", [("", "–"), *((key, f"{text}") for key, text in _named(older))]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def text(self) -> plans.NodeText:
        """What is to be stored."""
        typed = self.cleaned_data
        parent, follows = (UUID(typed[name]) if typed[name] else None for name in ("parent", "follows"))
        texts = {name: typed[name] for name in ("code", "level_name", "name_th", "name_en", "certainty", "source")}
        return plans.NodeText(**texts, parent=parent, follows=follows)


class VersionForm(forms.Form):
    """A version of the plan that follows another."""

    code = forms.SlugField(label=_("Code"), max_length=40, widget=forms.TextInput(attrs=CONTROL))
    name_th = forms.CharField(label=_("Name in Thai"), max_length=200, widget=forms.TextInput(attrs=CONTROL))
    name_en = forms.CharField(label=_("Name in English"), max_length=200, widget=forms.TextInput(attrs=CONTROL))
    first_year = forms.IntegerField(
        label=_("First fiscal year"), min_value=2500, max_value=2700, widget=forms.TextInput(attrs=CONTROL)
    )
    last_year = forms.IntegerField(
        label=_("Last fiscal year"), min_value=2500, max_value=2700, widget=forms.TextInput(attrs=CONTROL)
    )
    level_names = Text(
        label=_("Names of the levels, one a line"), widget=forms.Textarea(attrs={**CONTROL, "rows": 5, "lang": "th"})
    )


@performs(Action.DEFINE_INDICATORS)
@require_safe
@never_cache
def tree(request: ActingRequest, version: str | None = None) -> HttpResponse:
    """The nodes of a version; without a name, of the one that the present year belongs to."""
    versions = plan_tree.plan_versions(request.actor)
    shown = _shown(versions, version)
    branches = plan_tree.plan_tree(request.actor, shown.code) if shown else ()
    return render(request, "staff/desk/plan.html", {"versions": versions, "shown": shown, "branches": branches})


def _shown(versions: Sequence[VersionLabel], code: str | None) -> VersionLabel | None:
    """The version asked for, else that of the present year, else the newest; None where there is none.

    Raises:
        NotFound: there is no version with that code.
    """
    here = FiscalYear.of(today())
    for version in versions:
        if version.code == code or (code is None and version.first_year <= here <= version.last_year):
            return version
    if code is not None:
        raise NotFound(f"ไม่พบแผน {code}", f"There is no version {code} of the plan.")
    return versions[0] if versions else None


@performs(Action.DEFINE_INDICATORS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def node(request: ActingRequest, version: str, node: UUID) -> HttpResponse:
    """A node: its place, its text, the indicators that serve it, and the way to hand them on."""
    years = desk.desk_years(today())
    year = chosen_year(request.GET.get("fiscal-year", ""), years)
    page = plan_tree.node_page(request.actor, version, node, year)
    do, problem = request.POST.get("do", ""), ""
    posted = request.POST if do == "save" else None
    form = NodeForm(page.version, [*desk.node_labels().values()], posted, _stored(page))
    if do and (do != "save" or form.is_valid()):
        try:
            _write(request, page, do, form)
        except UserError as error:
            problem = sentence(error)
        else:
            messages.success(request, str(SAID[do]))
            return HttpResponseRedirect(request.get_full_path())
    results = {row.indicator.code: QuarterView(row.latest) for row in indicator_list(year)} if page.indicators else {}
    context = {
        "page": page,
        "form": form,
        "fiscal_year": year,
        "years": years.all,
        "problem": problem,
        "indicators": [(item, results.get(item.code)) for item in page.indicators],
    }
    return render(request, "staff/desk/node.html", context)


@performs(Action.DEFINE_INDICATORS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_node(request: ActingRequest, version: str) -> HttpResponse:
    """A new node of a version; `?parent=` names the node below which it stands."""
    shown = _shown(plan_tree.plan_versions(request.actor), version)
    assert shown is not None  # noqa: S101 - a code was given: there is one, or NotFound was raised
    nodes, parent = [*desk.node_labels().values()], request.GET.get("parent", "")
    above = next((item for item in nodes if str(item.id) == parent), None)
    begin = {"parent": parent, "certainty": "observed", "code": f"{above.code}." if above else ""}
    depth = min(above.depth + 1 if above else 0, len(shown.level_names) - 1)
    form = NodeForm(shown, nodes, request.POST or None, begin | {"level_name": shown.level_names[depth]})
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            row = plans.write_plan_node(actor=request.actor, version=version, text=form.text(), now=present())
        except UserError as error:
            problem = sentence(error)
        else:
            messages.success(request, str(SAID["save"]))
            return HttpResponseRedirect(reverse("plan-node", args=(version, row.pk)))
    return render(request, "staff/desk/new_node.html", {"version": shown, "form": form, "problem": problem})


@performs(Action.DEFINE_INDICATORS)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new_version(request: ActingRequest, version: str) -> HttpResponse:
    """A version that begins with the nodes of this one."""
    old = _shown(plan_tree.plan_versions(request.actor), version)
    assert old is not None  # noqa: S101 - a code was given: there is one, or NotFound was raised
    years = {"first_year": (old.last_year + 1).be, "last_year": (old.last_year + 5).be}
    form = VersionForm(request.POST or None, initial={**years, "level_names": "\n".join(old.level_names)})
    problem = ""
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            row = plans.follow_plan_version(
                actor=request.actor,
                source=version,
                now=present(),
                **{name: typed[name] for name in ("code", "name_th", "name_en")},
                first_year=FiscalYear(typed["first_year"]),
                last_year=FiscalYear(typed["last_year"]),
                level_names=[line.strip() for line in typed["level_names"].splitlines() if line.strip()],
            )
        except UserError as error:
            problem = sentence(error)
        else:
            messages.success(request, gettext("The version is made, with its nodes."))
            return HttpResponseRedirect(reverse("plan-version", args=(row.code,)))
    return render(request, "staff/desk/new_version.html", {"version": old, "form": form, "problem": problem})


def _write(request: ActingRequest, page: NodePage, do: str, form: NodeForm) -> None:
    place: dict[str, Any] = {"actor": request.actor, "version": page.version.code, "node": page.node.id}
    match do:
        case "save":
            plans.write_plan_node(**place, text=form.text(), now=present())
        case "withdraw":
            plans.withdraw_plan_node(**place, now=present())
        case "restore":
            plans.restore_plan_node(**place, now=present())
        case _:
            raise UserError("แบบฟอร์มไม่ระบุสิ่งที่ต้องทำ โหลดหน้าใหม่", "The form names nothing to do; load the page again.")


def _stored(page: NodePage) -> dict[str, Any]:
    node = page.node
    return {
        "code": node.code,
        "level_name": node.level_name,
        "parent": str(node.parent or ""),
        "name_th": node.name_th,
        "name_en": node.name_en,
        "certainty": page.certainty,
        "source": page.source,
        "follows": str(page.follows.id) if page.follows else "",
    }


def _named(nodes: Sequence[NodeLabel]) -> list[tuple[str, str]]:
    return [(str(node.id), f"{node.code} {in_language(node.name_th, node.name_en)}") for node in nodes]
