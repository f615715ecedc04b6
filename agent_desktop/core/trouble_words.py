"""What the phone engine has to say, in words for the agent."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.telephony.trouble import Trouble


def say(trouble: str, detail: str = "") -> str:
    """A sentence; empty for no trouble. One that is not known, of another version, is said by its name."""
    if not trouble:
        return ""
    for words in (_of_commands, _of_calls, _of_sound, _of_the_engine):
        found = words().get(trouble)
        if found is not None:
            return found.format(detail)
    return f"{trouble} {detail}".strip()


def _of_commands() -> dict[str, str]:
    return {
        Trouble.NOT_READY: _tr("The phone is not ready."),
        Trouble.NOT_DURING_CALLS: _tr("The phone account and its port can only change between calls."),
        Trouble.RECORD_ORDER: _tr("This phone engine cannot do that with a recording."),
        Trouble.RECORD_NOT_ANSWERED: _tr("Only a call that was answered can be recorded."),
        Trouble.RECORD_RUNS: _tr("This call is being recorded already."),
        Trouble.RECORD_KEY: _tr("The key for recordings in the settings is not an age public key."),
        Trouble.RECORD_NOT_RUNNING: _tr("This call is not being recorded."),
        Trouble.SOUND_IN_USE: _tr("The sound can only be tried between calls."),
        Trouble.SOUND_NOT_THERE: _tr("There is no sound to try: no device was found."),
        Trouble.SOUND_NO_RING: _tr("Calls come in silence: no ring was chosen."),
        Trouble.LIBRARY: _tr("The phone could not do this: {0}"),
        Trouble.UNEXPECTED: _tr("The phone engine could not do this."),
    }


def _of_calls() -> dict[str, str]:
    return {
        Trouble.CALL_ENDED: _tr("This call has ended."),
        Trouble.CALL_NOT_ANSWERED: _tr("The call has not been answered."),
        Trouble.CALL_HAS_BEGUN: _tr("This call has already begun."),
        Trouble.TOO_MANY_CALLS: _tr("There are already {0} calls."),
        Trouble.NOT_RINGING: _tr("The call is not ringing."),
        Trouble.CANNOT_REJECT: _tr("The call cannot be rejected."),
        Trouble.CANNOT_REDIRECT: _tr("Only a ringing call can be redirected."),
        Trouble.NO_TONES: _tr("Only 0-9, *, # and A-D can be sent as tones."),
        Trouble.NO_HEADER_NAME: _tr("This is no header name: {0}"),
        Trouble.TRANSFER_TO_ITSELF: _tr("A call cannot be transferred to itself."),
        Trouble.TRANSFER_TOO_EARLY: _tr("The other call has only just been answered: try again."),
        Trouble.BAD_TARGET: _tr("This is not a number or address that can be called."),
        Trouble.NO_PROVIDER: _tr(
            "Without a phone account a number has no provider: dial an address such as 100@pbx.example."
        ),
        Trouble.NO_SUCH_ACCOUNT: _tr("There is no phone account {0}."),
        Trouble.TLS_CLOSED: _tr("TLS cannot be opened: {0}"),
        Trouble.CA_FILE_UNREADABLE: _tr("The file of trusted authorities cannot be read: {0}"),
        Trouble.NO_AUTHORITIES: _tr("This computer has no list of certificate authorities: install ca-certificates."),
        Trouble.HOLD_REFUSED: _tr(
            "The other side did not agree to be held: it hears silence, and you do not hear it until you resume."
        ),
        Trouble.RESUME_REFUSED: _tr("The other side did not agree to be taken off hold: try again."),
    }


def _of_sound() -> dict[str, str]:
    return {
        Trouble.SOUND_SLOW: _tr("The sound devices do not answer: calls work, but without sound for now."),
        Trouble.SOUND_SILENT: _tr("The sound system does not answer: calls go on without sound until it does."),
        Trouble.SOUND_GONE: _tr("The sound system has gone: calls go on without sound until it is back."),
        Trouble.SOUND_INTERRUPTED: _tr("The sound was interrupted."),
        Trouble.SOUND_FAILS: _tr("The sound device does not work: {0}"),
        Trouble.SOUND_MISSING: _tr("{0} is not connected: the system's choice is used until it is back."),
        Trouble.SOUND_NO_DEVICE: _tr("No sound device was found: calls work, but without sound."),
        Trouble.SOUND_NO_LIBRARY: _tr("The sound library (PortAudio) is missing: calls work, but without sound."),
        Trouble.SOUND_NOTHING_HEARD: _tr(
            "Nothing was heard from the microphone: is it muted, or is another one chosen?"
        ),
        Trouble.SOUND_NOTHING_PLAYED: _tr("The speaker takes no sound."),
        Trouble.SOUND_WORKS: _tr("Sound works now."),
        Trouble.SOUND_ANSWERS: _tr("The sound system answers again."),
        Trouble.SOUND_DEVICE_BACK: _tr("{0} is back and is used again."),
    }


def _of_the_engine() -> dict[str, str]:
    return {
        Trouble.PORT_TAKEN: _tr("No port can be opened for calls: {0}"),
        Trouble.TOO_MANY_SERVERS: _tr("At most {0} servers of all phone accounts together can be used."),
        Trouble.ENGINE_ENDED: _tr("The phone engine stopped ({0})."),
        Trouble.ENGINE_CLOSED: _tr("The phone engine closed its connection."),
        Trouble.ENGINE_SILENT: _tr("The phone engine does not answer."),
        Trouble.ENGINE_OTHER_VERSION: _tr(
            "A phone engine of another version is still running. It ends after its last call."
        ),
        Trouble.ENGINE_NOT_FOUND: _tr("The phone engine does not start."),
        Trouble.ENGINE_CANNOT_START: _tr("The phone engine cannot be started: {0}"),
        Trouble.ENGINE_UNREADABLE: _tr("The phone engine said something unreadable: {0}"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("trouble", text)
