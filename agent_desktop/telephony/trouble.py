"""What the phone engine can have to say to the agent, each by a name: whoever shows it has the words.

``detail`` is a name, a number, or what another program said in its own words.
"""

from enum import StrEnum


class Trouble(StrEnum):
    """Of commands, calls, sound and the engine itself; {detail} is said by those that have one."""

    # of a command
    NOT_READY = "not_ready"
    CALL_ENDED = "call_ended"
    CALL_NOT_ANSWERED = "call_not_answered"
    CALL_HAS_BEGUN = "call_has_begun"
    TOO_MANY_CALLS = "too_many_calls"  # how many there are
    NOT_RINGING = "not_ringing"
    CANNOT_REJECT = "cannot_reject"
    CANNOT_REDIRECT = "cannot_redirect"
    NO_TONES = "no_tones"
    NO_HEADER_NAME = "no_header_name"  # what it was
    NOT_DURING_CALLS = "not_during_calls"
    TRANSFER_TO_ITSELF = "transfer_to_itself"
    TRANSFER_TOO_EARLY = "transfer_too_early"
    RECORD_ORDER = "record_order"
    RECORD_NOT_ANSWERED = "record_not_answered"
    RECORD_RUNS = "record_runs"
    RECORD_KEY = "record_key"
    RECORD_NOT_RUNNING = "record_not_running"
    SOUND_IN_USE = "sound_in_use"
    SOUND_NOT_THERE = "sound_not_there"
    SOUND_NO_RING = "sound_no_ring"
    BAD_TARGET = "bad_target"
    NO_PROVIDER = "no_provider"
    NO_SUCH_ACCOUNT = "no_such_account"  # its name
    TLS_CLOSED = "tls_closed"  # why, in the library's words
    CA_FILE_UNREADABLE = "ca_file_unreadable"  # which
    NO_AUTHORITIES = "no_authorities"
    LIBRARY = "library"  # what the SIP library says
    UNEXPECTED = "unexpected"
    # of a call
    HOLD_REFUSED = "hold_refused"
    RESUME_REFUSED = "resume_refused"
    # of the start
    PORT_TAKEN = "port_taken"  # which, and why
    TOO_MANY_SERVERS = "too_many_servers"  # how many there may be
    # of sound
    SOUND_SLOW = "sound_slow"
    SOUND_SILENT = "sound_silent"
    SOUND_GONE = "sound_gone"
    SOUND_INTERRUPTED = "sound_interrupted"
    SOUND_FAILS = "sound_fails"  # what the sound system says
    SOUND_MISSING = "sound_missing"  # the device
    SOUND_NO_DEVICE = "sound_no_device"
    SOUND_NO_LIBRARY = "sound_no_library"
    SOUND_NOTHING_HEARD = "sound_nothing_heard"
    SOUND_NOTHING_PLAYED = "sound_nothing_played"
    # of sound that works again
    SOUND_WORKS = "sound_works"
    SOUND_ANSWERS = "sound_answers"
    SOUND_DEVICE_BACK = "sound_device_back"  # the device
    # of the engine's process
    ENGINE_ENDED = "engine_ended"  # how
    ENGINE_CLOSED = "engine_closed"
    ENGINE_SILENT = "engine_silent"
    ENGINE_OTHER_VERSION = "engine_other_version"
    ENGINE_NOT_FOUND = "engine_not_found"
    ENGINE_CANNOT_START = "engine_cannot_start"  # why
    ENGINE_UNREADABLE = "engine_unreadable"  # what was wrong


class PhoneError(Exception):
    """Something that the agent is told."""

    def __init__(self, trouble: Trouble, detail: str = ""):
        super().__init__(f"{trouble.value}: {detail}" if detail else trouble.value)
        self.trouble = trouble
        self.detail = detail
