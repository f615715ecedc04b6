"""Customers in a menu of the PBX: sent there from an agent's call, fetched back, and what the menu tells of them.

The supplied dialplan's contexts (agent-desktop-menus.conf) tell by a UserEvent how far somebody is; never any digit.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from agent_desktop.collector.ami import Fields, Manager, Refusal
from agent_desktop.collector.monitors import Nonsense, channels_of
from agent_desktop.data.centre_rows import PbxRequestRow
from agent_desktop.data.ivr_rows import HandoverState, Menu, Progress
from agent_desktop.telephony.header_text import clean

EVENT = "AgentDesktopMenu"
WAIT = "agent-desktop-wait"  # where the agent is meanwhile
BACK = "agent-desktop-back"
CONTEXTS = {Menu.PAYMENT: "agent-desktop-payment", Menu.SURVEY: "agent-desktop-survey"}
_NO_MENU = "The PBX has no menu for that: its dialplan lacks {}."
_SIGNS = 80
_AMOUNT, _CURRENCY = re.compile(r"[0-9]{1,7}\.[0-9]{2}"), re.compile(r"[A-Z]{0,3}")


class Menus:
    """Those of one PBX; ``take_told`` gives what they have told since the last call of it."""

    def __init__(self) -> None:
        self._told: list[Progress] = []

    def take_told(self) -> list[Progress]:
        """What was heard since the last call of this."""
        told, self._told = self._told, []
        return told

    def give_back(self, told: list[Progress]) -> None:
        """It could not be stored."""
        self._told = told + self._told

    def forget(self, before: datetime) -> None:
        """What the collector that is active must have stored by now."""
        self._told = [one for one in self._told if one.at >= before]

    def hear(self, fields: Fields, at: datetime) -> None:
        """A UserEvent of the dialplan; what makes no sense is passed over."""
        try:
            key, state = UUID(fields.get("Request", "")), HandoverState(fields.get("State", ""))
        except ValueError:
            return
        digits = fields.get("Digits", "")
        self._told.append(
            Progress(
                id=key,
                at=at,
                state=state,
                step=clean(fields.get("Step", ""), _SIGNS),
                digits=int(digits) if digits.isdecimal() and len(digits) < 4 else 0,
                reference=clean(fields.get("Reference", ""), _SIGNS),
                answer=clean(fields.get("Answer", ""), _SIGNS),
            )
        )

    # ------------------------------------------------------------------ requests

    async def hand_over(self, manager: Manager, asked: PbxRequestRow, interface: str) -> str:
        """Send the customer of this agent's call to a menu, or say which follows the call.

        Raises Refusal, Nonsense, ManagerTrouble.
        """
        menu, call, amount = _wish(asked.detail)
        await _has(manager, CONTEXTS[menu])
        agent, customer = await _both(manager, channels_of(interface), asked.detail.get("linked", ""))
        if menu is Menu.SURVEY:
            await _set(manager, customer, AD_AFTER_REQUEST=str(asked.id), AD_AFTER=menu.value, AD_CALL=call)
            self._told.append(Progress(asked.id, asked.at, HandoverState.PLANNED))
            return ""
        await _set(manager, customer, AD_REQUEST=str(asked.id), AD_AGENT=agent, AD_AMOUNT=amount, AD_CALL=call)
        await _set(manager, agent, AD_CUSTOMER=customer)
        to = {"Channel": customer, "Context": CONTEXTS[menu], "Exten": "s", "Priority": "1"}
        to |= {"ExtraChannel": agent, "ExtraContext": WAIT, "ExtraExten": "s", "ExtraPriority": "1"}
        reply = await manager.ask("Redirect", to)
        return reply.fields.get("Message", "")

    async def take_back(self, manager: Manager, asked: PbxRequestRow, interface: str) -> str:
        """Bring the customer back to the agent who waits, or have no survey after all.

        Raises Refusal, Nonsense, ManagerTrouble.
        """
        of = asked.detail.get("of", "")
        prefix = channels_of(interface)
        if asked.detail.get("menu") == Menu.SURVEY:
            try:
                key = UUID(of)
            except ValueError:
                raise Nonsense("There is no such survey.") from None
            _agent, customer = await _both(manager, prefix, asked.detail.get("linked", ""))
            await _set(manager, customer, AD_AFTER="")
            self._told.append(Progress(key, asked.at, HandoverState.TAKEN_BACK))
            return ""
        for fields in await _channels(manager):
            if fields.get("Channel", "").startswith(prefix) and fields.get("Context") == WAIT:
                customer = await _get(manager, fields["Channel"], "AD_CUSTOMER")
                if customer and await _get(manager, customer, "AD_REQUEST") == of:
                    to = {"Channel": customer, "Context": BACK, "Exten": "taken", "Priority": "1"}
                    reply = await manager.ask("Redirect", to)
                    return reply.fields.get("Message", "")
        raise Nonsense("The customer is in no menu any more.")


def _wish(detail: Mapping[str, str]) -> tuple[Menu, str, str]:
    """Which menu, the interaction and the amount with its currency. They become variables of the dialplan, where a sign
    too many would say something else: whatever is not of their form is refused.
    """
    try:
        menu, call = Menu(detail.get("menu", "")), str(UUID(detail.get("interaction", "")))
    except ValueError:
        raise Nonsense("There is no such menu, or no such call.") from None
    amount, currency = detail.get("amount", ""), detail.get("currency", "")
    if menu is Menu.PAYMENT and not (_AMOUNT.fullmatch(amount) and _CURRENCY.fullmatch(currency)):
        raise Nonsense("The amount makes no sense.")
    return menu, call, f"{amount} {currency}".strip()


async def _channels(manager: Manager) -> list[Fields]:
    reply = await manager.ask("CoreShowChannels")
    return [fields for name, fields in reply.events if name == "CoreShowChannel"]


async def _has(manager: Manager, context: str) -> None:
    """A call sent to where nothing is would be cut off."""
    try:
        await manager.ask("ShowDialPlan", {"Context": context})
    except Refusal:
        raise Nonsense(_NO_MENU.format(context)) from None


async def _both(manager: Manager, prefix: str, linked: str) -> tuple[str, str]:
    """The agent's channel and the customer's, of the one call between two that is meant."""
    channels = [fields for fields in await _channels(manager) if fields.get("BridgeId")]
    ours = [one for one in channels if one.get("Channel", "").startswith(prefix)]
    if linked:
        ours = [one for one in ours if one.get("Linkedid") == linked] or ours
    if len(ours) != 1:
        raise Nonsense(
            "You are in no call on the PBX." if not ours else "It is not clear which of your calls is meant."
        )
    others = [one for one in channels if one["BridgeId"] == ours[0]["BridgeId"] and one is not ours[0]]
    if len(others) != 1:
        raise Nonsense("There is nobody else in this call." if not others else "There are several people in this call.")
    return ours[0]["Channel"], others[0]["Channel"]


async def _set(manager: Manager, channel: str, **variables: str) -> None:
    for name, value in variables.items():
        await manager.ask("Setvar", {"Channel": channel, "Variable": name, "Value": value})


async def _get(manager: Manager, channel: str, variable: str) -> str:
    try:
        reply = await manager.ask("Getvar", {"Channel": channel, "Variable": variable})
    except Refusal:
        return ""  # the channel has gone meanwhile
    return reply.fields.get("Value", "")
