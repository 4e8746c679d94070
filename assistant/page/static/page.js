"use strict";

/* What the page does in the browser. It makes no markup of its own: markup comes escaped from the server. */
window.footnote = (() => {
  const NARROW = window.matchMedia("(max-width: 820px)");
  const BEHIND = ["fn-header", "fn-main", "fn-composer"];
  const UPLOAD = "input[data-testid='Add files-upload-button']";
  const ASKS = ["example", "retry", "widen"];
  const MS_WITHOUT_NEWS = 2000;
  const MS_UNTIL_SHOWN = 10000;
  let pane = null;
  let returnTo = null;
  let opened = "";
  let askedAt = 0;
  let newsAt = 0;

  const byId = (id) => document.getElementById(id);
  const keyOf = (data) => [data.article, data.version, data.start, data.end].join("/");
  const isOpen = () => document.body.classList.contains("fn-reading");

  /* The tab's key, which nobody can guess: it lives as long as the tab, also when the page is loaded again. */
  function key() {
    try {
      const kept = sessionStorage.getItem("fn-key");
      if (kept) return kept;
      const bytes = crypto.getRandomValues(new Uint8Array(16));
      const made = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      sessionStorage.setItem("fn-key", made);
      return made;
    } catch {
      return "";
    }
  }

  function connect(element, trigger, names) {
    element.addEventListener("click", (event) => {
      const target = event.target.closest("[data-fn]");
      if (!target || !names.includes(target.dataset.fn)) return;
      event.preventDefault();
      if (target.dataset.fn === "open" && !mayOpen(event, target)) return;
      const data = { ...target.dataset };
      if (target.dataset.fn === "example") data.question = target.textContent;
      if (ASKS.includes(target.dataset.fn)) askedAt = Date.now();
      trigger(target.dataset.fn, data);
    });
  }

  /* A click that ends a selection of text is no wish to open; a second click on what is open only shows it. */
  function mayOpen(event, target) {
    const button = event.target.closest("button, a");
    if (!button && String(window.getSelection())) return false;
    returnTo = button || target.querySelector("button");
    const key = keyOf(target.dataset);
    if (isOpen() && key === opened) {
      showMark();
      return false;
    }
    opened = key;
    return true;
  }

  function connectPane(element, props, watch) {
    pane = { element, props };
    watch("value", () => {
      if (!props.value) closePane();
      else if (opened) openPane();
      else props.value = ""; /* It was closed before this article came. */
    });
  }

  function openPane() {
    const shown = pane.element.querySelector("[data-opened]");
    if (shown) opened = shown.dataset.opened;
    keepInPlace(returnTo, () => document.body.classList.add("fn-reading"));
    markCurrent();
    setBehind();
    if (NARROW.matches && !(history.state && history.state.fnReading)) {
      history.pushState({ ...history.state, fnReading: true }, "");
    }
    showMark();
  }

  function showMark() {
    const mark = pane.element.querySelector("#fn-mark");
    const scroller = pane.element.querySelector(".fn-pane-scroll");
    if (scroller) scroller.scrollTop = 0;
    const target = mark || pane.element.querySelector("#fn-pane-title");
    if (!target) return;
    target.focus({ preventScroll: true });
    if (mark) mark.scrollIntoView({ block: "center" });
  }

  function closePane() {
    if (!isOpen()) return;
    keepInPlace(returnTo, () => document.body.classList.remove("fn-reading"));
    opened = "";
    markCurrent();
    setBehind();
    if (history.state && history.state.fnReading) history.back();
    if (pane.props.value) pane.props.value = "";
    const target = returnTo && returnTo.isConnected ? returnTo : document.querySelector("#fn-question textarea");
    if (target) target.focus({ preventScroll: true });
  }

  /* What was clicked stays where it is while the columns beside it move. */
  function keepInPlace(element, change) {
    const before = element && element.isConnected ? element.getBoundingClientRect().top : null;
    change();
    if (before !== null) window.scrollBy(0, element.getBoundingClientRect().top - before);
  }

  function markCurrent() {
    for (const element of document.querySelectorAll("[data-fn='open']")) {
      element.classList.toggle("fn-current", opened !== "" && keyOf(element.dataset) === opened);
    }
  }

  /* On a narrow screen the article covers everything, so nothing behind it can be reached. */
  function setBehind() {
    for (const id of BEHIND) {
      const element = byId(id);
      if (element) element.inert = isOpen() && NARROW.matches;
    }
  }

  /* Gradio can close the stream of events just as a new question begins: its answer would never be shown.
     While one is awaited and nothing comes, the page asks what stands. */
  function follow(element, sync) {
    setInterval(() => {
      const now = Date.now();
      const awaited = askedAt > newsAt && now - askedAt < MS_UNTIL_SHOWN;
      if (!awaited && !element.querySelector(".fn-turn[aria-busy='true']")) return;
      if (now - Math.max(newsAt, askedAt) > MS_WITHOUT_NEWS) sync();
    }, MS_WITHOUT_NEWS / 2);
  }

  function connectThread(element, watch) {
    let shown = "";
    watch("value", () => {
      markCurrent();
      const turn = element.querySelector(".fn-turn[data-announce]");
      if (!turn) {
        shown = "";
        return;
      }
      newsAt = Date.now();
      const state = `${turn.dataset.turn} ${turn.getAttribute("aria-busy")} ${turn.dataset.announce}`;
      if (state === shown) return;
      const isNew = !shown.startsWith(`${turn.dataset.turn} `);
      shown = state;
      announce(turn.dataset.announce);
      if (isNew) {
        hideNews();
        turn.scrollIntoView({ block: "start" });
      }
    });
  }

  /* That a file was added is no news any more once something has been asked. */
  function hideNews() {
    for (const note of document.querySelectorAll("#fn-adding .fn-adding:not(.fn-refused)")) {
      if (note.querySelector(".fn-dismiss")) note.hidden = true;
    }
  }

  function announce(words) {
    const status = byId("fn-status");
    if (status) status.textContent = words;
  }

  async function copy(button) {
    const words = button.dataset.text;
    try {
      await navigator.clipboard.writeText(words);
    } catch {
      if (!copyBySelection(words)) {
        announce("The browser did not allow copying.");
        return;
      }
    }
    button.dataset.label ||= button.textContent;
    button.textContent = "Copied";
    announce("Copied.");
    setTimeout(() => (button.textContent = button.dataset.label), 1600);
  }

  /* For addresses that a browser does not hold to be secure. */
  function copyBySelection(words) {
    const field = document.createElement("textarea");
    field.value = words;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }

  function highlight(event, on) {
    const cite = event.target.closest && event.target.closest(".fn-cite");
    const source = cite && byId(cite.dataset.source);
    if (source) source.classList.toggle("fn-pointed", on);
  }

  function acceptDrops() {
    const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
    const show = (on) => document.body.classList.toggle("fn-dropping", on);
    window.addEventListener("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      show(true);
    });
    window.addEventListener("dragleave", (event) => !event.relatedTarget && show(false));
    window.addEventListener("drop", (event) => {
      show(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      hand(event.dataTransfer.files);
    }, true);
  }

  function hand(files) {
    const input = document.querySelector(UPLOAD);
    const button = byId("fn-add");
    if (!input || !files.length || (button && button.disabled)) return;
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* Files that are too large are not sent at all; the others go on. */
  function limitUploads(mostBytes) {
    document.addEventListener("change", (event) => {
      const input = event.target;
      if (!input.matches(UPLOAD) || ![...input.files].some((file) => file.size > mostBytes)) return;
      event.stopImmediatePropagation();
      const kept = new DataTransfer();
      for (const file of input.files) {
        if (file.size > mostBytes) refuse(file, mostBytes);
        else kept.items.add(file);
      }
      hand(kept.files);
    }, true);
  }

  function refuse(file, mostBytes) {
    const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
    const note = document.createElement("div");
    const words = document.createElement("span");
    const close = document.createElement("button");
    note.className = "fn-adding fn-refused";
    note.setAttribute("role", "alert");
    words.textContent =
      `${file.name} was not added. It has ${megabytes(file.size)}; the largest file that is read has ` +
      `${megabytes(mostBytes)}. Cut it into smaller files.`;
    close.className = "fn-dismiss";
    close.dataset.fn = "dismiss";
    close.setAttribute("aria-label", "Dismiss");
    close.textContent = "×";
    note.append(words, close);
    byId("fn-ask-row").before(note);
  }

  /* The question as it was understood goes where it can be changed and asked again. */
  function edit(button) {
    const field = document.querySelector("#fn-question textarea");
    field.value = button.dataset.text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  const onClick = {
    copy,
    edit,
    close: () => closePane(),
    dismiss: (button) => (button.parentElement.hidden = true),
  };

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-fn]");
    const act = target && onClick[target.dataset.fn];
    if (act) act(target);
    if (event.target.closest("#fn-ask")) askedAt = Date.now();
    /* These two take each other's place: who works with the keyboard must not lose theirs. */
    if (event.detail === 0 && event.target.closest("#fn-ask, #fn-stop")) {
      document.querySelector("#fn-question textarea").focus();
    }
  });
  document.addEventListener("keypress", (event) => {
    if (event.key === "Enter" && event.target.closest("#fn-question")) askedAt = Date.now();
  }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && isOpen()) closePane();
  });
  for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => highlight(event, on));
  }
  window.addEventListener("popstate", () => isOpen() && closePane());
  NARROW.addEventListener("change", setBehind);
  acceptDrops();

  /* Gradio adds this script when the page is there already. It has to stand in the page before it first speaks. */
  function addStatus() {
    const status = document.createElement("div");
    status.id = "fn-status";
    status.className = "fn-unseen";
    status.setAttribute("role", "status");
    status.setAttribute("aria-live", "polite");
    document.body.append(status);
  }
  if (document.body) addStatus();
  else document.addEventListener("DOMContentLoaded", addStatus);

  return { connect, follow, key, limitUploads, pane: connectPane, thread: connectThread };
})();
