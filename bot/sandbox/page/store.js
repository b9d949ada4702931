// What the page knows: chats with their messages, kept up to date by events.

const GROUPED_S = 300;

export class Store extends EventTarget {
  constructor(state) {
    super();
    this.take(state);
  }

  /** Replace everything by what the sandbox says now. */
  take(state) {
    this.bot = state.bot;
    this.me = state.me;
    this.blocked = state.blocked;
    this.lastEvent = state.last_event_id;
    this.chats = new Map(state.chats.map((chat) => [chat.id, withMessages(chat)]));
  }

  get privateChat() {
    return this.chats.get(this.me.id);
  }

  /** Channels and groups the person is in, but for those that became another chat. */
  get rooms() {
    return [...this.chats.values()].filter(
      (chat) => chat.type !== "private" && !chat.migrated_to && (chat.can_write || chat.admin),
    );
  }

  /** Take an event in. False: only the whole state can tell. */
  apply(name, data) {
    const chat = this.chats.get(data.chat_id ?? data.chat?.id);
    if (!chat) return false;
    if (name === "message" || name === "edited") chat.messages.set(data.message_id, data);
    else if (name === "deleted") data.message_ids.forEach((id) => chat.messages.delete(id));
    else if (name === "keyboard") chat.keyboard = data.keyboard;
    return true;
  }

  isMine(message) {
    return message.from?.id === this.me.id;
  }
}

function withMessages(chat) {
  const sorted = [...chat.messages].sort((a, b) => a.message_id - b.message_id);
  return { ...chat, messages: new Map(sorted.map((one) => [one.message_id, one])) };
}

export function authorOf(message) {
  return message.sender_chat ?? message.from ?? message.chat;
}

export function nameOf(who) {
  return who.title ?? [who.first_name, who.last_name].filter(Boolean).join(" ");
}

/** Whether `next` hangs together with `message` before it: same author, soon after. */
export function together(message, next) {
  return Boolean(message && next) && authorOf(message).id === authorOf(next).id
    && next.date - message.date < GROUPED_S && !isService(message) && !isService(next);
}

export function isService(message) {
  return ["new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id",
    "pinned_message", "new_chat_title"].some((name) => name in message);
}
