"""What can be wrong with a script."""

from enum import StrEnum

import msgspec


class Wrong(StrEnum):
    """Kinds of findings; the first ones forbid publishing."""

    TWICE = "twice"  # two steps of one name, two questions of one name, two equal options
    BAD_NAME = "bad_name"
    NO_SUCH_STEP = "no_such_step"
    NO_SUCH_SCRIPT = "no_such_script"
    CIRCLE_OF_SCRIPTS = "circle_of_scripts"
    CIRCLE = "circle"  # steps that lead round and round without anything to answer
    REFUSED = "refused"  # a template that is not let through, a pattern, a day that cannot be read
    UNKNOWN_FIELD = "unknown_field"
    MISSING = "missing"  # a field of an action without which nothing can be done
    DEAD_END = "dead_end"  # a step from which no end is reached, an answer that leads nowhere
    UNREACHABLE = "unreachable"
    MAY_STOP = "may_stop"  # all ways on have conditions
    NO_TRANSLATION = "no_translation"


FORBID = frozenset(tuple(Wrong)[:9])


class Finding(msgspec.Struct, frozen=True):
    """``step`` is empty for the whole script; ``field`` as in the file ("ask.options.2.label")."""

    kind: Wrong
    step: str = ""
    field: str = ""
    detail: str = ""

    @property
    def forbids(self) -> bool:
        """Whether a script with it cannot be published."""
        return self.kind in FORBID
