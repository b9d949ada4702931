// The messages of one chat: in order, by days, grouped; and where the reader has scrolled to.
import { button, calm, make, svgIcon, PATHS } from "./dom.js";
import { dayKey, dayName } from "./dates.js";
import { drawMessage } from "./message.js";
import { authorOf, together } from "./store.js";
import { word } from "./words.js";

const NEAR_PX = 60;
const MARGIN_PX = 10;

export class Feed {
  /** `isMine(message)` tells the reader's own; `unread(n)` hears how many were not seen yet. */
  constructor({ name, named, isMine, hands, unread }) {
    Object.assign(this, { named, isMine, unread });
    this.hands = { ...hands, find: (id) => this.find(id) };
    this.items = new Map();
    this.list = make("ol", { class: "messages" });
    this.scroller = make("div", {
      class: "scroller", role: "log", tabindex: "0", "aria-label": word("messages", { name }),
    }, this.list);
    this.badge = make("span", { class: "count", "aria-hidden": "true" });
    this.toEnd = button(word("to_end"), { class: "to-end", hidden: true, onclick: () => this.jump() },
      svgIcon(PATHS.down), this.badge);
    this.element = make("div", { class: "feed" }, this.scroller, this.toEnd);
    this.unseen = new Set(); // items whose beginning was not in sight yet
    this.first = null; // the first message since the reader last did something: stays in sight
    this.scroller.addEventListener("scroll", () => this.seen(), { passive: true });
    new ResizeObserver(() => this.stuck && this.settle()).observe(this.list);
    new ResizeObserver(() => this.stuck && this.settle()).observe(this.scroller);
    this.stuck = true;
  }

  fill(messages) {
    this.scroller.setAttribute("aria-live", "off"); // what was there already is not news
    this.items.clear();
    this.list.replaceChildren();
    for (const message of messages) this.place(message);
    this.jump();
    requestAnimationFrame(() => this.scroller.setAttribute("aria-live", "polite"));
  }

  /** A message that is new, or takes the place of what it was before. */
  put(message) {
    const known = this.items.get(message.message_id);
    if (known) return this.redraw(known, message);
    const item = this.place(message);
    if (!calm()) item.classList.add("fresh");
    if (this.isMine(message)) return this.jump();
    this.unseen.add(item);
    if (this.stuck) {
      this.first ??= item;
      if (this.visible) this.settle();
    }
    return this.look();
  }

  /** The message as the state has it; nothing happens when it is drawn so already. */
  update(message) {
    const drawn = this.items.get(message.message_id)?.message;
    if (!drawn || JSON.stringify(drawn) !== JSON.stringify(message)) this.put(message);
  }

  remove(ids) {
    for (const id of ids) {
      const item = this.items.get(id);
      if (!item) continue;
      const neighbours = [item.previousElementSibling, item.nextElementSibling];
      this.items.delete(id);
      this.unseen.delete(item);
      item.remove();
      neighbours.forEach((one) => one && this.arrange(one));
    }
  }

  find(id) {
    const item = this.items.get(id);
    if (!item) return;
    item.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    item.classList.add("found");
    setTimeout(() => item.classList.remove("found"), 1500);
  }

  /** To the end, where the feed then stays while messages come. */
  jump() {
    this.first = null;
    this.stuck = true;
    this.unseen.clear();
    this.settle();
    this.count();
  }

  get visible() {
    return this.element.offsetParent !== null && !document.hidden;
  }

  place(message) {
    const item = make("li", { class: "message", "data-id": message.message_id });
    this.items.set(message.message_id, item);
    const after = [...this.list.children].findLast((one) => one.message.message_id < message.message_id);
    if (after) after.after(item);
    else this.list.prepend(item);
    this.draw(item, message);
    [item.previousElementSibling, item, item.nextElementSibling].forEach((one) => one && this.arrange(one));
    return item;
  }

  draw(item, message) {
    const mine = this.isMine(message);
    item.message = message;
    item.classList.toggle("out", mine);
    item.classList.toggle("with-keys", Boolean(message.reply_markup?.inline_keyboard?.length));
    const day = item.querySelector(":scope > .day");
    item.replaceChildren(...drawMessage(message, { mine, named: this.named, hands: this.hands }));
    if (day) item.prepend(day);
  }

  /** In place; what had the focus keeps it, by its place among the buttons. */
  redraw(item, message) {
    const keys = (within) => [...within.querySelectorAll("a, button")];
    const place = keys(item).indexOf(document.activeElement);
    this.draw(item, message);
    const now = keys(item);
    if (place >= 0) (now[Math.min(place, now.length - 1)] ?? this.scroller).focus({ preventScroll: true });
    if (this.stuck) this.settle();
  }

  /** Day heading and grouping, which depend on the neighbours. */
  arrange(item) {
    const before = item.previousElementSibling?.message;
    const next = item.nextElementSibling?.message;
    const { message } = item;
    item.querySelector(":scope > .day")?.remove();
    const begins = !before || dayKey(before.date) !== dayKey(message.date);
    if (begins) item.prepend(make("p", { class: "day" }, make("span", {}, dayName(message.date))));
    item.classList.toggle("follows", !begins && together(before, message));
    item.classList.toggle("last", !together(message, next) || authorOf(message).id !== authorOf(next).id);
  }

  /** Down to the end, but not past the beginning of the first new message. */
  settle() {
    const { scroller } = this;
    const end = scroller.scrollHeight - scroller.clientHeight;
    const top = this.first?.isConnected ? this.first.offsetTop - MARGIN_PX : end;
    scroller.scrollTop = Math.min(end, top);
  }

  /** The chat came into sight: to its end, or to the first message that came meanwhile. */
  shown() {
    if (this.stuck) this.settle();
    this.seen();
  }

  seen() {
    const { scroller } = this;
    const away = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
    const held = this.first?.isConnected && Math.abs(scroller.scrollTop - (this.first.offsetTop - MARGIN_PX)) < 2;
    this.stuck = away < NEAR_PX || Boolean(held);
    if (!held) this.first = null;
    this.toEnd.hidden = away < NEAR_PX;
    this.look();
  }

  /** Whose beginning has come into sight is seen, however far its end. */
  look() {
    const { scrollTop, clientHeight } = this.scroller;
    for (const item of this.visible ? this.unseen : []) {
      if (item.offsetTop + NEAR_PX < scrollTop + clientHeight) this.unseen.delete(item);
    }
    this.count();
  }

  count() {
    const n = this.unseen.size;
    this.badge.textContent = n || "";
    this.toEnd.setAttribute("aria-label", n ? word("new_messages", { n }) : word("to_end"));
    this.unread(n);
  }
}
