import pytest

from lakthan.rules.permissions import FOR_EVERYONE, PERMISSIONS, Action, Actor, Held, Role, Scope, permitting, refusal

OWN, OTHER = "unit-1", "unit-2"


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_the_table_alone_decides(action: Action, role: Role) -> None:
    actor = Actor("user:1", (Held(role, OWN),))
    scope = PERMISSIONS.get(action, {}).get(role)
    everyone = action in FOR_EVERYONE
    assert (refusal(actor, action, OWN) is None) == (everyone or scope is not None)
    assert (refusal(actor, action, OTHER) is None) == (everyone or scope is Scope.ANY_UNIT)


@pytest.mark.parametrize("action", sorted(set(Action) - FOR_EVERYONE))
def test_who_has_no_role_may_do_nothing_else(action: Action) -> None:
    assert refusal(Actor("visitor"), action, OWN) is not None


@pytest.mark.parametrize("action", sorted(set(Action) - FOR_EVERYONE))
def test_every_action_is_somebodys(action: Action) -> None:
    assert PERMISSIONS.get(action)


@pytest.mark.parametrize("action", [Action.REVIEW_REPORT, Action.CERTIFY_REPORT, Action.ENDORSE_REPORT])
def test_whoever_runs_the_server_never_judges_a_report(action: Action) -> None:
    assert Role.OPERATOR not in PERMISSIONS[action]


def test_one_acts_in_ones_own_role_before_one_held_for_another() -> None:
    acting, own = Held(Role.UNIT_HEAD, OWN, "order-1"), Held(Role.UNIT_HEAD, OWN)
    assert permitting(Actor("user:1", (acting, own)), Action.ENDORSE_REPORT, OWN) == own
    assert permitting(Actor("user:1", (acting,)), Action.ENDORSE_REPORT, OWN) == acting
    assert permitting(Actor("user:1", (acting,)), Action.ENDORSE_REPORT, OTHER) is None
