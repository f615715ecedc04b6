"""The demo company: the same customers, histories and day every time it is asked for with the same arguments."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import text

from agent_desktop import clock
from agent_desktop.data import customers, recount, site, sqlite_triggers
from agent_desktop.data.bulk import create_indexes, drop_indexes
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.seed_day import make_day
from agent_desktop.data.seed_history import make_history, make_marta
from agent_desktop.data.seed_identity import make_identity
from agent_desktop.data.seed_knowledge import make_knowledge
from agent_desktop.data.seed_past import make_past_day
from agent_desktop.data.seed_scripts import make_scripts
from agent_desktop.data.seed_shifts import make_shifts
from agent_desktop.data.seed_world import DAY_US, Progress, World, make_customers, make_people, new_world

CONTACTS_PER_CUSTOMER = 10
_MANY = 20_000  # customers from which dropping the indexes first pays; for a past of some weeks it does, too
LARGE = 20_000  # so many are for searches: what of their calls stood in a queue is left out

_PARTICIPANTS = (
    "INSERT INTO participant (interaction_id, agent_id, joined_at) "
    "SELECT interaction_id, agent_id, min(started_at) FROM leg WHERE agent_id IS NOT NULL GROUP BY 1, 2"
)


def _silent(_what: str, _done: int, _of: int) -> None: ...


def seed(
    database: Database,
    *,
    customers_wanted: int = 2_000,
    seed: int = 1,
    today: date | None = None,
    now: datetime | None = None,
    hours: float = 6.5,
    weeks: int = 0,
    progress: Progress = _silent,
) -> None:
    """Fill an empty database with the demo company, in one transaction.

    The day so far, of ``today`` in the site's zone, ends at ``now``: nothing lies ahead but shifts. With ``weeks`` of a
    past as large as the day, people keep to shifts, and the day begins when the company opens; without, all are there,
    for so many ``hours``.
    ``progress(what, done, of)`` is called often.
    Raises Refused when there are customers already.
    """
    moment = now or clock.now()
    with database.write() as session:
        zone = ZoneInfo(site.site(session).time_zone or "UTC")
        day = today or moment.astimezone(zone).date()
        if customers.count(session):
            raise Refused("There are customers in this database already: the demo company goes into an empty one only.")
        connection = session.connection()
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA cache_size=-200000")
            sqlite_triggers.pause(connection)
        many = customers_wanted >= _MANY or weeks > 1
        if many:
            drop_indexes(connection)
        world = new_world(connection, seed, datetime.combine(day, time(), zone), moment, site.site(session).time_zone)
        world.visits = customers_wanted < LARGE
        world.open_s = int(hours * 3600)
        make_people(session, world)
        if weeks:
            make_shifts(world, weeks)
            world.past_from = world.today_us - 7 * weeks * DAY_US
        make_knowledge(session, world, day)
        make_scripts(session, world)
        make_customers(world, max(1, customers_wanted - 1), progress)
        make_marta(world)
        make_history(world, customers_wanted * CONTACTS_PER_CUSTOMER, progress, _past(world, weeks))
        make_day(session, world)
        world.flush(all_rows=True)
        session.execute(text(_PARTICIPANTS))
        if customers_wanted < LARGE:
            make_identity(session, seed, moment)
        if many:
            progress("indexes", 0, 1)
            create_indexes(connection)
            progress("indexes", 1, 1)
        if database.is_sqlite:
            sqlite_triggers.refill(connection)
        recount.all_at_once(session)
    _settle(database)


def _past(world: World, weeks: int) -> Callable[[int], None]:
    """What to do when the contacts of the day so many days ago have been made."""

    def day_made(back: int) -> None:
        if back <= 7 * weeks:
            make_past_day(world, back)

    return day_made


def _settle(database: Database) -> None:
    """Let the planner know the tables, and give back the space of the write-ahead log."""
    with database.read() as session:
        connection = session.connection()
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA cache_size=-8192")
    with database.write() as session:
        session.execute(text("ANALYZE"))
