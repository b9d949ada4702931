// What a person can do to the bot in a chat, and what the sandbox can do to Telegram.
import { act } from "./api.js";
import { button, make } from "./dom.js";
import { toast, tried } from "./notices.js";
import { word } from "./words.js";

const FAULTS = {
  fault_429: { kind: "429", retry_after_s: 5, method: "send*" },
  fault_502: { kind: "502", method: "send*" },
  fault_reset_after: { kind: "reset_after", method: "send*" },
  fault_slow: { kind: "slow", delay_s: 5, method: "send*" },
};

function deed(label, name, fields, attributes = {}) {
  return button(word(label), { ...attributes, onclick: () => tried(() => act(name, fields)) });
}

/** Buttons for the chat's menu: only what makes sense as the bot stands there now. */
export function controls(chat, store, page) {
  if (chat.type === "private") {
    return store.blocked ? [deed("unblock", "unblock", {})] : [deed("block", "block", {}, { class: "danger" })];
  }
  const fields = { chat_id: chat.id };
  const channel = chat.type === "channel";
  const admin = chat.bot?.status === "administrator";
  const full = admin && (!channel || chat.bot.can_post_messages);
  const shown = [];
  if (!full) shown.push(deed("promote", "promote", fields));
  if (full && channel) shown.push(deed("strip", "promote", { ...fields, without: ["can_post_messages"] }));
  if (chat.bot_here) {
    const remove = channel ? ["demote", { ...fields, kick: true }] : ["remove", fields];
    shown.push(deed(channel ? "remove" : "remove_group", ...remove, { class: "danger" }));
  }
  shown.push(button(word("new_group"), { onclick: () => tried(() => newGroup(page)) }));
  return shown;
}

async function newGroup(page) {
  const { chat_id: id } = await act("group", { title: word("group_title") });
  page.chosen(id);
}

/** The panel that spoils Telegram's next answers. */
export function faultsPanel() {
  const spoil = (label, fields) => button(word(label), {
    onclick: () => tried(async () => {
      await act("faults", fields);
      toast(word(fields.clear ? "faults_none" : "fault_set"));
    }),
  });
  return [
    make("p", {}, word("faults_hint")),
    make("div", { class: "deeds" },
      Object.entries(FAULTS).map(([label, fields]) => spoil(label, fields)),
      spoil("fault_clear", { clear: true })),
  ];
}
