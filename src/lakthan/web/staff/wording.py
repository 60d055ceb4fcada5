"""Words for the steps of a report."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lakthan.rules.review import Section
from lakthan.rules.workflow import Step

TAKEN: Mapping[Step, Promise] = {
    Step.WRITE: _("Written"),
    Step.ENDORSE: _("Endorsed by the head of the unit"),
    Step.SUBMIT: _("Submitted by the head of the unit"),
    Step.RETURN: _("Returned by the reviewer"),
    Step.ACCEPT: _("Accepted by the reviewer"),
    Step.CERTIFY: _("Certified"),
    Step.CORRECT: _("Correction begun"),
    Step.SUPERSEDE: _("Replaced by a corrected report"),
}
"""A step in the history."""
BUTTONS: Mapping[Step, Promise] = {
    Step.WRITE: _("Save the draft"),
    Step.ENDORSE: _("Endorse"),
    Step.SUBMIT: _("Submit to the strategy bureau"),
    Step.RETURN: _("Return to the unit"),
    Step.ACCEPT: _("Accept"),
    Step.CERTIFY: _("Certify"),
    Step.CORRECT: _("Begin a correction"),
}
"""What a person can choose to do."""
MEANINGS: Mapping[Step, Promise] = {
    Step.ENDORSE: _("The head of the unit stands behind the report. Its text can no longer be changed."),
    Step.SUBMIT: _("Text and figure are kept as they are now and go to the strategy bureau for review."),
    Step.RETURN: _("The unit writes again, and submits again."),
    Step.ACCEPT: _("The report is in order and goes to the certifier."),
    Step.CERTIFY: _("The report and its figure stand from now on; only a visible correction can follow."),
    Step.CORRECT: _("A new issue begins with the same texts. This one stands until the new one is certified."),
}
"""What follows from a step, said before it is taken."""
DONE: Mapping[Step, Promise] = {
    Step.WRITE: _("The draft is saved."),
    Step.ENDORSE: _("The report is endorsed."),
    Step.SUBMIT: _("The report is submitted and waits for review."),
    Step.RETURN: _("The report is returned to the unit."),
    Step.ACCEPT: _("The report is accepted and waits for certification."),
    Step.CERTIFY: _("The report is certified."),
    Step.CORRECT: _("The correction is begun; its draft is below."),
}
"""What is said once it is taken."""
UNIT_KINDS: Mapping[str, Promise] = {
    "bureau": _("Bureau"),
    "division": _("Division"),
    "district": _("District office"),
    "city": _("The city"),
}
"""What a unit is."""
SECTION_NAMES: Mapping[Section, Promise] = {
    Section.FIGURE: _("The figure"),
    Section.PROGRESS: _("Progress of the work, in percent"),
    Section.NARRATIVE: _("What was done in the quarter"),
    Section.SUPPORTING_FACTORS: _("What helped"),
    Section.OBSTACLES: _("What stood in the way"),
    Section.EVIDENCE_LIST: _("Evidence, one item a line"),
    Section.EVIDENCE_FILES: _("Files of evidence"),
}
"""The places of a report that a comment can be about."""
