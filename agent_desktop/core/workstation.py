"""What a workstation is made of below its window, built top to bottom."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLockFile

from agent_desktop import paths, secrets, server_address, tasks
from agent_desktop import settings as settings_file
from agent_desktop.core.alarm_watch import AlarmWatch
from agent_desktop.core.erasures import Erasures
from agent_desktop.core.feed_health import FeedHealth
from agent_desktop.core.first_look import FirstLook
from agent_desktop.core.home import Home
from agent_desktop.core.identity_desk import IdentityDesk
from agent_desktop.core.ivr_handover import IvrHandovers
from agent_desktop.core.live import Live
from agent_desktop.core.monitoring import Monitoring
from agent_desktop.core.orders import obey
from agent_desktop.core.recordings import Recordings
from agent_desktop.core.scripts.desk import ScriptDesk
from agent_desktop.core.session import Session
from agent_desktop.core.store import Store
from agent_desktop.core.supervision import Supervision
from agent_desktop.core.target_book import TargetBook
from agent_desktop.core.viewings import Viewings
from agent_desktop.core.work_list import WorkList
from agent_desktop.data.cache import Cache
from agent_desktop.data.ivr_rows import Menu
from agent_desktop.data.journal import Journal
from agent_desktop.paths import Profile
from agent_desktop.server_address import ServerAddress
from agent_desktop.settings import Settings
from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone

PhoneAccount = settings_file.Phone | settings_file.Account


class AlreadyRunning(Exception):
    """Another window has this profile open."""


@dataclass
class Core:
    """What works without a window; one per process."""

    profile: Profile
    settings: Settings
    lock: QLockFile
    address: ServerAddress | None  # of the server; None for a file
    tasks: tasks.Tasks
    journal: Journal
    store: Store
    phone: Phone
    recordings: Recordings
    session: Session
    live: Live
    home: Home
    work: WorkList
    targets: TargetBook
    viewings: Viewings
    erasures: Erasures
    alarms: AlarmWatch
    feed: FeedHealth
    supervision: Supervision
    monitoring: Monitoring
    handovers: IvrHandovers
    scripts: ScriptDesk
    identity: IdentityDesk
    first_look: FirstLook
    signed_out: bool = False  # the window closes for somebody else to sign in

    def start(self) -> None:
        """Start the phone and open the database in the background."""
        self.start_phone()
        self.open()

    def start_phone(self) -> None:
        """What callers wait for. ``open`` has to follow."""
        self.recordings.start(self.session.book)
        self.session.start(configuration(self.settings))

    def open(self) -> None:
        """Open the database in the background."""
        self.store.start()
        self.scripts.start()

    def hand_over(self, target: str, amount: str, currency: str) -> str:
        """Hand the caller to a menu, as a script wants it; why not, in words, or nothing."""
        if target == Menu.PAYMENT.value:
            return self.handovers.pay(amount, currency)
        if target == Menu.SURVEY.value:
            return self.handovers.set_survey(True)
        return QCoreApplication.translate("scripts", "The PBX has no menu “{0}”.").format(target)

    def stop(self, *, keep_calls: bool = False) -> None:
        """Sign out, send what can be sent, end the threads; what could not be sent stays in the journal."""
        self.session.stop(keep_calls=keep_calls)
        self.recordings.stop()
        self.scripts.stop()
        self.viewings.say()
        self.store.flush()
        self.store.stop()
        self.tasks.stop()
        self.store.close()
        self.journal.close()
        self.lock.unlock()


def build_core(profile: Profile, settings: Settings, database: str | None = None, *, create: bool = True) -> Core:
    """Put the parts together; nothing runs yet. Raises AlreadyRunning, DatabaseTrouble (no journal can be kept)."""
    profile.make()
    lock = QLockFile(str(profile.root / "desktop.lock"))
    lock.setStaleLockTime(0)
    if not lock.tryLock(100):
        raise AlreadyRunning
    where = database or settings.database.url or profile.database_file
    address = server_address.parse(where)
    lanes = tasks.Tasks()
    journal = Journal(profile.journal_of(address.owner if address is not None else ""), own=True)
    cache = Cache(profile.cache_of(address.owner)) if address is not None and address.owner else None
    # A path that somebody chose and where nothing is may be a slip: only the profile's own file is made by itself.
    own = create and where == profile.database_file
    store = Store(where, journal, lanes, create=own, password=lambda: database_password(address), cache=cache)
    store.read_from_standbys = settings.database.read_from_standbys
    phone = Phone(profile.engine_dir)
    recordings = Recordings(phone, store, lanes, profile.spool_dir, settings.recording)  # hears the phone first
    session = Session(phone, store, settings, lanes)
    live = Live(store)
    home = Home(store, live.board)
    work = WorkList(store, session.outgoing.dial)
    targets = TargetBook(session, live)
    erasures = Erasures(profile, store, recordings, lanes)
    supervision = Supervision(store)
    monitoring = Monitoring(session.calls, supervision)
    below = (lanes, journal, store, phone, recordings, session, live, home, work, targets, Viewings(store), erasures)
    handovers = IvrHandovers(session.calls, recordings, supervision, store)
    feed = FeedHealth(store, live)
    above = (AlarmWatch(live, settings.board, feed), feed, supervision, monitoring, handovers)
    look = FirstLook(session, live, home, work, lanes)
    core = Core(profile, settings, lock, address, *below, *above, ScriptDesk(session), IdentityDesk(session), look)
    _wire(core)
    return core


def _wire(core: Core) -> None:
    session = core.session

    def take_centre(centre: object) -> None:
        core.live.set_centre(session.centre)
        core.home.set_agent(session.agent)
        core.work.agent_id = core.viewings.agent_id = session.agent.id if session.agent is not None else None
        core.supervision.set_agent(core.work.agent_id)
        core.work.load()
        core.recordings.tell()

    session.centre_changed.connect(take_centre)
    core.supervision.ordered.connect(lambda order: obey(session, order))
    core.monitoring.changed.connect(lambda view: session.set_monitoring(view is not None))
    session.calls.over.connect(core.work.call_over)
    session.pop_painted.connect(core.viewings.popped)
    core.live.fed.connect(core.home.board_fed)
    core.live.counted.connect(core.home.day_counted)
    core.live.stale.connect(core.home.set_stale)
    core.work.notice.connect(session.notice)
    core.recordings.notice.connect(session.notice)
    core.handovers.notice.connect(session.notice)
    core.scripts.notice.connect(session.notice)
    core.scripts.actions.hand_over = core.hand_over
    core.scripts.worked_off = core.work.worked_off
    session.calls.changed.connect(core.recordings.tell)
    core.store.opened.connect(core.home.load)
    take_centre(session.centre)


def database_password(address: ServerAddress | None) -> str:
    """What the keyring or this session knows for the login; empty for a file, and where another way in is set up."""
    if address is None or address.password:
        return ""
    return secrets.read(address.secret_name) or ""


def configuration(settings: Settings) -> messages.Configure:
    """What the engine is told, from the settings; the passwords come from the keyring."""
    phone = settings.phone
    accounts = [_sip_account(account) for account in phone_accounts(phone)]
    return messages.Configure(
        listen_host=phone.listen_host,
        listen_port=phone.listen_port,
        account=accounts[0] if accounts else None,
        more_accounts=tuple(accounts[1:]),
        ca_file=phone.ca_file,
        qualify_s=float(phone.qualify_s),
        user=phone.user,
        audio="device" if phone.sound else "null",
        speaker=phone.speaker,
        microphone=phone.microphone,
        ring_device=phone.ring_device,
        ring_on_speaker=phone.ring_on_speaker,
        ring_file=str(paths.resource("sounds", "ring.wav")),
    )


def phone_accounts(phone: settings_file.Phone) -> tuple[PhoneAccount, ...]:
    """The accounts in use, the first first; none in direct mode."""
    if phone.mode != "account" or not phone.domain:
        return ()
    return (phone, *phone.more_accounts)


def unknown_passwords(phone: settings_file.Phone) -> tuple[PhoneAccount, ...]:
    """The accounts whose password neither the keyring nor this session knows."""
    return tuple(account for account in phone_accounts(phone) if not secrets.read(password_name(account)))


def password_name(account: PhoneAccount) -> str:
    """Under which name the keyring holds an account's password."""
    return f"sip:{account.user}@{account.domain}"


def _sip_account(account: PhoneAccount) -> messages.SipAccount:
    return messages.SipAccount(
        user=account.user,
        domain=account.domain,
        password=secrets.read(password_name(account)) or "",
        display_name=account.display_name,
        auth_user=account.auth_user,
        transport=account.transport,
        servers=account.servers,
        proxy=account.proxy,
        srtp=account.srtp,
    )
