"""What the chat page asks of the sandbox and tells it: JSON, and server-sent events.

GET  /sandbox/state           everything there is to draw, see `state`
GET  /sandbox/events          a stream; `id:` counts up, `event:` names it, `data:` is JSON.
                              A browser's EventSource reconnects by itself with Last-Event-ID;
                              begin with `?after=<last_event_id of the state>`.
     message, edited          a Message of the Bot API (`chat.id` says where)
     deleted                  {chat_id, message_ids}
     keyboard                 {chat_id, keyboard}: ReplyKeyboardMarkup, removal or ForceReply
     chat_action              {chat_id, action}: `typing` … for five seconds or until a message
     callback_answer          {callback_query_id, chat_id, message_id, text, show_alert, url}
     commands, profile        {}: the menu, what the bot says of itself
     member                   {chat_id, member}: the bot's standing
     chat                     {chat_id}: a new chat; faults {}: rules changed
     reset                    {}: too much was missed; read the state again
GET  /sandbox/photo/{file_id} the picture itself
POST /sandbox/send            {text, chat_id?, reply_to?, entities?} or
                              {document: {name, mime_type?, base64}, caption?, chat_id?} → Message
POST /sandbox/post            {text, chat_id?}: in the channel → Message
POST /sandbox/forward         {from_chat_id, message_id, chat_id?} or
                              {text, entities?, origin?, origin_username?, chat_id?} → Message
POST /sandbox/edit            {message_id, text, chat_id?} → Message
POST /sandbox/press           {message_id, chat_id?, data} or {…, row, column} → {callback_query_id}
POST /sandbox/inline          {query, offset?, chat_id?}
                              → {inline_query_id, results, next_offset, button, …}; 502 on silence
POST /sandbox/inline_choose   {inline_query_id, result_id, chat_id?} → Message
POST /sandbox/promote         {chat_id?, rights?, without?}: the bot becomes an admin of the channel
POST /sandbox/demote          {chat_id?, kick?}
POST /sandbox/block, unblock  {}
POST /sandbox/group           {title, supergroup?} → {chat_id}; /sandbox/channel {title, username?};
POST /sandbox/migrate         {chat_id} → {chat_id}; /sandbox/remove {chat_id}
POST /sandbox/language        {language_code}
POST /sandbox/faults          {kind, …}: see bot.sandbox.faults, or {clear: true} → {faults}

Every POST is `application/json` and comes from the page itself: other sites, and names that only
resolve to this machine, get 403. Refusals are {error} with 400, 403, 409 (Telegram's app would not
let the person do this) or 502. Any POST may name who does it with `by`, the id of a person.
"""

import base64
import binascii
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

from aiohttp import web

from bot.sandbox.chat_acts import ActRefused
from bot.sandbox.errors import ApiError
from bot.sandbox.members import chat_member
from bot.sandbox.methods.media import image_size
from bot.sandbox.origin import foreign
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import ABSENT, Chat, Json

FIELDS: Mapping[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("chat_id", "message_id", "from_chat_id", "reply_to", "row", "column"), int),
    **dict.fromkeys(("by", "times", "skip", "retry_after_s", "new_id"), int),
    **dict.fromkeys(("text", "data", "query", "offset", "inline_query_id", "result_id"), str),
    **dict.fromkeys(("origin", "origin_username", "caption", "title", "username"), str),
    **dict.fromkeys(("language_code", "kind", "method"), str),
    **dict.fromkeys(("rights", "without", "entities"), list),
    **dict.fromkeys(("kick", "supergroup", "clear"), bool),
    **dict.fromkeys(("chance", "delay_s"), (int, float)),
    "document": dict,
}
INLINE_WAIT_S = 30.0
HEARTBEAT_S = 15.0
RETRY_MS = 1000

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Act = Callable[[Json], Any]


def page_routes(sandbox: Sandbox) -> list[web.RouteDef]:
    """The addresses under /sandbox/."""
    page = _Page(sandbox)
    acts = {name: _post(act) for name, act in page.acts().items()}
    return [
        web.get("/sandbox/state", page.state),
        web.get("/sandbox/events", page.events),
        web.get("/sandbox/photo/{file_id}", page.photo),
        web.post("/sandbox/inline", _post(page.inline)),
        *(web.post(f"/sandbox/{name}", act) for name, act in acts.items()),
    ]


def state(box: Sandbox) -> Json:
    """Who is here, each chat with its messages and menu, and whether the bot listens."""
    return {
        "bot": {**box.bot, **_about(box)},
        "me": box.reader.as_user(),
        "blocked": box.reader.blocked,
        "chats": [_chat(box, chat) for chat in box.world.chats.values()],
        "poller": _poller(box),
        "faults": [asdict(fault) for fault in box.faults.rules],
        "last_event_id": box.events.last_id,
    }


