"""The practice switch: a program that plays a call centre's day and rings the agent's workstation for real.

Calls that fall to the agent are SIP calls with voice from a phone engine of its own; the colleagues' calls are simulated
(day.py). What happens in the queues goes into the embedded database as a PBX feed would write it. People whom the agent
calls answer by the last digit of their number (callees.py).

With ``--report`` it speaks JSON, one object a line. Orders, on standard input:

| order | meaning |
|---|---|
| ``{"do": "call", "queue": "Billing"}`` | ring the agent now, whatever the plan. Optional: ``number`` (E.164; "" withholds it), ``name``, ``language``, ``account``, ``verified``, ``wait_s`` (spent in the queue before), ``patience_s`` (then CANCEL), ``talk_s`` (then BYE), ``hold_patience_s``, ``types_s`` (for each digit in a menu), ``headers`` (object), ``id`` (comes back in the report) |
| ``{"do": "speed", "value": 4}`` | the colleagues' day runs so fast; calls with the agent never do |
| ``{"do": "pause"}``, ``{"do": "resume"}`` | the colleagues' day stands still, goes on |
| ``{"do": "quiet", "value": true}`` | planned calls no longer fall to the agent; colleagues go on |
| ``{"do": "hang_up"}`` | every caller hangs up now |
| ``{"do": "quit"}`` | hang up, write the end of the day, end |

At most three callers are on the line at once; a fourth order is reported as failed.

End of input: callers who ring hang up, a talk may finish, then it ends. Reports, on standard output, all with ``report``:

| report | with |
|---|---|
| ready | sip, port, run, agent, queues: once, when calls can come and go |
| calling | answer to ``call``: linked_id, visit_id, call_id, number, id |
| invite_sent, ringing, answered, held, resumed, transferred | side ("caller": they called; "callee": the agent called), call_id, linked_id, queue, number, at_us, ms since the INVITE |
| bye_received, bye_sent, cancelled, rejected, failed | the same and why or code: the agent hung up, the caller did, the caller gave up ringing, the agent declined, no way through. Of callees: rejected is ours (busy, no such number), cancelled the agent's |
| incoming | the agent dialled: call_id, number, fate (answered, busy, no_answer, unknown) |
| menu | how far a caller is whom a desktop has handed over (menus.py): menu, state, step, digits, reference, linked_id |
| digit | a tone was heard (which one is not said) |
| rtp | once a second of talk: from_agent, to_agent, the loudest level 0..1 heard |
| presence | what the workstation says of the agent |
| events_written | count, total, last_seq: queue events that are in the database now |
| done | answer to any other order: do, id |
| refused | an order that cannot be carried out: text, id |
| trouble | something is wrong outside: text |

Exit codes: 0 ended as told, 1 the database or the phone cannot be used, 2 the command line is wrong or the database is
not an embedded one.
"""  # noqa: E501 - tables

import argparse
import contextlib
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

from agent_desktop import clock, log
from agent_desktop.core import trouble_words
from agent_desktop.data.centre_rows import PresenceRow
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.seed_pattern import pattern
from agent_desktop.data.words import Presence
from agent_desktop.practice import orders
from agent_desktop.practice.call_log import CallLog
from agent_desktop.practice.callees import Callees
from agent_desktop.practice.callers import CallerBook
from agent_desktop.practice.company import Company, NotEmbedded, Records, embedded_file
from agent_desktop.practice.console import Console
from agent_desktop.practice.day import Day, Offer
from agent_desktop.practice.human import Human
from agent_desktop.practice.line import Line, Terms
from agent_desktop.practice.menus import Menus, music
from agent_desktop.practice.pace import Pace
from agent_desktop.practice.people import HOUR
from agent_desktop.practice.plan import PRACTICE_HABITS, DayPlan, Usual, company_plan
from agent_desktop.practice.rota import in_day_time
from agent_desktop.telephony import messages
from agent_desktop.telephony.phone import Phone

TICK_MS = 200  # events reach the database at most five times a second
LEAVE_WITHIN_MS = 2_000
DAY_US = 24 * HOUR
WARM_UP_US = HOUR // 4

_log = log.get("practice")


