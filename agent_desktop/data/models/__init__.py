"""The tables of the shared database.

Ids are UUIDv7 made by the client. What an operation only mentions (a customer, an agent, an interaction) has no
foreign key: two desktops' operations may arrive in any order, and a call is kept even when its customer is refused.
"""

from agent_desktop.data.models.centre import (
    AccessSetting,
    Agent,
    AgentPhone,
    Disposition,
    PauseReason,
    PresenceSpan,
    Queue,
    QueueEvent,
    QueueMember,
    QueueVisit,
    Site,
    Team,
    TeamLead,
)
from agent_desktop.data.models.collecting import CollectorHealth, CollectorLease, PbxRequest
from agent_desktop.data.models.contacts import (
    Interaction,
    Leg,
    Note,
    Participant,
    Recording,
    Ticket,
    TicketEvent,
    TicketInteraction,
    WorkEntry,
    WrapUp,
)
from agent_desktop.data.models.customers import (
    Customer,
    CustomerApart,
    CustomerMerge,
    CustomerWord,
    Email,
    Organisation,
    Phone,
    Product,
)
from agent_desktop.data.models.desks import Desk, PbxMember
from agent_desktop.data.models.figures import AGENT_HOUR, QUEUE_QUARTER, CountedLimits, StaleQuarter
from agent_desktop.data.models.handoff import HandoffField, HandoffRule, HandoffSecret, HandoffWarning
from agent_desktop.data.models.identity import IdentityAnswer, IdentityAttempt, IdentityLift, IdentityPolicy
from agent_desktop.data.models.ivr import IvrHandover
from agent_desktop.data.models.keeping import (
    AppliedOp,
    AuditEntry,
    Change,
    ConsentEntry,
    ImportChange,
    ImportRun,
    LegalHold,
    Removal,
    RetentionRule,
)
from agent_desktop.data.models.knowledge import Article, ArticleEdition, ArticleUse, Snippet
from agent_desktop.data.models.layouts import KeptLayout
from agent_desktop.data.models.messages import TeamMessage, TeamMessageReader
from agent_desktop.data.models.reporting import QueueSetting, ReportRun, ReportSchedule
from agent_desktop.data.models.scripts import CallScript, ScriptReview, ScriptRule, ScriptRun, ScriptStep, ScriptVersion
from agent_desktop.data.models.staffing import Holiday, PlannedAgents, PlannedShift, StaffingAim

__all__ = [
    "AGENT_HOUR",
    "QUEUE_QUARTER",
    "AccessSetting",
    "Agent",
    "AgentPhone",
    "AppliedOp",
    "Article",
    "ArticleEdition",
    "ArticleUse",
    "AuditEntry",
    "CallScript",
    "Change",
    "CollectorHealth",
    "CollectorLease",
    "ConsentEntry",
    "CountedLimits",
    "Customer",
    "CustomerApart",
    "CustomerMerge",
    "CustomerWord",
    "Desk",
    "Disposition",
    "Email",
    "HandoffField",
    "HandoffRule",
    "HandoffSecret",
    "HandoffWarning",
    "Holiday",
    "IdentityAnswer",
    "IdentityAttempt",
    "IdentityLift",
    "IdentityPolicy",
    "ImportChange",
    "ImportRun",
    "Interaction",
    "IvrHandover",
    "KeptLayout",
    "Leg",
    "LegalHold",
    "Note",
    "Organisation",
    "Participant",
    "PauseReason",
    "PbxMember",
    "PbxRequest",
    "Phone",
    "PlannedAgents",
    "PlannedShift",
    "PresenceSpan",
    "Product",
    "Queue",
    "QueueEvent",
    "QueueMember",
    "QueueSetting",
    "QueueVisit",
    "Recording",
    "Removal",
    "ReportRun",
    "ReportSchedule",
    "RetentionRule",
    "ScriptReview",
    "ScriptRule",
    "ScriptRun",
    "ScriptStep",
    "ScriptVersion",
    "Site",
    "Snippet",
    "StaffingAim",
    "StaleQuarter",
    "Team",
    "TeamLead",
    "TeamMessage",
    "TeamMessageReader",
    "Ticket",
    "TicketEvent",
    "TicketInteraction",
    "WorkEntry",
    "WrapUp",
]
