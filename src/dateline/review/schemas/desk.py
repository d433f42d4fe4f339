"""Accounts, sessions, the vocabulary, the audit log, and the quality of the coding."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from dateline.review.schemas.shared import Id, Note, Page, Right, Role, Sent

UserName = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\w][\w.@ '-]*$")]
Password = Annotated[str, Field(min_length=12, max_length=200)]


class Counts(BaseModel):
    """What waits."""

    queue: int
    pairs: int
    failures: int
    assignments: int = Field(description="Of one's own, not yet done.")


class Session(BaseModel):
    """Who works here, and what they may do; nobody (`user` null) before signing in."""

    user: str | None
    role: Role | None
    can: list[Right]
    mode: Literal["local", "team"] = Field(
        description="local: one person, by launch token; team: accounts."
    )
    store: str
    sample: bool = Field(description="It shows the package's own sample dispatches.")
    version: str
    edition: str = Field(description="Another one whenever there may be something new to show.")
    counts: Counts | None
    undo: bool
    redo: bool


class SentLogin(Sent):
    """A name and a password."""

    name: Annotated[str, Field(max_length=60)]
    password: Annotated[str, Field(max_length=200)]


class SentPassword(Sent):
    """A new password in the place of one's own."""

    old: Annotated[str, Field(max_length=200)]
    new: Password


class User(BaseModel):
    """An account."""

    name: str
    role: Role
    active: bool
    created: datetime
    seen: datetime | None


class SentUser(Sent):
    """What to change in an account; null leaves it."""

    role: Role | None = None
    active: bool | None = None


class Invitation(BaseModel):
    """A link by which one account can be made, until it expires.

    `token` is given once, when it is made: the link is /invite/TOKEN.
    """

    id: int
    role: Role
    note: str
    by: str
    created: datetime
    expires: datetime
    used: bool
    token: str | None = None


class SentInvitation(Sent):
    """Whom to invite."""

    role: Role
    note: Note = ""
    days: Annotated[int, Field(ge=1, le=30)] = 7


class Invited(BaseModel):
    """What an invitation is for."""

    role: Role
    note: str
    expires: datetime


class SentAccount(Sent):
    """The account that an invited person makes."""

    name: UserName
    password: Password


class Token(BaseModel):
    """A key for programs, with the rights of a role; `token` is given once, when it is made."""

    id: int
    note: str
    role: Role
    created: datetime
    expires: datetime
    used: datetime | None
    token: str | None = None


class SentToken(Sent):
    """A key to make, with at most the rights of one's own role."""

    note: Note = ""
    role: Role
    days: Annotated[int, Field(ge=1, le=365)] = 90


class Word(BaseModel):
    """A code and what it means."""

    code: str
    says: str


class TypeWords(BaseModel):
    """An event type and the modes it may have."""

    code: str
    says: str
    modes: list[Word]


class Vocabulary(BaseModel):
    """All codes there are; a test keeps them those of the codebook."""

    types: list[TypeWords]
    statuses: list[Word]
    stances: list[Word]
    kinds: list[Word]
    levels: list[Word]
    sectors: list[Word]
    countries: list[Word]


class AuditEntry(BaseModel):
    """An entry of the log. `hash` is over this entry and `previous`, that of the one before."""

    id: int
    at: datetime
    by: str
    act: str
    target: str
    old: Any
    new: Any
    why: str
    tool: str
    previous: str
    hash: str


AuditPage = Page[AuditEntry]


class AuditCheck(BaseModel):
    """Whether the log is as it was written; `broken` is the first entry that is not."""

    whole: bool
    entries: int
    head: str
    broken: int | None
    says: str


class Assignment(BaseModel):
    """A dispatch for one person to code on their own, unseen by the other coders of it."""

    id: int
    document: str
    title: str
    published: date | None
    coder: str
    state: Literal["to-do", "in-progress", "done", "cancelled"]
    by: str
    created: datetime
    changed: datetime
    due: date | None
    note: str


AssignmentPage = Page[Assignment]


class SentAssignments(Sent):
    """Give dispatches to people. Without `documents`, `sample` of those nobody has, by chance."""

    coders: Annotated[list[UserName], Field(min_length=1, max_length=20)]
    documents: Annotated[list[Id], Field(max_length=500)] = Field([])
    sample: Annotated[int, Field(ge=0, le=500)] = 0
    each: Annotated[int, Field(ge=1, le=20)] = Field(
        2, description="How many of the coders get each dispatch, in turn."
    )
    due: date | None = None
    note: Note = ""


class SentState(Sent):
    """How far an assignment is."""

    state: Literal["to-do", "in-progress", "done", "cancelled"]


class SlotAgreement(BaseModel):
    """How far coders agree on a slot of claims that they all kept ("claim": whether they kept it).

    `percent` is of pairs of codings that say the same. `kappa` is Cohen's for two coders, the mean
    over all pairs of them for more; `alpha` is Krippendorff's, nominal. null: not defined, since
    there are too few units or nobody ever says anything else.
    """

    slot: str
    units: int
    percent: float | None
    kappa: float | None
    alpha: float | None


class PairAgreement(BaseModel):
    """How far two coders agree over all slots."""

    left: str
    right: str
    documents: int
    slots: list[SlotAgreement]


class Agreement(BaseModel):
    """Agreement over dispatches that two or more people have coded to the end."""

    documents: int
    coders: list[str]
    slots: list[SlotAgreement]
    pairs: list[PairAgreement]


class Coding(BaseModel):
    """What one coder says of a slot."""

    coder: str
    says: str = Field(description="Empty: that there is nothing.")
    value: list[Any]


class Difference(BaseModel):
    """A slot of a claim on which coders differ; slot "claim": whether there is such a claim."""

    id: str
    document: str
    title: str
    claim: str
    version: str
    quote: str
    slot: str
    codings: list[Coding]
    settled: bool = Field(description="A reviewer has decided.")
    says: str = Field(description="What the desk's coding says now.")


DifferencePage = Page[Difference]


class SentDecision(Sent):
    """Whose coding of a difference becomes the desk's."""

    id: Id
    coder: UserName
    why: Note = ""


class Progress(BaseModel):
    """What a coder has done."""

    coder: str
    assigned: int
    done: int
    commands: int


class Quality(BaseModel):
    """How far the coding is: claims by their review state, and each coder's work."""

    states: dict[str, int]
    documents: int
    finished: int = Field(description="Dispatches without an open claim.")
    coders: list[Progress]


__all__ = ["Right", "Role"]
