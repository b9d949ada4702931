// Puts the page together: reads the state, draws the chats, and follows what happens.
import { act, listen, readState } from "./api.js";
import { ChatView } from "./chat.js";
import { faultsPanel } from "./controls.js";
import { make } from "./dom.js";
import { watchDrops } from "./drops.js";
import { alertBox, askBox, toast, tried } from "./notices.js";
import { nameOf, Store } from "./store.js";
import { LANGUAGES, speak, word } from "./words.js";

const WHOLE = new Set(["commands", "profile", "member", "chat", "reset"]); // the state tells
const AGAIN_MS = 1500;

class Page {
  constructor(state) {
    this.store = new Store(state);
    this.main = document.querySelector("#chats");
    this.tabs = document.querySelector("#tabs");
    this.unseen = new Map();
    this.online = true;
    this.draw();
    listen(this.store.lastEvent, (...event) => this.heard(...event), (on) => this.connected(on));
    document.addEventListener("visibilitychange", () => this.views.forEach((view) => view.feed.shown()));
  }

  /** All of it anew, in the language that the person's app speaks. */
  draw() {
    speak(this.store.me.language_code);
    const { rooms, me } = this.store;
    if (!rooms.some((room) => room.id === this.room)) this.room = rooms[0]?.id;
    const ids = [me.id, this.room].filter((id) => id !== undefined);
    const drafts = new Map(this.views?.map((view) => [view.id, view.composer.field.value]));
    this.unseen.clear();
    this.tabs.replaceChildren(...ids.map((id) => this.tab(id)));
    this.views = ids.map((id) => new ChatView(id, this.store, this));
    this.main.replaceChildren(...this.views.map((view) => view.element));
    this.turn(ids.includes(this.turned) ? this.turned : ids[0]);
    for (const view of this.views) {
      view.composer.field.value = drafts.get(view.id) ?? "";
      view.feed.jump();
    }
    document.querySelector("#faults").replaceChildren(...faultsPanel());
    this.drawLanguages();
  }

  drawLanguages() {
    const select = document.querySelector("#language");
    select.replaceChildren(...Object.entries(LANGUAGES).map(([code, name]) =>
      make("option", { value: code, lang: code, selected: code === this.store.me.language_code }, name)));
    select.onchange = () => tried(() => act("language", { language_code: select.value }));
  }

  heard(name, data, id) {
    if (name === "faults") return;
    if (this.reading) this.meanwhile.push({ name, data, id });
    if (WHOLE.has(name) || !this.store.apply(name, data)) {
      this.again();
      return;
    }
    this.view(data.chat_id ?? data.chat.id)?.take(name, data);
  }

  view(id) {
    return this.views.find((view) => view.id === id);
  }

  /** Read the state anew; several calls at once are one. */
  async again() {
    if (this.reading) {
      this.stale = true;
      return;
    }
    this.reading = true;
    this.meanwhile = []; // what the state we are given may not hold yet
    const state = await readState().catch(() => null);
    this.reading = false;
    if (!state) return; // we are offline, and read again when we are back
    const before = this.store.me.language_code;
    const rooms = this.store.rooms.map((room) => room.id).join();
    this.store.take(state);
    for (const { name, data, id } of this.meanwhile) {
      if (id > state.last_event_id) this.store.apply(name, data);
    }
    if (before !== this.store.me.language_code || rooms !== this.store.rooms.map((room) => room.id).join()) {
      this.draw();
    } else {
      this.views.forEach((view) => view.catchUp());
    }
    if (this.stale) {
      this.stale = false;
      this.again();
    }
  }

  connected(online) {
    if (this.online === online) return;
    this.online = online;
    document.body.classList.toggle("offline", !online);
    this.lost?.();
    this.lost = null;
    if (online) {
      toast(word("online"));
      this.again();
    } else {
      this.lost = toast(word("offline"), { lasting: true });
    }
  }

