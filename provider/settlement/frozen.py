"""A settlement as text that never changes: everything its papers are made of; pure."""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from provider.agreements.rules import Basis, Rounding
from provider.clock import Month
from provider.money import Money
from provider.payouts.lifecycle import Channel
from provider.settlement.fees import CountedLine, Tariff, Tier
from provider.settlement.statement import Kind, Movement


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What is frozen: facts of the heading, the movements, the tariffs as they were, the lines the fee counts."""

    number: str
    version: int
    month: Month
    agency_code: str
    agency_name: str
    agency_parent: str
    office_name: str
    office_parent: str
    place: str
    contract: str
    account: str
    window_from: dt.date
    window_to: dt.date
    drawn_on: dt.date
    opening: Money
    movements: tuple[Movement, ...]
    tariffs: tuple[Tariff, ...]
    counted: tuple[CountedLine, ...]


def to_text(content: Content) -> str:
    """The content as JSON, the same for the same content."""
    return json.dumps(_plain(asdict(content)), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Content:
    """The content back from its text."""
    raw = json.loads(text)
    return Content(
        **{key: raw[key] for key in ("number", "version", "agency_code", "agency_name", "agency_parent")},
        **{key: raw[key] for key in ("office_name", "office_parent", "place", "contract", "account")},
        month=Month.parse(raw["month"]),
        window_from=dt.date.fromisoformat(raw["window_from"]),
        window_to=dt.date.fromisoformat(raw["window_to"]),
        drawn_on=dt.date.fromisoformat(raw["drawn_on"]),
        opening=Money(raw["opening"]),
        movements=tuple(_movement(one) for one in raw["movements"]),
        tariffs=tuple(_tariff(one) for one in raw["tariffs"]),
        counted=tuple(CountedLine(**{**one, "amount": Money(one["amount"])}) for one in raw["counted"]),
    )


def _plain(value: Any) -> Any:
    match value:
        case {"dong": int(dong)}:
            return dong
        case {"year": int(year), "number": int(number)}:
            return Month(year, number).iso
        case dict():
            return {key: _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case Decimal():
            return str(value)
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case dt.date():
            return value.isoformat()
    return value


def _movement(raw: dict[str, Any]) -> Movement:
    return Movement(
        **{
            **raw,
            "kind": Kind(raw["kind"]),
            "at": dt.datetime.fromisoformat(raw["at"]),
            "amount": Money(raw["amount"]),
            "channel": Channel(raw["channel"]) if raw["channel"] else None,
        }
    )


def _tariff(raw: dict[str, Any]) -> Tariff:
    return Tariff(
        **{
            **raw,
            "basis": Basis(raw["basis"]),
            "rounding": Rounding(raw["rounding"]),
            "rate": Decimal(raw["rate"]),
            "vat_rate": Decimal(raw["vat_rate"]),
            "price": Money(raw["price"]),
            "tiers": tuple(Tier(_money(one["up_to"]), Decimal(one["rate"])) for one in raw["tiers"]),
            "least": _money(raw["least"]),
            "most": _money(raw["most"]),
            "effective_from": Month.parse(raw["effective_from"]),
            "effective_to": Month.parse(raw["effective_to"]) if raw["effective_to"] else None,
        }
    )


def _money(dong: int | None) -> Money | None:
    return None if dong is None else Money(dong)
