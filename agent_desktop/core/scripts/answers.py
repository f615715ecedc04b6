"""Answers to a script's questions: from what was typed to a value, and back to words. No Qt: it runs in the child.

What is wrong comes as a name with its detail ("too_long 500"); ``words`` says it.
"""

import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from agent_desktop import numbers
from agent_desktop.core.figures import plain_text
from agent_desktop.core.scripts.model import (
    ChoiceQuestion,
    DateQuestion,
    EmailQuestion,
    MoneyQuestion,
    NumberQuestion,
    PhoneQuestion,
    Question,
    TextQuestion,
    Value,
    YesNoQuestion,
    said,
)

MAX_TYPED = 4_000
_EMAIL = re.compile(r"[^\s@<>,;\"]{1,64}@[^\s@<>,;\".]+(\.[^\s@<>,;\".]+)+")
_FROM_TODAY = re.compile(r"today(?:([+-])(\d{1,5}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./ ](\d{1,2})[./ ](\d{4})")


class NotTaken(Exception):
    """What was typed is no answer; ``trouble`` is the name of why, and its detail."""

    def __init__(self, trouble: str, detail: object = ""):
        self.trouble = f"{trouble} {detail}".strip()
        super().__init__(self.trouble)


def kind(question: Question) -> str:
    """The name of the type as it stands in the file."""
    return str(question.__struct_config__.tag)


def read(question: Question, typed: str, region: str, today: date) -> Value:
    """The value of an answer; None for none. A text's pattern is not matched here. Raises NotTaken."""
    text = "".join(sign for sign in typed if sign.isprintable() or sign == "\n").strip()
    if not text:
        return None
    if len(text) > MAX_TYPED:
        raise NotTaken("too_long", MAX_TYPED)
    match question:
        case ChoiceQuestion():
            return _choice(question, text)
        case YesNoQuestion():
            if text in ("yes", "no"):
                return text == "yes"
            raise NotTaken("not_offered")
        case TextQuestion():
            return _text(question, text)
        case NumberQuestion():
            return _number(question, text)
        case MoneyQuestion():
            return _money(question, text)
        case DateQuestion():
            return _date(question, text, today)
        case PhoneQuestion():
            return _phone(text, region)
        case EmailQuestion():
            if not _EMAIL.fullmatch(text) or len(text) > 254:
                raise NotTaken("not_an_address")
            return text


def typed_again(question: Question, value: Value) -> str:
    """A kept answer as it would be typed; ``read`` of it gives the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and isinstance(question, NumberQuestion):
        return f"{Decimal(repr(value)):f}"
    return str(value)


def in_words(question: Question, value: Value, language: str) -> str:
    """A kept answer as a person reads it; yes and no stay names, for ``words`` to say."""
    if isinstance(question, ChoiceQuestion):
        return next((said(each.label, language) for each in question.options if each.value == value), str(value))
    text = typed_again(question, value)
    if isinstance(question, MoneyQuestion):
        return f"{text} {question.currency}"
    if isinstance(question, NumberQuestion) and question.unit:
        return f"{text} {said(question.unit, language)}"
    return text


def for_templates(question: Question, value: Value) -> Any:
    """A kept answer as conditions reckon with it: days as dates, money as Decimal."""
    if isinstance(value, str) and isinstance(question, DateQuestion):
        return date.fromisoformat(value)
    if isinstance(value, str) and isinstance(question, MoneyQuestion):
        return Decimal(value)
    return value


def day(text: str, today: date) -> date | None:
    """The day of "2026-11-22", "today" or "today-30"; None for anything else."""
    counted = _FROM_TODAY.fullmatch(text)
    try:
        if counted is not None:
            days = int(counted[2] or 0)
            return today + timedelta(days=-days if counted[1] == "-" else days)
        return date.fromisoformat(text)
    except (ValueError, OverflowError):
        return None


def _choice(question: ChoiceQuestion, text: str) -> Value:
    if any(option.value == text for option in question.options):
        return text
    raise NotTaken("not_offered")


def _text(question: TextQuestion, text: str) -> Value:
    if len(text) < question.min_length:
        raise NotTaken("too_short", question.min_length)
    if len(text) > question.max_length:
        raise NotTaken("too_long", question.max_length)
    return text if question.several_lines else " ".join(text.split())


def _decimal(text: str) -> Decimal:
    """Digits with a point or a comma before the decimals; whichever comes last is that one."""
    bare = re.sub(r"[\s'\u00a0\u202f]", "", text).replace("\u2212", "-")
    point = max(bare.rfind("."), bare.rfind(","))
    if point >= 0 and re.search(r"[.,]", bare[:point]):
        whole = re.sub(r"[.,]", "", bare[:point])
        bare = f"{whole}.{bare[point + 1 :]}" if bare[point] not in bare[:point] else whole + bare[point + 1 :]
    else:
        bare = bare.replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,18}(\.\d{1,9})?", bare, re.ASCII):
        raise NotTaken("not_a_number")
    try:
        return Decimal(bare)
    except InvalidOperation as error:
        raise NotTaken("not_a_number") from error


def _within(value: Decimal, minimum: float | None, maximum: float | None) -> None:
    if minimum is not None and value < Decimal(repr(minimum)):
        raise NotTaken("too_small", plain_text(minimum, 9))
    if maximum is not None and value > Decimal(repr(maximum)):
        raise NotTaken("too_large", plain_text(maximum, 9))


def _number(question: NumberQuestion, text: str) -> Value:
    value = _decimal(text)
    if question.whole and value != value.to_integral_value():
        raise NotTaken("not_whole")
    _within(value, question.minimum, question.maximum)
    return int(value) if value == value.to_integral_value() else float(value)


def _money(question: MoneyQuestion, text: str) -> Value:
    value = _decimal(text.replace(question.currency, ""))
    if value != round(value, 2):
        raise NotTaken("too_fine")
    _within(value, question.minimum, question.maximum)
    return f"{value:.2f}"


def _date(question: DateQuestion, text: str, today: date) -> Value:
    found = _DAY_FIRST.fullmatch(text)
    value = day(f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text, today)
    if value is None:
        raise NotTaken("not_a_day")
    earliest, latest = day(question.earliest, today), day(question.latest, today)
    if earliest is not None and value < earliest:
        raise NotTaken("too_early", earliest)
    if latest is not None and value > latest:
        raise NotTaken("too_late", latest)
    return value.isoformat()


def _phone(text: str, region: str) -> Value:
    number = numbers.parse(text, region)
    if number.e164 is None or not numbers.is_valid(number.e164):
        raise NotTaken("not_a_phone_number")
    return number.e164
