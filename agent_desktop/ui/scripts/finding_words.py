"""What the checks of a script found, in words."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.core.scripts.findings import Finding, Wrong


def _tr(text: str) -> str:
    return QCoreApplication.translate("FindingWords", text)


def say(finding: Finding) -> str:
    """One sentence; the detail is a name out of the script."""
    words = {
        Wrong.TWICE: _tr("The name {0} stands twice."),
        Wrong.BAD_NAME: _tr("{0} is no name that can be used."),
        Wrong.NO_SUCH_STEP: _tr("It leads to {0}, and no step is called so."),
        Wrong.NO_SUCH_SCRIPT: _tr("It runs {0}, and no script is called so."),
        Wrong.CIRCLE_OF_SCRIPTS: _tr("The script runs itself."),
        Wrong.CIRCLE: _tr("It leads round in a circle without a question."),
        Wrong.REFUSED: _tr("This is not let through: {0}"),
        Wrong.UNKNOWN_FIELD: _tr("{0} is not known here."),
        Wrong.MISSING: "",
        Wrong.DEAD_END: _tr("Nothing leads on to an end ({0})."),
        Wrong.UNREACHABLE: _tr("No way leads here."),
        Wrong.MAY_STOP: _tr("All its ways have conditions: it may stop here."),
        Wrong.NO_TRANSLATION: _tr("A text is not translated: {0}"),
    }
    if finding.kind is Wrong.MISSING:
        fields = {"subject": _tr("Subject"), "disposition": _tr("Result"), "url": _tr("Address")}
        return _tr("An action lacks its field “{0}”.").format(fields.get(finding.detail, finding.detail))
    if finding.kind is Wrong.DEAD_END and not finding.detail:
        return _tr("Nothing leads on to an end.")
    return words[finding.kind].format(finding.detail)
