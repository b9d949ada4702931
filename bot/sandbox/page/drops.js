// Panels that drop down (`details.drop`): Escape, a tap elsewhere or leaving by Tab closes them.

function close(drop, { focus = false } = {}) {
  drop.open = false;
  if (focus) drop.querySelector("summary").focus();
}

export function watchDrops() {
  const opened = () => [...document.querySelectorAll("details.drop[open]")];
  document.addEventListener("pointerdown", ({ target }) => {
    opened().filter((drop) => !drop.contains(target)).forEach((drop) => close(drop));
  });
  document.addEventListener("focusin", ({ target }) => {
    opened().filter((drop) => !drop.contains(target)).forEach((drop) => close(drop));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    opened().forEach((drop) => close(drop, { focus: true }));
  });
  document.addEventListener("click", ({ target }) => {
    const drop = target.closest(".controls button")?.closest("details.drop");
    if (drop) close(drop, { focus: true });
  });
}
