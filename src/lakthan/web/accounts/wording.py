"""Words for roles."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lakthan.rules.permissions import Role

ROLES: Mapping[Role, str | Promise] = {
    Role.COMMUNITY_MEMBER: _("Community committee member"),
    Role.DISTRICT_OFFICER: _("District officer"),
    Role.DISTRICT_DIRECTOR: _("District director"),
    Role.REPORTER: _("Reporter"),
    Role.UNIT_HEAD: _("Unit head"),
    Role.REVIEWER: _("Reviewer"),
    Role.CERTIFIER: _("Certifier"),
    Role.STRATEGY_ADMINISTRATOR: _("Strategy administrator"),
    Role.EXECUTIVE: _("Executive"),
    Role.AUDITOR: _("Internal auditor"),
    Role.SYSTEM_ADMINISTRATOR: _("System administrator"),
    Role.OPERATOR: _("Operator of the server"),
}
