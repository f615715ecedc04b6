"""Files as a PBX writes them, of any length: a busy centre's queue_log, and the CDR of the same calls."""

import random
from datetime import UTC, datetime
from pathlib import Path

QUEUES = ("billing", "support", "sales", "moves", "complaints", "vip")
AGENTS = 60
START_S = 1_790_000_000


def write_queue_log(path: Path, lines: int, seed: int = 1) -> None:
    """So many lines: four fifths of the callers are answered, the rest give up or run out of time."""
    rng = random.Random(seed)
    happened: list[tuple[int, int, str]] = []
    at, call = START_S, 0
    while len(happened) < lines * 1.02:
        at += rng.choice((0, 1, 1, 2, 3))
        call += 1
        key, queue = f"pbx-{at}.{call}", rng.choice(QUEUES)
        agent = f"PJSIP/{1001 + rng.randrange(AGENTS)}"

        def say(moment: int, text: str, call: int = call, key: str = key, queue: str = queue) -> None:
            happened.append((moment, call, f"{moment}|{key}|{queue}|{text}\n"))

        say(at, f"NONE|ENTERQUEUE||+4860144{call % 10_000:04}|1")
        wait = int(rng.expovariate(1 / 20))
        draw = rng.random()
        if draw < 0.1:
            say(at + wait, f"NONE|ABANDON|1|1|{wait}")
        elif draw < 0.15:
            say(at + 120, "NONE|EXITWITHTIMEOUT|1|1|120")
        else:
            if draw < 0.35:
                wait += 15
                say(at + wait, f"PJSIP/{1001 + rng.randrange(AGENTS)}|RINGNOANSWER|15000")
                wait += 5
            talk = int(rng.expovariate(1 / 180)) + 5
            say(at + wait, f"{agent}|CONNECT|{wait}|pbx-{at}.{call}1|{min(3, wait)}")
            say(at + wait + talk, f"{agent}|{rng.choice(('COMPLETECALLER', 'COMPLETEAGENT'))}|{wait}|{talk}|1")
    happened.sort()
    with path.open("w") as file:
        file.writelines(text for _, _, text in happened[:lines])


def write_cdr(path: Path, calls: int, seed: int = 1) -> None:
    """So many calls as cdr_csv writes them, four fifths of them answered; the times are UTC."""
    rng = random.Random(seed)
    at = START_S
    with path.open("w") as file:
        for call in range(calls):
            at += rng.choice((0, 1, 1, 2, 3))
            key, talk = f"{at}.{call}", int(rng.expovariate(1 / 180)) + 5
            answered = rng.random() < 0.8
            start, end = (f"{datetime.fromtimestamp(each, UTC):%Y-%m-%d %H:%M:%S}" for each in (at, at + talk))
            number, agent = f"+4860144{call % 10_000:04}", f"PJSIP/{1001 + rng.randrange(AGENTS)}-{call:08x}"
            cells = [
                *("", number, "5001", "to-queue", f'""Caller"" <{number}>', f"PJSIP/trunk-{call:08x}", agent),
                *("Queue", f"{rng.choice(QUEUES)},t", start, start, end, str(talk), str(talk)),
                *("ANSWERED" if answered else "NO ANSWER", "DOCUMENTATION", key, "", "", key, "0"),
            ]
            file.write(",".join(f'"{cell}"' for cell in cells) + "\n")
