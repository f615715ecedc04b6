"""Storing what an import decided, many customers at once, with what is needed to take it back."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from agent_desktop import clock
from agent_desktop.data.apply_customers import refresh_words, search_words
from agent_desktop.data.exchange.compare import Decision, Verdict
from agent_desktop.data.folding import fold
from agent_desktop.data.ids import derived_id, new_id
from agent_desktop.data.models import Customer, CustomerWord, Email, ImportChange, Organisation, Phone, Site
from agent_desktop.data.sql import insert_returning_new, on_server, table_of, update_row

COLUMNS = ("name", "account_number", "language", "time_zone", "address", "alert")


class Store:
    """Writes into one transaction. ``seq`` counts on from the changes of the run so far."""

    def __init__(self, session: Session, run_id: UUID, seq: int):
        self.seq = seq
        self._session = session
        self._run_id = run_id
        self._at = clock.now()
        self._changes: list[dict[str, Any]] = []
        self._phones: list[dict[str, Any]] = []
        self._emails: list[dict[str, Any]] = []

    def put(self, decisions: list[Decision]) -> None:
        """Store what is new and what is more; nothing is stored twice, and no other's edit is lost."""
        if not decisions:
            return
        organisations = self._organisations({d.texts["organisation"] for d in decisions if d.texts.get("organisation")})
        made = [d for d in decisions if d.verdict is Verdict.NEW]
        if made:
            rows = [self._new_row(decision, organisations) for decision in made]
            self._session.execute(insert(table_of(Customer)), rows)
        changed = [d for d in decisions if d.verdict is Verdict.UPDATED]
        for decision in changed:
            self._change(decision, organisations)
        for model, rows in ((Phone, self._phones), (Email, self._emails)):
            if rows:
                insert_returning_new(self._session, model, rows, ("id",))
        self._session.execute(insert(table_of(ImportChange)), self._changes)
        refreshed = {d.known.id for d in changed if d.known is not None}
        self._words([d for d in made if d.known is not None and d.known.id not in refreshed])
        for customer_id in refreshed:
            refresh_words(self._session, customer_id)

    def _organisations(self, names: set[str]) -> dict[str, UUID]:
        """The organisations of these names by their folded name, made where there are none."""
        if not names:
            return {}
        site = self._session.execute(select(Site.site_id)).scalar_one()
        named = {fold(name): name for name in sorted(names)}
        rows = [
            {"id": derived_id(site, f"organisation {key}"), "version": 1, "name": name, "name_key": key}
            for key, name in named.items()
        ]
        for (key,) in insert_returning_new(self._session, Organisation, rows, ("id",)):
            self._remember("organisation", key, made=True)
        found = select(Organisation.name_key, Organisation.id).where(Organisation.name_key.in_(list(named)))
        return {row.name_key: row.id for row in self._session.execute(found)}

    def _new_row(self, decision: Decision, organisations: dict[str, UUID]) -> dict[str, Any]:
        assert decision.known is not None
        texts = decision.texts
        key = decision.known.id
        self._numbers(key, decision)
        self._remember("customer", key, made=True)
        row: dict[str, Any] = {"id": key, "version": 1, "name_key": fold(texts["name"]), "tags": list(decision.tags)}
        row |= {name: texts.get(name, "") for name in COLUMNS}
        row |= {"organisation_id": organisations.get(fold(texts.get("organisation", "")))}
        return row | {"changed_in": {}, "created_at": self._at, "updated_at": self._at}

    def _change(self, decision: Decision, organisations: dict[str, UUID]) -> None:
        assert decision.known is not None
        key = decision.known.id
        table = table_of(Customer)
        row = self._session.execute(select(table).where(table.c.id == key)).mappings().one()
        after: dict[str, Any] = {name: text for name, text in decision.texts.items() if name in COLUMNS}
        if decision.texts.get("organisation"):
            after["organisation_id"] = organisations[fold(decision.texts["organisation"])]
        if decision.tags:
            after["tags"] = list(decision.tags)
        before = {name: row[name] for name in after}
        version = row["version"] + 1
        values = after | {"version": version, "updated_at": max(self._at, row["updated_at"])}
        values["changed_in"] = dict(row["changed_in"] or {}) | dict.fromkeys(after, version)
        if "name" in after:
            values["name_key"] = fold(after["name"])
        update_row(self._session, Customer, key, values)
        phones, emails = self._numbers(key, decision)
        after |= {"phones": phones, "emails": emails}
        self._remember("customer", key, made=False, before=before, after=after)

    def _numbers(self, key: UUID, decision: Decision) -> tuple[list[str], list[str]]:
        """Gather the rows of numbers and addresses; the ids of each."""
        fresh = decision.verdict is Verdict.NEW
        first = fresh or not self._has_any(Phone, self._phones, key)
        phones: list[dict[str, Any]] = []
        for phone in decision.phones:
            row = {"id": new_id(), "customer_id": key, "typed": phone.typed, "e164": phone.e164, "key": phone.key}
            phones.append(row | {"label": phone.label, "is_primary": first and not phones})
        first = fresh or not self._has_any(Email, self._emails, key)
        emails: list[dict[str, Any]] = []
        for email in decision.emails:
            row = {"id": new_id(), "customer_id": key, "address": email.address, "address_key": email.key}
            emails.append(row | {"is_primary": first and not emails})
        self._phones += phones
        self._emails += emails
        return [str(row["id"]) for row in phones], [str(row["id"]) for row in emails]

    def _has_any(self, model: type[Phone] | type[Email], gathered: list[dict[str, Any]], key: UUID) -> bool:
        """Whether the customer has a number or an address, here or in the database."""
        if any(row["customer_id"] == key for row in gathered):
            return True
        return self._session.execute(select(model.id).where(model.customer_id == key).limit(1)).first() is not None

    def _remember(
        self,
        kind: str,
        key: UUID,
        *,
        made: bool,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        self.seq += 1
        row = {"run_id": self._run_id, "seq": self.seq, "kind": kind, "row_id": key, "made": made}
        self._changes.append(row | {"before": _plain(before), "after": _plain(after)})

    def _words(self, decisions: list[Decision]) -> None:
        """The words under which new customers are found."""
        found: dict[UUID, list[str]] = {}
        for decision in decisions:
            assert decision.known is not None
            who, texts = decision.known, decision.known.texts
            names = (texts["name"], texts["organisation"], texts["account_number"])
            said = search_words(*names, who.phones, who.emails)
            found[who.id] = sorted(said)
        if not found:
            return
        if on_server(self._session):
            statement = text(
                "SELECT access.set_words((w ->> 'id')::uuid, ARRAY(SELECT jsonb_array_elements_text(w -> 'words')))"
                " FROM jsonb_array_elements(CAST(:rows AS jsonb)) w"
            )
            rows = [{"id": str(key), "words": words} for key, words in found.items()]
            self._session.execute(statement, {"rows": msgspec.json.encode(rows).decode()})
            return
        lines = [{"word": word, "customer_id": key} for key, words in found.items() for word in words]
        self._session.execute(insert(table_of(CustomerWord)), lines)


def _plain(values: dict[str, Any] | None) -> dict[str, Any]:
    """As JSON takes it."""
    return {name: str(value) if isinstance(value, UUID) else value for name, value in (values or {}).items()}
