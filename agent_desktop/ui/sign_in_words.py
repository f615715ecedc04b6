"""Why somebody was not signed in, and what to do: said to whoever sits there and has done nothing yet."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.server_address import ServerAddress

_NO_SUCH_HOST = ("resolve host", "translate host name")


def why_not(trouble: DatabaseTrouble, address: ServerAddress) -> tuple[str, str]:
    """What is wrong, and what helps."""
    host, database, login = address.shown_host, address.database, address.login
    if trouble.kind is Trouble.EXPIRED:
        return trouble.text, _tr("Ask your administrator.")  # switched off or run out: it says which
    if trouble.kind is Trouble.STRANGER and trouble.detail == "a service's login":
        return trouble.text, trouble.advice
    if trouble.kind is Trouble.UNREACHABLE and any(words in trouble.detail for words in _NO_SUCH_HOST):
        return _tr("There is no server called {0}.").format(host), _tr("Check how it is written, and the network.")
    words = {
        Trouble.WRONG_PASSWORD: (
            _tr("Login and password do not belong together."),
            _tr("Type them again; mind capital letters. If both are right, the password was changed or has run out: "
                "ask your administrator."),
        ),
        Trouble.CERTIFICATE: (
            _tr("{0} could not prove that it is your centre’s server.").format(host),
            _tr("Your password was not sent. Tell your administrator: its certificate is wrong, or this computer "
                "does not know who issued it."),
        ),
        Trouble.STRANGER: (
            _tr("“{0}” may not use the database “{1}”.").format(login, database),
            _tr("Ask your administrator to add you."),
        ),
        Trouble.FORBIDDEN: (
            _tr("The server keeps “{0}” from what this program needs.").format(login),
            _tr("Ask your administrator to put the rights in order (“db upgrade”)."),
        ),
        Trouble.MISSING: (
            _tr("There is no centre in the database “{0}” on {1}.").format(database, host),
            _tr("Check the name of the database; your administrator knows it."),
        ),
        Trouble.UNREACHABLE: (
            _tr("{0} does not answer.").format(host),
            _tr("Check the network and the name of the server."),
        ),
        Trouble.OLDER_SCHEMA: (
            _tr("The database is older than this program."),
            _tr("Ask your administrator to bring it up to date (“db upgrade”)."),
        ),
        Trouble.NEWER_SCHEMA: (
            _tr("The database is newer than this program."),
            _tr("This program has to be updated on this computer."),
        ),
    }  # fmt: skip
    return words.get(trouble.kind, (trouble.text, trouble.advice))


def _tr(text: str) -> str:
    return QCoreApplication.translate("SignIn", text)
