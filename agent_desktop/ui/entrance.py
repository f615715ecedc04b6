"""What comes before the main window: the first start, and signing in to the centre's database."""

import contextlib
from collections.abc import Callable, Iterator

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from agent_desktop import secrets, tasks
from agent_desktop import settings as settings_file
from agent_desktop.core import sign_in
from agent_desktop.core.sign_in import SignIn
from agent_desktop.data import local_key
from agent_desktop.data.centre_rows import Admission
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.paths import Profile
from agent_desktop.server_address import ServerAddress
from agent_desktop.settings import Settings
from agent_desktop.ui import theme
from agent_desktop.ui.first_answer import FirstRun
from agent_desktop.ui.first_run import FirstRunPage
from agent_desktop.ui.key_card import KeyCard
from agent_desktop.ui.layouts import column, row
from agent_desktop.ui.sign_in_card import SignInCard
from agent_desktop.ui.sign_in_words import why_not
from agent_desktop.ui.theme import restyle


class SignedIn(msgspec.Struct, frozen=True):
    """Who signs in where. ``admission`` is None when the work begins while the server is away."""

    address: ServerAddress
    password: str
    admission: Admission | None

    def __repr__(self) -> str:
        return f"SignedIn({self.address!r}, {self.admission!r})"


def first_run(
    application: QApplication, settings: Settings, address: ServerAddress | None = None
) -> tuple[FirstRun, Admission | None] | None:
    """Ask what this computer is to be, who works here and how calls come; None when the window was closed.

    An answer with a server is one that the server has taken.
    """
    theme.apply(application, settings.look.mode, settings.look.text_size)
    page = FirstRunPage(settings, address)
    answers: list[tuple[FirstRun, Admission | None]] = []
    with _lanes() as lanes:
        door = SignIn(lanes)
        asked: list[FirstRun] = []

        def finished(answer: FirstRun) -> None:
            if answer.address is None:
                answers.append((answer, None))
                page.close()
                return
            asked[:] = [answer]
            page.set_busy(True)
            door.begin(answer.address, answer.database_password)

        def admitted(admission: Admission) -> None:
            answers.append((_as_known_there(asked[0], admission), admission))
            page.close()

        def refused(trouble: DatabaseTrouble) -> None:
            assert asked[0].address is not None
            page.set_trouble(*why_not(trouble, asked[0].address))

        page.finished.connect(finished)
        page.cancelled.connect(door.cancel)
        door.admitted.connect(admitted)
        door.refused.connect(refused)
        room = application.primaryScreen().availableGeometry()
        page.resize(min(900, room.width() - 8), min(860, room.height() - 40))  # with its title and border
        _show_until_closed(application, page, page.focus_first)
        door.cancel()
    return answers[0] if answers else None


def _as_known_there(answer: FirstRun, admission: Admission) -> FirstRun:
    """The server says what somebody is called, and how its numbers are read."""
    settings, name = answer.settings, admission.agent.name
    phone = msgspec.structs.replace(settings.phone, display_name=name)
    numbers = msgspec.structs.replace(settings.numbers, region=admission.region)
    return replace(answer, name=name, settings=msgspec.structs.replace(settings, phone=phone, numbers=numbers))


def ask_to_sign_in(
    application: QApplication, profile: Profile, settings: Settings, address: ServerAddress, *, chosen_here: bool = True
) -> SignedIn | None:
    """Sign in before the main window opens; None when the window was closed.

    ``chosen_here``: the server stands in the settings, where another one can take its place.
    """
    theme.apply(application, settings.look.mode, settings.look.text_size)
    answers: list[SignedIn] = []
    card = SignInCard(address, other_server=chosen_here)
    card.set_remark(remark(sign_in.others_waiting(profile, address)))
    page = _alone(card)
    with _lanes() as lanes:
        door = SignIn(lanes)

        def answered(signed_in: SignedIn) -> None:
            answers.append(signed_in)
            page.close()

        card.offline_wanted.connect(lambda where, password: answered(SignedIn(where, password, None)))
        card.dismissed.connect(page.close)
        attend(card, door, answered, lambda where: sign_in.been_here(profile, where))
        _show_until_closed(application, page, card.focus_first)
        door.cancel()
    return answers[0] if answers else None