class Switch(QObject):
    """Everything that runs, wired together."""

    def __init__(self, options: argparse.Namespace, records: Records, company: Company, console: Console):
        super().__init__()
        self._options = options
        self._company = company
        self._records = records
        self._console = console
        now_us = clock.now_us()
        self._run = f"practice-{options.seed}-{now_us // 1_000_000}"
        self._pace = Pace(now_us // DAY_US * DAY_US + round(options.hour * HOUR), now_us, options.speed)
        self._speed = options.speed
        begin_us = self._pace.step(now_us)
        bare = DayPlan(
            (), options.seed, begin_us - WARM_UP_US, self._run, PRACTICE_HABITS, company.human.id,
            in_day_time(company.shifts, begin_us - now_us),
        )  # fmt: skip
        usual = Usual(pattern(), clock.now().astimezone().weekday())
        plan = company_plan(company.queues, company.agents, company.with_reasons(bare), usual)
        self._day = Day(plan, self._pace.wall)
        self._day.settle_in(begin_us, company.busy_until)  # colleagues are in the middle of their work
        self._human = Human(self._day)
        self._book = CallerBook(company.people, company.shared, records.find)
        self._log = CallLog((company.site, company.region), company.human.id, company.queues, self._book)
        self._phone = Phone(options.dir)
        self._line = Line(self._phone, options.target, self._day, self._catch_up)
        self._menus = Menus(company.site, self._line, music(options.dir))
        self._callees = Callees(self._phone)
        self._waiting_orders: list[dict[str, Any]] = []
        self._ready = False
        self._quiet = bool(options.quiet)
        self._leaving = ""  # "" no, "finish" after the talk, "now"
        self._heard_seq = 0
        self._presence: PresenceRow | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._wire()

    def _wire(self) -> None:
        self._timer.timeout.connect(self._tick)
        self._phone.event.connect(self._hear)
        self._phone.levels.connect(self._line.take)
        self._phone.command_failed.connect(self._hear_failure)
        self._phone.snapshot.connect(self._drop_strangers)
        self._phone.engine_lost.connect(self._lose_engine)
        self._line.reported.connect(self._console.say)
        self._line.left.connect(self._menus.left)
        self._menus.reported.connect(self._console.say)
        self._menus.said.connect(self._records.say)
        self._records.asked.connect(self._menus.obey)
        self._callees.reported.connect(self._console.say)
        self._console.told.connect(self._obey)
        self._console.garbled.connect(self._refuse)
        self._console.ended.connect(self.finish)
        self._records.written.connect(self._say_written)
        self._records.presence.connect(self._see)
        self._records.trouble.connect(self._say_trouble)

    # ------------------------------------------------------------ running

    def start(self) -> None:
        """Open the phone and begin the day."""
        host, _, port = self._options.listen.rpartition(":")
        self._phone.start(
            messages.Configure(
                listen_host=host,
                listen_port=int(port),
                rtp_port=self._options.rtp_port,
                user="practice",
                audio="null",
                user_agent="Agent Desktop practice",
                follow_transfers=True,
                alone_exit_s=5.0,
            )
        )
        self._timer.start()

    @Slot()
    def finish(self) -> None:
        """Nobody gives orders any more: let a talk end, then quit."""
        self._leaving = self._leaving or "finish"
        self._line.hang_up_all(ringing_only=True)

    def quit(self) -> None:
        """Hang up and end, soon."""
        if self._leaving != "now":
            self._leaving = "now"
            self._line.hang_up_all()
            self._callees.hang_up_all()
            QTimer.singleShot(LEAVE_WITHIN_MS, self, self._end)

    def _end(self) -> None:
        if not self._timer.isActive():
            return
        self._timer.stop()
        self._catch_up()
        if self._human.presence is not Presence.OFFLINE:
            self._day.human_membership(False)
        self._day.finish()
        self._menus.close()
        self._phone.shutdown()
        self._record()
        self._records.close()
        QCoreApplication.quit()

    @Slot()
    def _tick(self) -> None:
        self._catch_up()
        self._day.set_human_ready(self._may_ring())
        for offer in self._day.take_offers():
            self._ring_planned(offer)
        self._record()
        self._records.step()
        if self._heard_seq:
            self._phone.acknowledge(self._heard_seq)
            self._heard_seq = 0
        if self._leaving and not self._line.busy and not self._callees.busy:
            self._end()

    def _record(self) -> None:
        rows = self._day.take()
        self._records.add(rows)
        self._records.tell(self._log.hear(rows, self._day.persons))

    def _catch_up(self) -> None:
        self._day.advance(self._pace.step(clock.now_us()))

    def _may_ring(self) -> bool:
        ready = self._presence is not None and self._presence.presence is Presence.READY
        rested = clock.monotonic() >= self._line.rest_until
        free = not self._line.busy and not self._callees.busy
        return ready and rested and free and self._ready and not self._quiet and not self._leaving

    def _ring_planned(self, offer: Offer) -> None:
        self._line.ring(offer, self._book.draw(offer.person), Terms(offer.patience_s, offer.talk_s))

    # ------------------------------------------------------------ what is heard

    @Slot(object)
    def _hear(self, event: messages.Event) -> None:
        self._heard_seq = event.seq
        if isinstance(event, messages.EngineReady):
            self._become_ready(event)
        elif isinstance(event, messages.EngineTrouble):
            self._say_trouble(trouble_words.say(event.trouble, event.detail))
        elif not self._line.take(event):
            self._callees.take(event)
        self._human.last_call = self._line.last_talk

    @Slot(object)
    def _hear_failure(self, failure: messages.CommandFailed) -> None:
        if not self._line.take(failure):
            _log.info("%s was not possible: %s", failure.command, failure.trouble)

    @Slot(object)
    def _drop_strangers(self, calls: tuple[messages.CallSnapshot, ...]) -> None:
        """Calls of a practice switch that ran here before and died."""
        for call in calls:
            self._phone.hang_up(call.call_id)

    @Slot(str)
    def _lose_engine(self, _why: str) -> None:
        self._ready = False
        self._line.engine_lost()
        self._callees.engine_lost()
        self._say_trouble(trouble_words.say(self._phone.state.trouble, self._phone.state.detail))

    def _become_ready(self, event: messages.EngineReady) -> None:
        self._ready = True
        host = event.listen_host or "127.0.0.1"
        self._console.say(
            {
                "report": "ready",
                "sip": f"sip:practice@{host}:{event.listen_port}",
                "port": event.listen_port,
                "run": self._run,
                "agent": self._company.human.login,
                "queues": [queue.name for queue in self._company.queues],
            }
        )
        waiting, self._waiting_orders = self._waiting_orders, []
        for order in waiting:
            self._obey(order)

    @Slot(object)
    def _see(self, row: PresenceRow | None) -> None:
        before = self._human.presence
        self._presence = row
        self._human.see(row)
        if self._human.presence is not before:
            reason = row.reason if row else ""
            self._console.say({"report": "presence", "presence": self._human.presence.value, "reason": reason})

    # ------------------------------------------------------------ orders

    @Slot(dict)
    def _obey(self, order: dict[str, Any]) -> None:
        deeds: dict[str, Callable[[dict[str, Any]], None]] = {
            "call": self._order_call,
            "speed": self._order_speed,
            "pause": lambda _: self._set_speed(0.0),
            "resume": lambda _: self._set_speed(self._speed),
            "quiet": self._order_quiet,
            "hang_up": lambda _: self._line.hang_up_all(),
            "quit": lambda _: self.quit(),
        }
        deed = deeds.get(str(order.get("do")))
        if deed is None:
            self._refuse(f"no such order: {order.get('do')}", order)
            return
        if order["do"] == "call" and not self._ready:
            self._waiting_orders.append(order)
            return
        try:
            deed(order)
        except DatabaseTrouble as trouble:
            self._refuse(trouble.text, order)
            return
        except (ValueError, TypeError) as error:
            self._refuse(str(error), order)
            return
        if order["do"] != "call":
            self._console.say({"report": "done", "do": order["do"], "id": order.get("id")})

    def _order_call(self, order: dict[str, Any]) -> None:
        queue = orders.queue_of(order, self._company.queues)
        caller = orders.caller_of(order, self._book)
        terms = orders.terms_of(order)
        self._catch_up()
        wait_s = orders.seconds(order, "wait_s", 0.0)
        offer = self._day.ring_human(queue.id, wait_s, terms.patience_s, terms.talk_s)
        call_id = self._line.ring(offer, caller, terms)
        self._console.say(
            {
                "report": "calling",
                "linked_id": offer.linked_id,
                "visit_id": str(offer.visit_id),
                "call_id": call_id,
                "queue": offer.queue,
                "number": caller.number,
                "id": order.get("id"),
            }
        )

    def _order_speed(self, order: dict[str, Any]) -> None:
        speed = orders.speed_of(order)
        self._speed = speed
        self._set_speed(speed)

    def _set_speed(self, speed: float) -> None:
        self._catch_up()
        self._pace.set_speed(clock.now_us(), speed)

    def _order_quiet(self, order: dict[str, Any]) -> None:
        self._quiet = bool(order.get("value", True))

    # ------------------------------------------------------------ reports

    @Slot(str)
    def _refuse(self, text: str, order: dict[str, Any] | None = None) -> None:
        self._console.say({"report": "refused", "text": text, "id": (order or {}).get("id")})

    @Slot(int, int, int)
    def _say_written(self, count: int, total: int, last_seq: int) -> None:
        self._console.say({"report": "events_written", "count": count, "total": total, "last_seq": last_seq})

    @Slot(str)
    def _say_trouble(self, text: str) -> None:
        self._console.say({"report": "trouble", "text": text})


def parser() -> argparse.ArgumentParser:
    """The command line."""
    made = argparse.ArgumentParser(
        prog="agent-desktop practice",
        description="Play a call centre's day: simulated colleagues, real calls for one agent.",
    )
    made.add_argument("--database", required=True, metavar="FILE", help="the embedded database; never a server's")
    made.add_argument("--target", required=True, metavar="sip:USER@HOST:PORT", help="the agent's workstation")
    made.add_argument("--agent", required=True, metavar="LOGIN", help="which agent is the human")
    made.add_argument("--dir", required=True, type=Path, help="folder of its own for its phone engine")
    made.add_argument("--seed", type=int, default=1, help="which day it is; the same seed, the same callers")
    made.add_argument("--speed", type=float, default=1.0, help="how fast the colleagues' day runs (default 1)")
    made.add_argument("--hour", type=float, default=9, help="when the day begins (default 9; 9.5: half past)")
    made.add_argument("--listen", default="127.0.0.1:0", metavar="HOST:PORT", help="where its own phone listens")
    made.add_argument("--rtp-port", type=int, default=0, help="first port for voice (default: any free ones)")
    made.add_argument("--quiet", action="store_true", help="no planned calls for the agent until told otherwise")
    made.add_argument("--report", action="store_true", help="reports as JSON lines on standard output")
    made.add_argument("--log", type=Path, default=None, metavar="FILE", help="where to log")
    return made


def _checked(options: argparse.Namespace) -> str:
    """What is wrong with the command line, in words."""
    if not options.target.startswith(("sip:", "sips:")):
        return "--target is a SIP address, as in sip:agent@127.0.0.1:5060"
    _, colon, port = options.listen.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65_535:
        return "--listen is HOST:PORT, as in 127.0.0.1:0"
    if not 0.0 <= options.speed <= orders.FASTEST:
        return f"--speed is between 0 and {orders.FASTEST:g}"
    if not 0 <= options.hour < 24:
        return "--hour is between 0 and 23"
    return ""


def main(argv: list[str] | None = None) -> int:
    """Run the switch; see the module's text for orders, reports and exit codes."""
    options = parser().parse_args(argv)
    log.start(options.log)
    wrong = _checked(options)
    if wrong:
        print(wrong, file=sys.stderr)
        return 2
    application = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    try:
        records = Records(embedded_file(options.database))
    except NotEmbedded as error:
        print(error, file=sys.stderr)
        return 2
    except DatabaseTrouble as trouble:
        print(f"{trouble.text} {trouble.advice}", file=sys.stderr)
        return 1
    with contextlib.closing(records):
        try:
            company = records.company(options.agent, options.seed)
        except DatabaseTrouble as trouble:
            print(f"{trouble.text} {trouble.advice}", file=sys.stderr)
            return 1
        except LookupError as error:
            print(error.args[0], file=sys.stderr)
            return 2
        switch = Switch(options, records, company, Console(reports=options.report))
        for number in (signal.SIGTERM, signal.SIGINT):  # the timer's turns give them a chance to be heard
            signal.signal(number, lambda *_: switch.quit())
        switch.start()
        application.exec()
    return 0
