"""The code on a slip: made, read back, refused when it is forged. Pure: bytes in, text out.

A token is ``CT1`` and 31 characters of Crockford's base32 (no I, L, O, U): version (1 byte), random id (8 bytes),
HMAC-SHA256 cut to 80 bits (10 bytes). It names a paper and nothing else: no person, no amount. The code lets a phone
without signal tell a forged slip from a real one; 80 bits are enough because a guess must also hit an id that exists.

Tokens are made for one ``context``. The context is part of what is sealed, so a receipt never passes as a slip, even
under the same key.
"""

import hmac
import re
import unicodedata
from typing import Literal, get_args

from provider.errors import N_, Invalid

Context = Literal["notice", "receipt", "settlement"]
CONTEXTS: tuple[Context, ...] = get_args(Context)

PREFIX = "CT1"
VERSION = 1
ID_BYTES = 8
SEAL_BYTES = 10
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_BODY_BITS = (1 + ID_BYTES + SEAL_BYTES) * 8
_BODY_CHARACTERS = -(-_BODY_BITS // 5)
_SPARE_BITS = _BODY_CHARACTERS * 5 - _BODY_BITS
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_LOOK_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_AROUND_A_TOKEN = re.compile(r"[/?&=#:;,|<>\"'()]+")
_BETWEEN_CHARACTERS = re.compile(r"[\s\-\u2010-\u2015\u2212_.\u00ad\u200b\ufeff]+")
_LEAST_TO_BE_A_TRY = 12
_LONGEST_TRY = 500

# What a person types. No vowels and no D, W, Y: the Telex and VNI keyboards of Vietnamese phones turn them into other
# letters (AA -> Â, DD -> Đ, W -> Ư). No 0, 1, I, L, O, S, Z, which look like others. 23 characters, a prime number: one
# check character then finds every single wrong character and every swap of two neighbours.
TYPED_ALPHABET = "23456789BCFGHJKMNPQRTVX"
TYPED_CHARACTERS = 8
_TYPED_VALUE = {character: value for value, character in enumerate(TYPED_ALPHABET)}
_TYPED_LOOK_ALIKE = str.maketrans({"Z": "2", "S": "5"})


class NotASlip(Invalid):
    """What was scanned is something else: a product code, an ID card, a payment code."""

    code = "not_a_slip"
    sentence = N_("Đây không phải mã trên giấy báo lĩnh tiền. Hãy quét lại mã trên giấy báo hoặc tìm theo tên.")


class Forged(Invalid):
    """It looks like our code but its seal does not fit: altered, badly printed, mistyped, or made by somebody else."""

    code = "slip_is_forged"
    sentence = N_(
        "Mã này không do Bưu điện cấp hoặc đã bị sửa. Không chi tiền theo mã này; hãy tìm người nhận theo tên."
    )


class AnotherPaper(Invalid):
    """A genuine code of ours, from another kind of paper: a receipt shown as if it were a slip."""

    code = "another_paper"
    sentence = N_("Mã này thật nhưng ở giấy khác (biên nhận hoặc bảng kê quyết toán), không phải giấy cần quét.")


class MistypedCode(Invalid):
    """The short code does not check: a character is wrong, missing, or two were swapped."""

    code = "short_code_is_mistyped"
    sentence = N_("Mã phiếu gõ chưa đúng. Mã có 8 ký tự in dưới ô vuông, ví dụ XR8V PG8T; hãy xem lại từng ký tự.")


def make(id8: bytes, key: bytes, *, context: Context = "notice") -> str:
    """The token (34 characters) for the paper with this id of 8 bytes, sealed with ``key`` for one ``context``."""
    if len(id8) != ID_BYTES:
        raise ValueError(f"an id has {ID_BYTES} bytes, not {len(id8)}")
    body = bytes([VERSION]) + id8
    return PREFIX + _letters(body + _seal(body, key, context))


def read(text: str, key: bytes, *, context: Context = "notice") -> bytes:
    """The id inside a token that was scanned or typed.

    Lower case, spaces, dashes, look-alike letters and an address around the token are tolerated.
    Raises NotASlip, Forged, or AnotherPaper when the token is genuine but was made for another context.
    """
    number = _number(_token_in(text))
    if number & ((1 << _SPARE_BITS) - 1):
        raise Forged
    raw = (number >> _SPARE_BITS).to_bytes(_BODY_BITS // 8, "big")
    body, seal = raw[: 1 + ID_BYTES], raw[1 + ID_BYTES :]
    if not hmac.compare_digest(seal, _seal(body, key, context)):
        others = (other for other in CONTEXTS if other != context)
        if any(hmac.compare_digest(seal, _seal(body, key, other)) for other in others):
            raise AnotherPaper
        raise Forged
    if body[0] != VERSION:
        raise Forged
    return body[1:]


def short_code(id8: bytes) -> str:
    """The code under the QR, for typing: "XR8V PG8T", 7 characters out of the id and one check character.

    3.4 billion codes: keep them unique where they are looked up (one agency, one month), and draw a new id on a clash.
    """
    number = int.from_bytes(id8, "big")
    values = []
    for _ in range(TYPED_CHARACTERS - 1):
        number, value = divmod(number, len(TYPED_ALPHABET))
        values.append(value)
    values.append(_check(values))
    typed = "".join(TYPED_ALPHABET[value] for value in values)
    return f"{typed[:4]} {typed[4:]}"


def read_short_code(text: str) -> str:
    """A typed short code as it is printed ("XR8V PG8T"); case, spaces and dashes do not matter. Raises MistypedCode."""
    typed = _BETWEEN_CHARACTERS.sub("", unicodedata.normalize("NFKC", text).upper()).translate(_TYPED_LOOK_ALIKE)
    values = [_TYPED_VALUE.get(character, -1) for character in typed]
    if len(values) != TYPED_CHARACTERS or min(values) < 0 or _check(values[:-1]) != values[-1]:
        raise MistypedCode
    return f"{typed[:4]} {typed[4:]}"


def shape_of_short_code(text: str) -> Literal["code", "digits", "no code"]:
    """Whether a text is 8 characters as only a short code has them ("code"), or 8 digits that may be something else."""
    typed = _BETWEEN_CHARACTERS.sub("", unicodedata.normalize("NFKC", text).upper())
    if len(typed) != TYPED_CHARACTERS:
        return "no code"
    if typed.isdigit():
        return "digits"
    return "code" if all(character in _TYPED_VALUE for character in typed.translate(_TYPED_LOOK_ALIKE)) else "no code"


def _seal(body: bytes, key: bytes, context: Context) -> bytes:
    return hmac.digest(key, b"chi-tra/" + context.encode() + b"\x00" + body, "sha256")[:SEAL_BYTES]


def _letters(raw: bytes) -> str:
    number = int.from_bytes(raw, "big") << _SPARE_BITS
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(_BODY_CHARACTERS - 1, -1, -1))


def _number(characters: str) -> int:
    number = 0
    for character in characters:
        number = number << 5 | _VALUE[character]
    return number


def _token_in(text: str) -> str:
    """The 31 characters after the prefix, out of whatever surrounds them."""
    tried = False
    for piece in _AROUND_A_TOKEN.split(unicodedata.normalize("NFKC", text[:_LONGEST_TRY]).upper()):
        plain = _BETWEEN_CHARACTERS.sub("", piece).translate(_LOOK_ALIKE)
        if not plain.startswith(PREFIX):
            continue
        body = plain.removeprefix(PREFIX)
        if len(body) == _BODY_CHARACTERS and all(character in _VALUE for character in body):
            return body
        tried = tried or len(body) >= _LEAST_TO_BE_A_TRY
    raise Forged if tried else NotASlip


def _check(values: list[int]) -> int:
    return sum(place * value for place, value in enumerate(values, start=2)) % len(TYPED_ALPHABET)
