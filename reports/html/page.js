// What a report can do beyond being read. Nothing of the report needs it.
"use strict";
(() => {
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  const addThemeButton = () => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const root = document.documentElement;
    const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
    const button = make("button", { type: "button", className: "theme" });
    const name = () => { button.textContent = isDark() ? "Light colours" : "Dark colours"; };
    button.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      name();
    });
    dark.addEventListener("change", name);
    name();
    document.querySelector("header").append(button);
  };

  const select = (element) => getSelection().selectAllChildren(element);

  const copy = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent.trim());
      return true;
    } catch {
      select(element);
      return document.execCommand("copy");
    }
  };

  const addCopyButton = (pre) => {
    const button = make("button", { type: "button", textContent: "Copy" });
    button.setAttribute("aria-label", "Copy the command");
    const box = make("div", { className: "copyable" });
    pre.replaceWith(box);
    box.append(pre, button);
    button.addEventListener("click", async () => {
      const done = await copy(pre);
      button.textContent = done ? "Copied" : "Selected";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
  };

  // Hides every item without these words.
  const addFilter = (place) => {
    const items = [...document.querySelectorAll(".item")].map(
      (element) => ({ element, text: element.textContent.toLowerCase() }));
    if (items.length < 2) return;
    const label = make("label", { textContent: "Filter", htmlFor: "filter-text" });
    const input = make("input", { type: "search", id: "filter-text", placeholder: "words, as in ses region" });
    const status = make("span", { className: "soft" });
    status.setAttribute("role", "status");
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const item of items) {
        const fits = words.every((word) => item.text.includes(word));
        item.element.hidden = !fits;
        shown += fits;
      }
      status.textContent = words.length ? `${shown} of ${items.length} shown` : "";
    });
    place.classList.add("tools");
    place.append(label, input, status);
  };

  // Of a value that is too wide, the part that differs is to be seen.
  const showDifference = (pre) => {
    const mark = pre.querySelector("ins, del");
    if (mark && mark.offsetLeft > pre.clientWidth * 0.8) pre.scrollLeft = mark.offsetLeft - pre.clientWidth / 2;
  };

  addThemeButton();
  document.querySelectorAll("pre.values").forEach(showDifference);
  document.querySelectorAll("pre.copy").forEach(addCopyButton);
  document.querySelectorAll(".filter").forEach(addFilter);

  // A link to something in a closed <details> opens it.
  const openTarget = () => {
    const target = document.getElementById(location.hash.slice(1));
    for (let box = target && target.closest("details"); box; box = box.parentElement.closest("details")) {
      box.open = true;
    }
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", openTarget);
  if (location.hash) openTarget();
})();
