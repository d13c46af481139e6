"""Staff, the points they work at, their sessions, their attempts to come in, and changes of their roles."""

import datetime as dt
from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from provider.db import Base, Id, Moment, word_enum
from provider.staff.rules import Role


class Staff(Base):
    """One person who works here, or for an agency. Never deleted: suspended (``active`` is false)."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    login: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(word_enum(Role, "role"))
    office_id: Mapped[int | None] = mapped_column(Id, ForeignKey("post_office.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(Id, ForeignKey("agency.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    """Argon2id; empty until the account is activated."""
    active: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=True)
    must_change_password: Mapped[bool] = mapped_column(Boolean(create_constraint=False), default=False)
    totp_secret: Mapped[str] = mapped_column(String(200), default="")
    """Sealed (see ``second_factor``); empty when there is no second factor."""
    totp_step: Mapped[int] = mapped_column(Integer, default=0)
    """The 30-second step of the last code used: a code opens once."""
    pin_hash: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(5), default="vi")
    activation_code_hash: Mapped[str] = mapped_column(String(64), default="")
    activation_expires_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    created_at: Mapped[dt.datetime] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("login", name="uq_staff_login"),
        CheckConstraint("login = lower(login) AND login <> ''", name="login_folded"),
        CheckConstraint(
            "(role IN ('agency_officer', 'agency_supervisor') AND agency_id IS NOT NULL AND office_id IS NULL)"
            " OR (role IN ('administrator', 'provincial_manager') AND agency_id IS NULL)"
            " OR (role NOT IN ('agency_officer', 'agency_supervisor', 'administrator', 'provincial_manager')"
            " AND office_id IS NOT NULL AND agency_id IS NULL)",
            name="belongs_somewhere",
        ),
    )


class StaffPoint(Base):
    """A cash point that somebody works at."""

    __tablename__ = "staff_point"

    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(Id, ForeignKey("point.id"), primary_key=True)

    __table_args__ = (Index("ix_staff_point_point", "point_id"),)


class SessionKind(StrEnum):
    """Which hours a session keeps."""

    DESK = "desk"
    PHONE = "phone"


class Stage(StrEnum):
    """How far somebody has come in."""

    CODE = "code"
    """The password was right; the second factor is still asked for. Opens nothing."""
    OPEN = "open"
    LOCKED = "locked"
    """Put aside with the lock button; a PIN opens it again."""


class UserSession(Base):
    """One sign-in from one device. The cookie holds 256 random bits; only their SHA-256 is kept."""

    __tablename__ = "user_session"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64))
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    kind: Mapped[SessionKind] = mapped_column(word_enum(SessionKind, "kind"))
    stage: Mapped[Stage] = mapped_column(word_enum(Stage, "stage"), default=Stage.OPEN)
    created_at: Mapped[dt.datetime] = mapped_column(Moment)
    last_seen_at: Mapped[dt.datetime] = mapped_column(Moment)
    expires_at: Mapped[dt.datetime] = mapped_column(Moment)
    step_up_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    """When the person last proved who they are: password, code or PIN."""
    revoked_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    pin_failures: Mapped[int] = mapped_column(SmallInteger, default=0)
    user_agent: Mapped[str] = mapped_column(String(120), default="")
    ip: Mapped[str] = mapped_column(String(45), default="")

    __table_args__ = (
        UniqueConstraint("token_hash", name="uq_user_session_token"),
        CheckConstraint("expires_at > created_at", name="ends_after_it_begins"),
        Index("ix_user_session_staff", "staff_id", "revoked_at"),
    )


class SignInAttempt(Base):
    """One attempt that failed, for slowing down guesses; forgotten after a day. Holds no login in clear: people type
    passwords into the wrong field."""

    __tablename__ = "sign_in_attempt"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    account: Mapped[str] = mapped_column(String(64))
    device: Mapped[str] = mapped_column(String(64), default="")
    """A browser that came in before as this account has its own count, so that strangers cannot lock it out."""
    ip: Mapped[str] = mapped_column(String(45), default="")

    __table_args__ = (
        Index("ix_sign_in_attempt_account", "account", "device", "at"),
        Index("ix_sign_in_attempt_ip", "ip", "at"),
    )


class RoleChange(Base):
    """A change of somebody's role, proposed by one administrator and decided by another within a day."""

    __tablename__ = "role_change"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    staff_id: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"), index=True)
    from_role: Mapped[Role] = mapped_column(word_enum(Role, "from_role"))
    to_role: Mapped[Role] = mapped_column(word_enum(Role, "to_role"))
    office_id: Mapped[int | None] = mapped_column(Id, ForeignKey("post_office.id"))
    agency_id: Mapped[int | None] = mapped_column(Id, ForeignKey("agency.id"))
    reason: Mapped[str] = mapped_column(String(200), default="")
    proposed_by: Mapped[int] = mapped_column(Id, ForeignKey("staff.id"))
    proposed_at: Mapped[dt.datetime] = mapped_column(Moment)
    confirmed_by: Mapped[int | None] = mapped_column(Id, ForeignKey("staff.id"))
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    declined_at: Mapped[dt.datetime | None] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("proposed_by <> confirmed_by", name="two_people"),
        CheckConstraint("staff_id <> proposed_by AND staff_id <> confirmed_by", name="never_one_s_own"),
        CheckConstraint("confirmed_at IS NULL OR declined_at IS NULL", name="decided_once"),
    )
