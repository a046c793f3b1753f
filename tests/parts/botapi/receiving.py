"""The two ways a bot receives updates: long polling, and pushes to its webhook."""

import http.client
import json
import threading
import time
from typing import Any
from urllib.parse import urlsplit

from tests.parts.botapi import limits
from tests.parts.botapi.faults import CONFLICT, ApiError, bad_request
from tests.parts.botapi.methods import METHODS, Parameters
from tests.parts.botapi.queue import Waiting
from tests.parts.botapi.state import State, Webhook, now

BACK_OFF = (0.05, 0.1, 0.2, 0.5, 1.0)  # seconds; the real server waits longer, in the same way


def get_updates(state: State, given: Parameters) -> list[dict[str, Any]]:
    """Confirm what lies below the offset and hand out the rest, waiting up to `timeout` seconds."""
    if state.webhook.url:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active;"
            " use deleteWebhook to delete the webhook first",
        )
    state.poller += 1
    mine = state.poller
    state.changed.notify_all()
    if given.get("allowed_updates") is not None:
        state.queue.allowed = given["allowed_updates"]
    state.queue.confirm_below(int(given.get("offset") or 0))
    state.changed.notify_all()
    state.changed.wait_for(
        lambda: state.poller != mine or state.queue.pending or state.queue.echoes or state.stopping,
        timeout=min(float(given.get("timeout") or 0), 50),
    )
    if state.poller != mine:
        raise ApiError(409, CONFLICT)
    given_out = state.queue.hand_out(max(1, min(int(given.get("limit") or 100), 100)))
    state.changed.notify_all()
    return given_out


def set_webhook(state: State, given: Parameters) -> bool:
    """Push updates to this URL from now on (plain http is taken here: everything is loopback)."""
    secret = given.get("secret_token") or ""
    if secret and not limits.SECRET_TOKEN.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if given.get("url") and urlsplit(given["url"]).scheme not in {"http", "https"}:
        raise bad_request("bad webhook: invalid URL specified")
    if given.get("drop_pending_updates"):
        state.queue.clear()
    if given.get("allowed_updates") is not None:
        state.queue.allowed = given["allowed_updates"]
    connections = int(given.get("max_connections") or 40)
    state.webhook = Webhook(given.get("url") or "", secret, connections)
    state.poller += 1
    state.changed.notify_all()
    return True


def delete_webhook(state: State, given: Parameters) -> bool:
    """Go back to polling."""
    return set_webhook(state, {"drop_pending_updates": given.get("drop_pending_updates")})


def get_webhook_info(state: State, given: Parameters) -> Parameters:
    """Say where updates go, how many wait, and what went wrong last."""
    hook = state.webhook
    told: Parameters = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.queue.pending),
        "max_connections": hook.max_connections,
    }
    if state.queue.allowed:
        told["allowed_updates"] = list(state.queue.allowed)
    if hook.last_error_date:
        told |= {
            "last_error_date": hook.last_error_date,
            "last_error_message": hook.last_error_message,
        }
    return told


RECEIVING = {
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
}


class Pusher:
    """Pushes pending updates to the webhook: in order within a chat, chats beside each other.

    Anything but 2xx holds back that chat's later updates until a retry goes through.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._busy: set[int | None] = set()
        self._dispatcher = threading.Thread(target=self._run, name="botapi-pusher", daemon=True)

    def start(self) -> None:
        """Begin to watch for updates."""
        self._dispatcher.start()

    def stop(self) -> None:
        """Return when the watch is over."""
        self._dispatcher.join(5)

    def _run(self) -> None:
        state = self._state
        with state.changed:
            while not state.stopping:
                chosen = self._next()
                if chosen is None:
                    state.changed.wait()
                    continue
                self._busy.add(chosen.chat_id)
                threading.Thread(target=self._deliver, args=(chosen,), daemon=True).start()

    def _next(self) -> Waiting | None:
        hook = self._state.webhook
        if not hook.url or len(self._busy) >= hook.max_connections:
            return None
        waiting = self._state.queue.pending
        return next((one for one in waiting if one.chat_id not in self._busy), None)

    def _deliver(self, waiting: Waiting) -> None:
        state = self._state
        for attempt in range(1_000_000):
            with state.changed:
                hook = state.webhook
                if state.stopping or not hook.url or waiting not in state.queue.pending:
                    break
            failure, answer = self._post(hook, waiting.update)
            with state.changed:
                if not failure:
                    self._taken(waiting, answer)
                    break
                hook.last_error_date, hook.last_error_message = now(), failure
            time.sleep(BACK_OFF[min(attempt, len(BACK_OFF) - 1)])
        with state.changed:
            self._busy.discard(waiting.chat_id)
            state.changed.notify_all()

    def _taken(self, waiting: Waiting, answer: bytes) -> None:
        queue = self._state.queue
        queue.delivered(waiting)
        if waiting.deliveries >= queue.deliveries_wanted and waiting in queue.pending:
            queue.pending.remove(waiting)
        _call_in_answer(self._state, answer)
        self._state.changed.notify_all()

    @staticmethod
    def _post(hook: Webhook, update: Parameters) -> tuple[str, bytes]:
        """Return what went wrong (nothing: an empty text) and the body of the answer."""
        place = urlsplit(hook.url)
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
        secure = http.client.HTTPSConnection if place.scheme == "https" else None
        connection = (secure or http.client.HTTPConnection)(
            place.hostname or "", place.port, timeout=10
        )
        path = (place.path or "/") + (f"?{place.query}" if place.query else "")
        try:
            connection.request("POST", path, json.dumps(update), headers)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            return f"Connection failed: {type(error).__name__}", b""
        finally:
            connection.close()
        if 200 <= answer.status < 300:
            return "", body
        return f"Wrong response from the webhook: {answer.status} {answer.reason}", b""


def _call_in_answer(state: State, answer: bytes) -> None:
    """Do the one call a webhook may write into its answer; its result is told to nobody."""
    try:
        call = json.loads(answer or b"{}")
        method = METHODS[call.pop("method").lower()]
    except (ValueError, KeyError, AttributeError, TypeError):
        return
    try:
        method(state, call)
    except ApiError:
        return