def ask_for_the_key(
    application: QApplication, profile: Profile, settings: Settings, asking: local_key.Asking
) -> local_key.Answer | None:
    """Wait for a keyring that holds the key of this computer's files, or begin without; None when the window closed."""
    theme.apply(application, settings.look.mode, settings.look.text_size)
    answers: list[local_key.Answer] = []
    card = KeyCard(asking, lambda: local_key.Asking(profile.root))
    page = _alone(card)

    def answered(answer: local_key.Answer) -> None:
        answers.append(answer)
        page.close()

    card.answered.connect(answered)
    card.dismissed.connect(page.close)
    _show_until_closed(application, page, card.focus_first)
    return answers[0] if answers else None


def attend(
    card: SignInCard, door: SignIn, then: Callable[[SignedIn], None], may_begin_without: Callable[[ServerAddress], bool]
) -> None:
    """What is typed into ``card`` is tried at ``door``; ``then`` when it was right."""
    tried: list[tuple[ServerAddress, str]] = []

    def wanted(address: ServerAddress, password: str) -> None:
        tried[:] = [(address, password)]
        card.set_busy()
        door.begin(address, password)

    def refused(trouble: DatabaseTrouble) -> None:
        address = tried[0][0]
        away = trouble.kind is Trouble.UNREACHABLE
        card.set_trouble(*why_not(trouble, address), offline=away and may_begin_without(address))

    card.wanted.connect(wanted)
    card.cancelled.connect(door.cancel)
    door.admitted.connect(lambda admission: then(SignedIn(*tried[0], admission)))
    door.refused.connect(refused)


def remark(others: tuple[tuple[str, int], ...] = ()) -> str:
    """What is to be known before a password is typed."""
    lines = []
    if not secrets.available()[0]:
        lines.append(_tr("There is no keyring here: the password is kept until the program ends."))
    for login, count in others:
        lines.append(_tr("Waiting on this computer until {0} signs in: {1}.").format(login, count))
    return "\n".join(lines)


def kept(profile: Profile, settings: Settings, signed_in: SignedIn, *, chosen_here: bool = True) -> Settings:
    """Remember the password as well as this computer can, and in the settings who it was. Raises OSError.

    Settings that name no server (it was said on the command line) go on naming none.
    """
    address = replace(signed_in.address, password="")
    if signed_in.password:
        with contextlib.suppress(secrets.NoKeyring):  # the card said so
            secrets.write(address.secret_name, signed_in.password)
    work = msgspec.structs.replace(settings.work, agent_login=address.login)
    settings = msgspec.structs.replace(settings, work=work)
    if chosen_here:
        database = msgspec.structs.replace(settings.database, url=address.url)
        settings = msgspec.structs.replace(settings, database=database)
    settings_file.save(profile.settings_file, settings)
    return settings


# --------------------------------------------------------------------- windows


def _alone(card: QFrame) -> QWidget:
    """The card in the middle of a window of its own."""
    page = QWidget()
    page.setLayout(column(None, row(None, card, None), None, margins=24))
    card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    restyle(card, card=True)
    page.resize(theme.px(640), theme.px(600))
    return page


def _show_until_closed(application: QApplication, page: QWidget, opened: Callable[[], None] | None = None) -> None:
    loop = QEventLoop()
    page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    page.setWindowTitle("Agent Desktop")
    page.destroyed.connect(loop.quit)
    page.show()
    if opened is not None:
        opened()
    application.setQuitOnLastWindowClosed(False)
    loop.exec()
    application.setQuitOnLastWindowClosed(True)


@contextlib.contextmanager
def _lanes() -> Iterator[tasks.Tasks]:
    lanes = tasks.Tasks()
    try:
        yield lanes
    finally:
        lanes.stop()


def _tr(text: str) -> str:
    return QCoreApplication.translate("SignIn", text)
