"""Plans that communities of Din Daeng are preparing: one that was sent back, one that waits, one that is begun."""

from datetime import date

from lakthan.apps.communities.models import Community
from lakthan.apps.planning.models import PlanProposal
from lakthan.apps.planning.proposal_content import content_of, digest_of, last_plan_of
from lakthan.apps.planning.services.proposals import begin_proposal, return_proposal, save_proposal, send_proposal
from lakthan.demo.plans import FIELD_NOTES
from lakthan.demo.stage import NOT_INCLUDED, Stage, moment
from lakthan.rules.permissions import Actor, Role
from lakthan.rules.plan_proposals import ProposalContent
from lakthan.rules.typed_projects import Typed

REASON = "ขอให้ระบุวงเงินประมาณการของโครงการที่ขอให้สำนักงานเขตดำเนินการ และแนบรายงานการประชุม (ตัวอย่างสาธิต)"
ADOPTED, SENT, RETURNED = date(2020, 10, 2), date(2020, 10, 6), date(2020, 10, 8)
PROJECTS: tuple[Typed, ...] = (
    {
        "name": "ปรับปรุงลานกิจกรรมของชุมชน (สาธิต)",
        "problem": "พื้นลานแตกร้าว ผู้สูงอายุหกล้ม",
        "aim": "มีลานที่ปลอดภัยสำหรับทุกวัย",
        "field": "physical",
        "way": "by-district",
        "estimate": "๘๕,๐๐๐",
        "priority": "1",
    },
    {
        "name": "กลุ่มเพื่อนเยี่ยมผู้สูงอายุ (สาธิต)",
        "problem": "ผู้สูงอายุอยู่ตามลำพัง",
        "aim": "ผู้สูงอายุมีเพื่อนเยี่ยมทุกสัปดาห์",
        "field": "health",
        "way": "itself",
        "estimate": "-",
        "priority": "2",
    },
)


def prepare(stage: Stage) -> None:
    """One plan in each state that somebody has to do something about."""
    code = NOT_INCLUDED[0]
    officer, member, rows = stage.actors[code], stage.actors[Role.COMMUNITY_MEMBER], stage.communities[code]
    returned = _sent(member, rows[0])
    return_proposal(actor=officer, proposal=returned, reason=REASON, now=moment(RETURNED))
    _sent(officer, rows[1])
    begin_proposal(actor=officer, community=rows[-1], now=moment(SENT))


def _sent(actor: Actor, community: Community) -> PlanProposal:
    now = moment(SENT)
    copied = last_plan_of(community) is not None
    row = begin_proposal(actor=actor, community=community, copied=copied, now=now)
    content = ProposalContent(
        fields={field.value: text for field, text in FIELD_NOTES.items()},
        projects=PROJECTS + tuple(content_of(row).projects[2:]),
        adopted_on=ADOPTED,
        valid_until=date(2021, 12, 31),
        resolution="มติคณะกรรมการชุมชน ครั้งที่ 5/2563 วาระที่ 3 (สาธิต)",
    )
    save_proposal(actor=actor, proposal=row, content=content, seen=digest_of(row), now=now)
    return send_proposal(actor=actor, proposal=row, now=now)
