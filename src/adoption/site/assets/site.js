// The tools of every page: search, colour scheme, copying, downloads, what is folded.
(function () {
  "use strict";

  var root = document.documentElement, titled = document.querySelector('meta[property="og:title"]').content;

  function all(selector, inside) { return Array.from((inside || document).querySelectorAll(selector)); }

  function add(parent, tag, attributes, text) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    if (text !== undefined) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }

  var brought = {};
  function bring(script) { // one that few readers need, once
    return brought[script] = brought[script] || new Promise(function (done) {
      add(document.head, "script", { src: script }).onload = done;
    });
  }

  function searching() {
    return Promise.all(["assets/search.js", "assets/find.js"].map(bring)).then(function () { form.classList.add("ready"); });
  }

  window.adoption = { bring: bring, add: add, all: all, searching: searching, pageName: pageName, searched: searched, save: save, savePicture: savePicture, fileName: fileName };

  // A figure of this page alone, in the page of somebody else: ?embed=figure-2.
  var only = document.getElementById(new URLSearchParams(location.search).get("embed"));
  if (only && only.matches("figure")) {
    document.body.classList.add("embed");
    var above = add(null, "p"), title = add(null, "h1"), head = only.querySelector("h2, h3");
    add(above, "a", { href: location.pathname }, titled + ", " + document.body.dataset.site);
    title.append.apply(title, head ? Array.from(head.childNodes) : [titled]);
    if (head) head.replaceWith(title); else only.prepend(title);
    document.querySelector("main").replaceChildren(above, only);
    all("a").forEach(function (link) { link.setAttribute("target", "_top"); });
  } else only = null;

  // On a phone each row is a card, whose cells have the heads of their columns.
  function label(table) {
    var heads = Array.from(table.tHead.rows[0].cells, function (head) { return head.firstChild ? head.firstChild.textContent.trim() : ""; });
    all("tbody td:not([colspan])", table).forEach(function (cell) { if (cell.textContent.trim()) cell.dataset.label = heads[cell.cellIndex]; });
  }
  all("table.wordy").forEach(label);
  window.adoption.label = label;

  // On a phone the sections after the second are folded.
  if (matchMedia("(max-width: 40rem)").matches) all(".article > .topic").slice(2).forEach(function (topic) {
    if (topic.querySelector(".interactive")) return; // plotly.js draws nothing where it is not seen
    var fold = add(null, "details", { "class": "limits" });
    topic.replaceWith(fold);
    add(fold, "summary").append(topic.querySelector("h2"));
    fold.append(topic);
  });

  // The day that a map is asked to show, in place of its own; no text where it is that.
  var page = document.body.dataset, own = page.day;
  function shownDay() { return page.day === own ? "" : page.day; }
  function shownPart() { // of the map, as an address has it: its region and its day
    var wanted = new URLSearchParams(), region = new URLSearchParams(location.hash.slice(1)).get("region");
    if (region) wanted.set("region", region);
    if (shownDay()) wanted.set("d", shownDay());
    return String(wanted) ? "#" + wanted : "";
  }
  function shownRegion() { // its name and states
    var wanted = new URLSearchParams(location.hash.slice(1)).get("region");
    return window.adoptionRegions && window.adoptionRegions[wanted];
  }
  function shownPlace() { // after a title: ", Europe, 31 October 2025"
    var region = shownRegion();
    return (region ? ", " + region[0] : "") + (shownDay() ? ", " + dayInWords(shownDay()) : "");
  }
  function dayInWords(day) {
    return new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }
  window.adoption.shownDay = shownDay;
  window.adoption.shownPart = shownPart;
  window.adoption.shownRegion = shownRegion;
  window.adoption.shownPlace = shownPlace;
  window.adoption.dayInWords = dayInWords;

  // The address of the page and the day on which it is read, in its citations; the days that are left.
  var today = new Date().toISOString().slice(0, 10);
  function cite() {
    all(".here").forEach(function (place) {
      place.dataset.address = place.dataset.address || (root.dataset.site ? place.textContent : location.href.replace(/[?#].*/, ""));
      place.textContent = place.dataset.address + shownPart();
    });
    all(".on-day").forEach(function (place) { place.textContent = shownPlace(); });
  }
  document.addEventListener("rows", cite);
  cite();
  all(".seen").forEach(function (place) {
    var day = place.matches(".iso") ? today : new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    place.textContent = place.dataset.before + day + (place.dataset.after || "");
  });
  all("time.until").forEach(function (end) {
    var days = (Date.parse(end.dateTime) - Date.parse(today)) / 86400000;
    var left = days < 0 ? page.passed : days ? page.until.replace("{days}", days).replace(/^1 days/, "1 day") : page.lastDay;
    end.append(" ");
    add(end, "small", {}, "(" + left + ")");
  });

  // What a mark of a figure says, at once: below a pointer, a finger or the focus.
  var tip = add(document.body, "p", { "class": "tip", role: "status", hidden: "" }), silent = null, shown = null, tapped = null;
  function marked(place) {
    for (; place && place.ownerSVGElement; place = place.parentNode) if (place.querySelector(":scope > title")) return place;
    return null;
  }
  function say(mark, isPointer) {
    if (silent) { silent[0].textContent = silent[1]; silent = null; } // the browser's own title, which comes late
    tip.hidden = !mark;
    shown = mark;
    if (!mark) return;
    var title = mark.querySelector("title"), box = mark.getBoundingClientRect();
    tip.textContent = title.textContent;
    tip.style.left = Math.max(4, Math.min(box.left + box.width / 2 - tip.offsetWidth / 2, root.clientWidth - tip.offsetWidth - 4)) + "px";
    tip.style.top = (box.top > tip.offsetHeight + 12 ? box.top - tip.offsetHeight - 8 : box.bottom + 8) + "px";
    if (isPointer) { silent = [title, title.textContent]; title.textContent = ""; }
  }
  function near(event, best) { // of a finger, which covers 44 pixels
    var least = 22;
    all("title", event.target.closest("figure svg")).forEach(function (title) {
      var box = title.parentNode.getBoundingClientRect();
      var away = title.parentNode.tagName === "svg" ? least : Math.hypot(box.left + box.width / 2 - event.clientX, box.top + box.height / 2 - event.clientY);
      if (away < least) { least = away; best = title.parentNode; }
    });
    return best;
  }
  document.addEventListener("pointerover", function (event) { // one that rests does not take from the keyboard
    var mark = event.pointerType !== "touch" && marked(event.target);
    if (mark || silent) say(mark, true);
  });
  document.addEventListener("pointerdown", function (event) {
    if (event.pointerType === "touch") say(event.target.closest("figure svg") && (marked(event.target) || near(event)));
  });
  document.addEventListener("click", function (event) { // the first tap on a state tells, the second opens its page
    var link = event.pointerType === "touch" && event.target.closest("figure svg a");
    if (link && link !== tapped) { event.preventDefault(); tapped = link; }
  });
  document.addEventListener("focusin", function (event) { say(marked(event.target)); });
  addEventListener("scroll", function () { say(silent ? null : shown); }, { passive: true }); // the focus may have scrolled
  function series(part) { return part.dataset.series.replace(/(,? (lower|upper|with reports))+$/, ""); }
  function apart(svg, name) { // the other series are faint; a second time all are as before
    svg.apart = svg.apart === name ? "" : name;
    all("[data-series]", svg).forEach(function (part) { part.classList.toggle("faint", !!svg.apart && series(part) !== svg.apart); });
  }
  all("figure.chart svg:is([role=img], [role=group])").forEach(function (svg) {
    var names = Array.from(new Set(all("[data-series]", svg).map(series))).sort(function (one, other) { return other.length - one.length; });
    if (names.length > 1) all("text", svg).forEach(function (label) {
      var words = label.textContent, name = names.filter(function (one) { return words.indexOf(one) >= 0 || (words.length > 8 && one.indexOf(words) === 0); })[0]; // or the first of its lines
      if (!name) return;
      label.classList.add("label");
      label.addEventListener("click", function () { apart(svg, name); });
    });
    var marks = all("title", svg).map(function (title) { return title.parentNode; }).filter(function (mark) { return mark !== svg; }), at = -1;
    if (!marks.length) return;
    svg.setAttribute("tabindex", "0");
    svg.addEventListener("keydown", function (event) {
      var step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      if (marks[at]) marks[at].classList.remove("current");
      at = (at + step + marks.length) % marks.length;
      marks[at].classList.add("current");
      say(marks[at]);
    });
    svg.addEventListener("blur", function () { if (marks[at]) marks[at].classList.remove("current"); say(null); });
  });

  function save(name, type, data) {
    add(null, "a", { download: name, href: /^data:/.test(data) ? data : URL.createObjectURL(new Blob([data], { type: type })) }).click();
  }

  var button = document.querySelector(".scheme");
  button.hidden = false;
  button.addEventListener("click", function () {
    var now = root.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    root.dataset.scheme = now === "dark" ? "light" : "dark";
    try { localStorage.setItem("scheme", root.dataset.scheme); } catch (error) { /* holds for this page */ }
  });

  // Search; what it knows is loaded once a reader types.

  var form = document.querySelector(".find");
  var field = form.querySelector("input"), message = form.querySelector(".message"), list = form.querySelector("ul");

  function searched(text, most) { return form.matches(".ready") ? window.adoptionFind(text, most) : []; }

  function show() {
    var found = searched(field.value);
    list.replaceChildren();
    var none = field.value.trim() && !found.length, ready = form.matches(".ready");
    var offered = none && ready ? window.adoptionOffered.map(function (one) { return { label: one[0], href: one[1] }; }) : found;
    offered.forEach(function (page) { add(add(list, "li"), "a", { href: page.href }, page.label); });
    list.hidden = !offered.length;
    message.textContent = none ? (ready ? form.dataset.none : form.dataset.loading) : "";
    return found;
  }

  function open() {
    var first = show()[0];
    if (first) location.href = first.href;
  }

  form.hidden = false;
  field.addEventListener("focus", function () { searching().then(show); });
  field.addEventListener("input", function () { show(); searching().then(show); });
  addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    field.focus();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    searching().then(open);
  });
  form.addEventListener("keydown", function (event) {
    var links = [field].concat(all("a", list));
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      var next = links[links.indexOf(document.activeElement) + step];
      if (next) next.focus();
    } else if (event.key === "Escape") {
      field.value = "";
      show();
      field.focus();
    }
  });

  // Text to copy; the row that an address names.
  all("footer details pre, main > details pre").forEach(function (text) {
    var copy = add(null, "button", {}, text.dataset.copy || document.body.dataset.copy);
    text.after(copy);
    copy.addEventListener("click", function () {
      getSelection().selectAllChildren(text);
      document.execCommand("copy"); // works from a disk too, where the clipboard's own interface does not
      copy.textContent = document.body.dataset.copied;
    });
  });

  // The address of this page with its day and rows, and what embeds its light page elsewhere.
  all("details.share").forEach(function (share) {
    share.hidden = false;
    function fill() {
      var base = root.dataset.site || location.href.replace(/[^/]*([?#].*)?$/, "");
      var shows = document.getElementById(share.dataset.figure) || document.querySelector("figure.world, figure");
      var room = shows && shows.querySelector("table") ? 280 : 160; // a table is higher where it is narrow
      var named = titled + shownPlace(), high = Math.ceil((shows ? shows.offsetHeight : 560) / 20) * 20 + room;
      all("pre", share).forEach(function (pre) {
        var place = share.dataset.figure ? pageName() + ".html?embed=" + share.dataset.figure + "#" + share.dataset.figure : pre.dataset.embed + shownPart();
        pre.textContent = pre.dataset.embed ? '<iframe src="' + base + place + '" title="' + named.replace(/"/g, "&quot;") + '" width="100%" height="' + high + '" style="border:0" loading="lazy"></iframe>' :
          base + pageName() + ".html" + location.search + location.hash;
      });
    }
    ["toggle", "focusin", "pointerenter"].forEach(function (event) { share.addEventListener(event, fill); });
  });

  function nameRow() {
    var row = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    unfold(row);
    all(".report .row").forEach(function (place) {
      var cells = row ? (row.cells ? Array.from(row.cells) : [row]) : [];
      place.textContent = cells.length ? location.hash + " " + cells.map(function (one) {
        return one.textContent.replace(/^#/, "").trim().replace(/\s+/g, " ");
      }).join("; ").slice(0, 300) : "";
    });
  }
  addEventListener("hashchange", nameRow);
  nameRow();

  // While an error is reported each row has a link that names it.
  all("details.report").forEach(function (report) {
    report.addEventListener("toggle", function () {
      all(".row-link").forEach(function (link) { link.remove(); });
      if (report.open) all(".table tbody tr[id] > th").forEach(function (head) {
        var name = document.body.dataset.row.replace("{name}", head.textContent.trim());
        head.prepend(add(head, "a", { "class": "row-link", href: "#" + head.parentNode.id, "aria-label": name }, "#"));
      });
    });
  });

  function pageName() { return location.pathname.split("/").pop().replace(/\.html$/, "") || "index"; }

  function dated(name) { // hanoi-acts-2026-11-26, or of an earlier day hanoi-acts-2025-10-31-data-2026-11-26
    return [name, page.day].concat(shownDay() ? ["data", page.dataDay] : []).join("-");
  }
  function fileName(what) { // its subject once
    var about = page.file || pageName();
    return dated(what.indexOf(about + "-") === 0 || what === about ? what : about + "-" + what);
  }

  all("figure.world").forEach(function (figure) {
    var line = add(figure, "p", { "class": "downloads" });
    ["svg", "png"].forEach(function (kind) {
      add(line, "button", { type: "button", "class": kind, hidden: "" }, kind.toUpperCase());
    });
    shared(line, "", document.body.dataset.share);
  });

  function shared(line, figure, words) {
    var share = document.getElementById("share");
    if (share && !only) add(line, "button", { type: "button" }, words).addEventListener("click", function () {
      share.dataset.figure = figure;
      share.open = true;
      share.querySelector("button:last-of-type").focus();
    });
  }

  all("figure.chart > .downloads").forEach(function (line) { shared(line, line.parentNode.id, document.body.dataset.embed); });

  function savePicture(figure, kind, what) {
    var drawn = window.adoption.drawing(figure);
    var name = figure.dataset.file ? dated(figure.dataset.file) : fileName(what || "status-map");
    if (kind === "svg") return save(name + ".svg", "image/svg+xml", drawn.text);
    var image = new Image();
    image.onload = function () {
      var canvas = add(null, "canvas", { width: drawn.width * 2, height: drawn.height * 2 });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      save(name + ".png", "image/png", canvas.toDataURL("image/png"));
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(drawn.text);
  }

  all("button.svg, button.png").forEach(function (asked) {
    asked.hidden = false;
    asked.addEventListener("click", function () {
      bring("assets/picture.js").then(function () { savePicture(asked.closest("figure"), asked.className); });
    });
  });

  // On a phone a long list shows its first lines, by the style sheet, and the rest when asked.
  all(".table tbody, .part ul, .more ul").forEach(function (list) {
    if (list.children.length <= 7) return;
    var more = add(null, "button", { type: "button", "class": "all-rows" }, (list.closest("table") ? document.body.dataset.allRows : document.body.dataset.allLinks).replace("{all}", list.children.length));
    (list.closest("table") || list).after(more);
    more.addEventListener("click", function () { list.classList.add("unfolded"); more.remove(); });
  });

  // What is folded opens for its address and for paper.
  function unfold(place) {
    for (var fold = place; (fold = fold && fold.closest("details:not([open])"));) fold.open = true;
  }
  addEventListener("beforeprint", function () { all("main details").forEach(function (fold) { fold.open = true; }); });

  // A count of this page leads to its rows without leaving the page, or the day of its map.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || link.pathname !== location.pathname || !link.hash || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.search === location.search && !link.search) return;
    var place = document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    unfold(place);
    history.pushState(null, "", link.search ? link.href : link.pathname + link.hash);
    dispatchEvent(new PopStateEvent("popstate"));
    nameRow();
    var box = place.closest(".table");
    (box || place).scrollIntoView();
    if (box) box.focus({ preventScroll: true });
  });

  // A page all of whose tables are folded gets their tools once one is opened.
  document.addEventListener("toggle", function (event) {
    if (!event.target.querySelector(".table") || document.querySelector('script[src*="assets/tables."]')) return;
    bring("assets/tables.js");
  }, true);
})();