class _Page:
    def __init__(self, box: Sandbox) -> None:
        self._box = box

    async def state(self, request: web.Request) -> web.StreamResponse:
        if reason := foreign(request):
            return _refused(403, reason)
        return _json(state(self._box))

    async def events(self, request: web.Request) -> web.StreamResponse:
        if reason := foreign(request):
            return _refused(403, reason)
        known = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        last_id = int(known) if known.isascii() and known.isdigit() else self._box.events.last_id
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await response.write(b"retry: %d\n\n" % RETRY_MS)
        try:
            async for event in self._box.events.after(last_id, idle_s=HEARTBEAT_S):
                await response.write(_event(event))
        except ConnectionError:
            pass  # the page has gone
        return response

    async def photo(self, request: web.Request) -> web.StreamResponse:
        if reason := foreign(request):
            return _refused(403, reason)
        try:
            body = self._box.files.get(request.match_info["file_id"]).body
            image_size(body)  # nothing but a picture is shown
        except ApiError as error:
            return _refused(404, error.description)
        kind = "image/png" if body.startswith(b"\x89PNG") else "image/jpeg"
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
        return web.Response(body=body, content_type=kind, headers=headers)

    def acts(self) -> Mapping[str, Act]:
        """What each address does with its JSON."""
        acts = self._box.acts
        return {
            "send": self._send,
            "post": lambda p: acts.post(**p),
            "forward": lambda p: acts.forward(**p),
            "edit": lambda p: acts.edit(**p),
            "press": lambda p: {"callback_query_id": acts.press(**p).id},
            "inline_choose": self._choose,
            "promote": lambda p: acts.promote(**p),
            "demote": lambda p: acts.demote(**p),
            "remove": lambda p: acts.remove(**p),
            "block": lambda p: acts.block(**p),
            "unblock": lambda p: acts.unblock(**p),
            "group": lambda p: {"chat_id": acts.add_group(**p).id},
            "channel": lambda p: {"chat_id": acts.add_channel(**p).id},
            "migrate": lambda p: {"chat_id": acts.migrate(**p).id},
            "language": lambda p: acts.speak(**p),
            "faults": self._faults,
        }

    async def inline(self, p: Json) -> Json:
        """Ask, wait, and hand the results to the page."""
        query = self._box.acts.ask_inline(p.pop("query"), **p)
        answer = await self._box.queries.answered(query.id, timeout_s=INLINE_WAIT_S)
        return {"inline_query_id": query.id, **answer}

    def _send(self, p: Json) -> Json:
        document = p.pop("document", None)
        if document is None:
            return self._box.acts.send(**p)
        body = base64.b64decode(document.pop("base64"), validate=True)
        return self._box.acts.send_document(document.pop("name"), body, **document, **p)

    def _choose(self, p: Json) -> Json:
        return self._box.acts.choose(p.pop("inline_query_id"), p.pop("result_id"), **p)

    def _faults(self, p: Json) -> Json:
        if p.pop("clear", False):
            self._box.faults.clear()
        if p:
            self._box.faults.add(**p)
        self._box.events.add("faults", {})
        return {"faults": [asdict(fault) for fault in self._box.faults.rules]}


def _post(act: Act) -> Handler:
    """The act behind the checks of origin, type and shape."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if reason := foreign(request):
            return _refused(403, reason)
        if request.content_type != "application/json":
            return _refused(415, "send application/json")
        try:
            given = json.loads(await request.text() or "{}")
            done = act(_checked(given))
            done = await done if isinstance(done, Awaitable) else done
        except ActRefused as refused:
            return _refused(409, str(refused))
        except ApiError as error:
            return _refused(error.code, error.description)
        except (TypeError, ValueError, KeyError, binascii.Error) as error:
            return _refused(400, f"not understood: {error}")
        return _json(done if done is not None else {"ok": True})

    return handle


def _checked(given: Any) -> Json:
    """The fields the page may send, each of its type; raises ValueError."""
    if not isinstance(given, dict):
        raise ValueError("an object is expected")
    kept = {name: value for name, value in given.items() if value is not None}
    for name, value in kept.items():
        if name not in FIELDS or not isinstance(value, FIELDS[name]):
            raise ValueError(f"field {name!r} is unknown or mistyped")
    return kept


def _chat(box: Sandbox, chat: Chat) -> Json:
    """A chat as the page draws it."""
    bot = chat.member(box.bot["id"])
    user = box.world.user(box.bot["id"]) or {}
    own = chat.person is box.reader or chat.member(box.reader.id).admin
    language = box.reader.language_code
    return {
        **chat.as_chat(),
        "can_write": own or (chat.kind != "channel" and chat.member(box.reader.id).present),
        "admin": chat.member(box.reader.id).admin,
        "bot_here": chat.person is not None or bot.status not in ABSENT,
        "bot": None if chat.person else chat_member(user, bot, chat),
        "messages": list(chat.messages.values()),
        "keyboard": chat.keyboard,
        "commands": box.profile.shown_commands(chat, box.reader.id, language),
        "menu_button": chat.menu_button or box.profile.menu_button,
        "migrated_to": chat.migrated_to,
    }


def _about(box: Sandbox) -> Json:
    language = box.reader.language_code or ""
    kinds = ("description", "short_description")
    about: Json = {kind: box.profile.text(kind, language) for kind in kinds}
    about["first_name"] = box.profile.text("name", language) or box.bot["first_name"]
    return about


def _poller(box: Sandbox) -> Json:
    """Whether anybody takes the updates, and how many wait."""
    polled_at = box.updates.polled_at
    return {
        "polling": box.updates.polling,
        "polled_at": polled_at.isoformat() if polled_at else None,
        "webhook": box.webhook.url or None,
        "pending": len(box.updates),
    }


def _event(event: tuple[int, str, Json] | None) -> bytes:
    """An event as EventSource reads it; nothing new: a comment that keeps the line open."""
    if event is None:
        return b": still here\n\n"
    id_, name, data = event
    text = json.dumps(data, ensure_ascii=False)
    return f"id: {id_}\nevent: {name}\ndata: {text}\n\n".encode("utf-8", "replace")


def _json(body: Any) -> web.Response:
    text = json.dumps(body, ensure_ascii=False)
    headers = {"Cache-Control": "no-store"}
    return web.Response(
        body=text.encode("utf-8", "replace"), content_type="application/json", headers=headers
    )


def _refused(status: int, reason: str) -> web.Response:
    return web.json_response({"error": reason}, status=status)
