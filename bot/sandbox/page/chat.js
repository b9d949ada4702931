// One chat on the page: its head, its feed, and what stands below: field, start or unblock.
import { act } from "./api.js";
import { Composer } from "./composer.js";
import { controls } from "./controls.js";
import { button, make } from "./dom.js";
import { Feed } from "./feed.js";
import { alertBox, toast, tried } from "./notices.js";
import { nameOf } from "./store.js";
import { word } from "./words.js";

const ACTION_MS = 5000;
const ANSWER_MS = 15_000;

export class ChatView {
  /** `page` is the main module's: begin, address, user, chosen(chat id), unread(view, n). */
  constructor(id, store, page) {
    Object.assign(this, { id, store, page });
    this.pressed = new Map(); // callback query → its button
    this.early = new Map(); // answers that came before we knew their query
    const { chat } = this;
    this.private = chat.type === "private";
    this.name = this.private ? nameOf(store.bot) : nameOf(chat);
    this.status = make("span", { class: "status" });
    this.feed = new Feed({
      name: this.name,
      named: chat.type !== "private" && chat.type !== "channel",
      isMine: (message) => chat.type !== "channel" && store.isMine(message),
      hands: this.hands(),
      unread: (n) => page.unread(this, n),
    });
    this.composer = new Composer({ chat: () => this.chat, bot: () => store.bot, begin: page.begin });
    this.welcome = make("div", { class: "welcome", hidden: true });
    this.feed.element.append(this.welcome);
    this.below = make("div", { class: "below" });
    this.controls = make("div", { class: "controls" });
    this.element = make("section", { class: "chat", "aria-label": this.name }, this.head(), this.feed.element, this.below);
    this.feed.fill(chat.messages.values());
    this.refresh();
  }

  get chat() {
    return this.store.chats.get(this.id);
  }

  /** Everything but the messages: standing, menu, what can be written. */
  refresh() {
    this.status.textContent = word(this.acting ? this.doing : this.standing());
    this.status.classList.toggle("busy", Boolean(this.acting));
    this.controls.replaceChildren(...controls(this.chat, this.store, this.page));
    this.composer.refresh();
    this.showWelcome();
    const below = this.instead() ?? this.composer.element;
    if (this.below.firstElementChild?.className === below.className) return;
    const focused = this.below.contains(document.activeElement);
    this.below.replaceChildren(below);
    if (!focused) return;
    // A touch screen's keyboard would cover what the bot says next.
    const touch = matchMedia("(pointer: coarse)").matches;
    const next = below.querySelector("textarea") ?? below.querySelector("button");
    (touch ? this.feed.scroller : next).focus();
  }

  /** After the state was read anew: add what we missed, take away what is gone. */
  catchUp() {
    const { messages } = this.chat;
    this.feed.remove([...this.feed.items.keys()].filter((id) => !messages.has(id)));
    for (const message of messages.values()) this.feed.update(message);
    this.refresh();
  }

  take(name, data) {
    if (name === "message") {
      if (data.from?.is_bot || this.chat.type === "channel") this.stopActing();
      this.feed.put(data);
      if (this.chat.messages.size === 1) this.refresh();
    } else if (name === "edited") this.feed.put(data);
    else if (name === "deleted") this.feed.remove(data.message_ids);
    else if (name === "chat_action") this.startActing(data.action);
    else if (name === "callback_answer") this.answered(data);
    else if (name === "keyboard") this.keyboard(data.keyboard);
  }

  head() {
    const picture = make("span", { class: "picture", "aria-hidden": "true" }, [...this.name][0] ?? "?");
    const names = make("div", { class: "names" }, make("h2", {}, this.name), this.status);
    const menu = make("details", { class: "more drop" },
      make("summary", { "aria-label": word("manage", { name: this.name }), title: word("manage", { name: this.name }) }, "⋮"),
      this.controls);
    const head = make("header", { class: "head" }, picture, names);
    if (!this.private && this.store.rooms.length > 1) head.append(this.chooser());
    head.append(menu);
    return head;
  }

  /** Which of the other chats to look at, when there are several. */
  chooser() {
    const options = this.store.rooms.map((room) =>
      make("option", { value: room.id, selected: room.id === this.id }, nameOf(room)));
    return make("select", {
      class: "rooms", "aria-label": word("chats"),
      onchange: (event) => this.page.chosen(Number(event.target.value)),
    }, options);
  }

