"""The pages of whoever speaks for a community: its projects, another look asked for, and work confirmed."""

from collections.abc import Iterator
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lakthan.apps.people.selectors import present, today
from lakthan.apps.planning import after_decision as rows
from lakthan.apps.planning.services import reconsiderations, work
from lakthan.apps.reporting.path_shapes import ProjectPath
from lakthan.apps.reporting.paths import own_path, own_projects
from lakthan.rules.permissions import Action
from lakthan.web.actions import ActingRequest, performs
from lakthan.web.listing import listing
from lakthan.web.staff.paths.forms import DONE, ActForm, AskForm, ConfirmForm
from lakthan.web.staff.paths.path_page import Act, Forms, carried_out, served_proof, typed_form

BY_MEMBER: Forms = {AskForm.act: AskForm, ConfirmForm.act: ConfirmForm}
PROJECTS_PER_PAGE = 30


@performs(Action.SPEAK_FOR_COMMUNITY)
@require_safe
@never_cache
def projects(request: ActingRequest) -> HttpResponse:
    """The projects of one's community, with what was decided; those that wait for a word stand first."""
    found = own_projects(request.actor, today())
    waiting = [own for own in found if own.may_ask or own.waits_for_word]
    numbered = list(enumerate(found))
    shown = listing(request.GET, numbered, {"order": lambda row: row[0]}, PROJECTS_PER_PAGE)
    context = {"projects": [own for _, own in shown.rows], "rows": shown.rows, "waiting": waiting}
    return render(request, "staff/paths/own_projects.html", context)


@performs(Action.SPEAK_FOR_COMMUNITY)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def project(request: ActingRequest, project: UUID) -> HttpResponse:
    """One project; a POST asks for another look, or says whether the work is done."""
    path = own_path(request.actor, project, today())
    typed = None
    if request.method == "POST":
        typed = typed_form(request, path, BY_MEMBER)
        if typed.is_valid() and carried_out(request, typed, lambda: _carry_out(request, path, typed)):
            return HttpResponseRedirect(request.path)
    return render(request, "staff/paths/own_project.html", {"path": path, "acts": list(_acts(path, typed))})


def _carry_out(request: ActingRequest, path: ProjectPath, form: ActForm) -> str:
    actor, now, given, decision = request.actor, present(), form.cleaned_data, UUID(form.key)
    if isinstance(form, ConfirmForm):
        item = rows.inclusion_of(path.id, decision)
        is_done = given["word"] == DONE
        work.confirm_work(
            actor=actor, inclusion=item, effective_on=today(), is_done=is_done, note=given["note"], now=now
        )
        return gettext("Thank you. The community's word is recorded.")
    decline = rows.decline_of(path.id, decision)
    reconsiderations.ask_reconsideration(
        actor=actor, decline=decline, reasons=given["reasons"], effective_on=today(), now=now
    )
    return gettext("The request is sent to the district office.")


def _acts(path: ProjectPath, typed: ActForm | None) -> Iterator[Act]:
    """The forms of what waits for the community's word."""
    for decided in reversed(path.decisions):
        possible = [("confirm", decided.may_confirm), ("ask", decided.may_ask(today()))]
        for name in [name for name, is_possible in possible if is_possible]:
            is_typed = typed is not None and typed.act == name and typed.key == str(decided.id)
            form = typed if is_typed and typed is not None else BY_MEMBER[name](str(decided.id), today())
            title = gettext("Confirm the work") if name == "confirm" else gettext("Ask for reconsideration")
            yield Act(
                title, decided.fiscal_year, form, is_open=is_typed or (name == "confirm" and decided.waits_for_word)
            )


@performs(Action.SPEAK_FOR_COMMUNITY)
@require_safe
@never_cache
def file(request: ActingRequest, project: UUID, file: UUID) -> FileResponse:
    """A file that proves the work on one's own project."""
    return served_proof(own_path(request.actor, project, today()), file)