  tab(id) {
    const own = id === this.store.me.id;
    const label = word(own ? "bot" : this.store.chats.get(id).type === "channel" ? "channel" : "group");
    const badge = make("span", { class: "count" });
    const tab = make("button", { type: "button", onclick: () => this.turn(id) }, label, badge);
    tab.dataset.chat = id;
    return tab;
  }

  /** On a narrow screen one chat is seen at a time. */
  turn(id) {
    this.turned = id;
    for (const tab of this.tabs.children) {
      tab.setAttribute("aria-current", String(Number(tab.dataset.chat) === id));
    }
    for (const view of this.views) view.element.classList.toggle("turned", view.id === id);
    this.view(id)?.feed.shown();
  }

  unread(view, n) {
    this.unseen.set(view.id, n);
    const tab = [...this.tabs.children].find((one) => Number(one.dataset.chat) === view.id);
    const badge = tab?.querySelector(".count");
    if (badge) {
      badge.textContent = n || "";
      if (n) badge.setAttribute("aria-label", word("unread", { n }));
      else badge.removeAttribute("aria-label");
    }
    const all = [...this.unseen.values()].reduce((sum, one) => sum + one, 0);
    document.title = (all ? `(${all}) ` : "") + word("title");
  }

  chosen(id) {
    this.room = id;
    this.turned = id;
    if (!this.store.chats.has(id)) return this.again(); // it is that new
    this.draw();
    return this.view(id)?.element.querySelector(".rooms")?.focus();
  }

  /** Words to be sent in a chat that the person chooses now. */
  share(words) {
    const { bot, me, rooms } = this.store;
    const open = rooms.filter((room) => room.can_write);
    const chats = [{ id: me.id, label: nameOf(bot) }, ...open.map((room) => ({ id: room.id, label: nameOf(room) }))];
    askBox(word("choose_chat"), word("choose_chat"), chats.map(({ id, label }) => ({
      label,
      chosen: () => {
        if (!this.view(id)) this.chosen(id);
        this.turn(id);
        this.view(id).composer.fill(words);
      },
    })));
  }

  /** A command that was tapped: said where it can be heard. */
  command(view, text) {
    const there = view.chat.type === "channel" ? this.view(this.store.me.id) : view;
    this.turn(there.id);
    there.composer.send(text);
  }

  begin(parameter) {
    const own = this.view(this.store.me.id);
    this.turn(own.id);
    own.composer.send(parameter ? `/start ${parameter}` : "/start");
  }

  /** A link was followed. One to a chat that is here stays here; Telegram would open the chat. */
  address(href, event) {
    const target = telegramTarget(href);
    const name = target?.name.toLowerCase();
    const room = this.store.rooms.find((one) => one.username?.toLowerCase() === name);
    if (!target || (name !== this.store.bot.username.toLowerCase() && !room)) {
      if (!event) alertBox(word("title"), href);
      return;
    }
    event?.preventDefault();
    if (room) this.chosen(room.id);
    else if (target.parameters.has("startchannel")) tried(() => act("promote", { chat_id: this.room }));
    else if (target.parameters.has("start")) this.begin(target.parameters.get("start"));
    else this.turn(this.store.me.id);
  }
}

/** Whom a t.me or tg://resolve link is about; null for other links. */
function telegramTarget(href) {
  const url = new URL(href);
  if (url.protocol === "tg:") {
    const name = url.searchParams.get("domain");
    return name ? { name, parameters: url.searchParams } : null;
  }
  if (!["t.me", "telegram.me"].includes(url.hostname)) return null;
  return { name: url.pathname.slice(1).split("/")[0], parameters: url.searchParams };
}

async function begin() {
  try {
    const page = new Page(await readState());
    document.body.classList.add("ready");
    return page;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // fetch says so when nobody answers
    return setTimeout(begin, AGAIN_MS);
  }
}

watchDrops();
speak(navigator.language.slice(0, 2));
begin();
