from trials.models.alert import Alert
from trials.models.condition import Condition, ConditionTerm, ListedCondition, TrialCondition
from trials.models.criteria import CriteriaCorrection, CriteriaReading, Criterion
from trials.models.data_change import DataChange
from trials.models.drafting import DraftedSentence
from trials.models.editorial import ContactDecision, TrialEditorial
from trials.models.golden import GoldenPatient, GoldenVerdict
from trials.models.mail import Mail
from trials.models.mailbox_use import MailboxUse
from trials.models.message import Message
from trials.models.partner import Partner, PartnerViews
from trials.models.place import Place, PlaceKind, PlaceName
from trials.models.provenance import FieldNote, RecordVersion
from trials.models.run import ImportFailure, ImportRun
from trials.models.site import Contact, Site
from trials.models.study_parts import (
    Arm,
    ArmIntervention,
    Intervention,
    Outcome,
    SecondaryId,
    TrialDate,
    TrialSponsor,
)
from trials.models.summary import PlainSentence, PlainSummary, ReviewTrial
from trials.models.trial import Trial, TrialQuerySet
from trials.models.trial_index import TrialIndex, list_order

__all__ = [
    "Alert",
    "Arm",
    "ArmIntervention",
    "Condition",
    "ConditionTerm",
    "Contact",
    "ContactDecision",
    "CriteriaCorrection",
    "CriteriaReading",
    "Criterion",
    "DataChange",
    "DraftedSentence",
    "FieldNote",
    "GoldenPatient",
    "GoldenVerdict",
    "ImportFailure",
    "ImportRun",
    "Intervention",
    "ListedCondition",
    "Mail",
    "MailboxUse",
    "Message",
    "Outcome",
    "Partner",
    "PartnerViews",
    "Place",
    "PlaceKind",
    "PlaceName",
    "PlainSentence",
    "PlainSummary",
    "RecordVersion",
    "ReviewTrial",
    "SecondaryId",
    "Site",
    "Trial",
    "TrialCondition",
    "TrialDate",
    "TrialEditorial",
    "TrialIndex",
    "TrialQuerySet",
    "TrialSponsor",
    "list_order",
]