  standing() {
    if (this.private) return this.store.blocked ? "blocked" : "bot_status";
    if (!this.chat.bot_here) return "bot_absent";
    const kind = this.chat.type === "channel" ? "bot" : "group";
    const mute = this.chat.type === "channel" && !this.chat.bot.can_post_messages;
    return `${kind}_${mute ? "mute" : "admin"}`;
  }

  /** A big button where the field would be: Telegram's «Запустить» and «Разблокировать». */
  instead() {
    if (!this.private) return null;
    if (this.store.blocked) {
      return make("div", { class: "instead unblock" },
        button(word("unblock"), { class: "main", onclick: () => tried(() => act("unblock")) }));
    }
    if (this.chat.messages.size) return null;
    return make("div", { class: "instead begin" },
      button(word("start"), { class: "main", onclick: () => this.composer.send("/start") }));
  }

  showWelcome() {
    const { welcome, chat, store } = this;
    welcome.hidden = chat.messages.size > 0;
    if (welcome.hidden) return;
    const about = store.bot.description || word("intro");
    const [title, words] = this.private ? [word("what_can"), about]
      : [word("channel_empty"), word(chat.bot_here ? "channel_ready" : "channel_intro")];
    const card = make("div", { class: "card" }, make("strong", {}, title), make("p", { dir: "auto" }, words));
    if (!this.private && !chat.bot_here) {
      card.append(button(word("promote"), {
        class: "main", onclick: () => tried(() => act("promote", { chat_id: chat.id })),
      }));
    }
    welcome.replaceChildren(card);
  }

  hands() {
    return {
      command: (text) => this.page.command(this, text),
      address: (url, event) => this.page.address(url, event),
      copy: (text) => copy(text),
      press: (message, key, row, column, element) => this.press(message, key, row, column, element),
    };
  }

  async press(message, key, row, column, element) {
    if (key.copy_text) return copy(key.copy_text.text);
    const inline = ["switch_inline_query_current_chat", "switch_inline_query", "switch_inline_query_chosen_chat"]
      .find((name) => name in key);
    if (inline) {
      const words = `@${this.store.bot.username} ${key[inline].query ?? key[inline]}`;
      const here = inline === "switch_inline_query_current_chat";
      return here ? this.composer.fill(words) : this.page.share(words);
    }
    if (!("callback_data" in key) || element.getAttribute("aria-busy")) return undefined;
    element.setAttribute("aria-busy", "true");
    const fields = { message_id: message.message_id, chat_id: this.id, row, column };
    const asked = await tried(() => act("press", fields));
    const id = asked?.callback_query_id;
    if (!id) return element.removeAttribute("aria-busy");
    this.pressed.set(id, element);
    if (this.early.has(id)) return this.answered(this.early.get(id));
    return setTimeout(() => this.released(id) && toast(word("no_answer")), ANSWER_MS);
  }

  answered(answer) {
    const id = answer.callback_query_id;
    if (!this.released(id)) {
      this.early.set(id, answer);
      return;
    }
    this.early.delete(id);
    if (answer.url) this.page.address(answer.url, null);
    if (!answer.text) return;
    if (answer.show_alert) alertBox(this.name, answer.text);
    else toast(answer.text);
  }

  released(id) {
    const element = this.pressed.get(id);
    element?.removeAttribute("aria-busy");
    return this.pressed.delete(id);
  }

  keyboard(keyboard) {
    this.composer.refresh();
    if (!keyboard?.force_reply) return;
    const asked = [...this.chat.messages.values()].findLast((one) => one.from?.is_bot);
    if (asked) this.composer.answer(asked);
  }

  startActing(action) {
    clearTimeout(this.acting);
    this.doing = action.startsWith("upload") ? "uploading" : "typing";
    this.acting = setTimeout(() => this.stopActing(), ACTION_MS);
    this.refresh();
  }

  stopActing() {
    if (!this.acting) return;
    clearTimeout(this.acting);
    this.acting = null;
    this.refresh();
  }
}

async function copy(text) {
  await tried(async () => {
    await navigator.clipboard.writeText(text);
    toast(word("copied"));
  });
}
