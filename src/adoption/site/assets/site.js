// The tools of every page: search, colour scheme, copying, downloads, sorting and filtering.
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

  window.adoption = { bring: bring, add: add, all: all, searching: searching, pageName: pageName, tabulate: tabulate };

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
    return String(wanted) && "#" + wanted;
  }
  function dayInWords(day) {
    return new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }
  window.adoption.shownDay = shownDay;
  window.adoption.shownPart = shownPart;
  window.adoption.dayInWords = dayInWords;

  // The address of the page and the day on which it is read, in its citations; the days that are left.
  var today = new Date().toISOString().slice(0, 10);
  function cite() {
    var day = shownDay();
    all(".here").forEach(function (place) {
      place.dataset.address = place.dataset.address || (root.dataset.site ? place.textContent : location.href.replace(/[?#].*/, ""));
      place.textContent = place.dataset.address + (day ? "#d=" + day : "");
    });
    all(".on-day").forEach(function (place) { place.textContent = day ? place.dataset.on.replace("{day}", dayInWords(day)) : ""; });
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
    add(end, "small", {}, " (" + left + ")");
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
  all("figure.chart svg[role=img]").forEach(function (svg) {
    var names = Array.from(new Set(all("[data-series]", svg).map(series))).sort(function (one, other) { return other.length - one.length; });
    if (names.length > 1) all("text", svg).forEach(function (label) {
      var name = names.filter(function (one) { return label.textContent.indexOf(one) >= 0; })[0];
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
      var day = shownDay(), shows = document.getElementById(share.dataset.figure) || document.querySelector("figure.world, figure");
      var named = titled + (day ? ", " + dayInWords(day) : ""), high = Math.ceil((shows ? shows.offsetHeight : 560) / 20) * 20 + 160;
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

  // Tables: sort by a head, filter by words, save as shown.

  function dashed(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }

  // The rows that an address asks for, as ?act=signature&kind=member: the marks of a row have one of
  // the values or, where no row is marked so, its cell below a head of that name. Of a name that a table
  // does not know it says so, and shows all.
  function asked(table) {
    var place = /^#[^=]+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    var box = place ? place.closest(".table, .listing") : document.querySelector(".table, .listing");
    if (!box || !box.contains(table)) return null;
    var rows = all("tbody tr, li[data-status]", table);
    var heads = table.tHead ? Array.from(table.tHead.rows[0].cells, function (head) { return dashed(head.textContent); }) : [];
    var wanted = Array.from(new URLSearchParams(location.search)).filter(function (pair) { return pair[0] !== "embed"; }).map(function (pair) {
      var name = pair[0], values = pair[1].split(","), column = heads.indexOf(name);
      function mark(row) { return values.indexOf(row.dataset[name]) >= 0; }
      function named(row) { return values.indexOf(dashed(cell(row, column))) >= 0; }
      return { name: name, words: values.join(", ").replace(/-/g, " "), holds: rows.some(mark) ? mark : column >= 0 ? named : rows.some(function (row) { return name in row.dataset; }) ? mark : null };
    });
    var strange = wanted.filter(function (one) { return !one.holds; });
    return wanted.length ? {
      words: wanted.filter(function (one) { return one.name !== "kind"; }).map(function (one) { return one.words; }).join("; "),
      strange: strange.map(function (one) { return one.name; }).join(", "),
      holds: function (row) { return strange.length > 0 || wanted.every(function (one) { return one.holds(row); }); }
    } : null;
  }

  // Shows the rows that are asked for and have the words of the filter, and says how many.
  function narrowed(table, rows, note, input) {
    function show() {
      var found = asked(table), words = input && input.value ? window.adoptionPlain(input.value) : "";
      var names = words ? searched(words, 4).map(function (page) { return page.label; }) : [];
      rows.forEach(function (row) {
        row.hidden = !!(found && !found.holds(row)) || words && window.adoptionPlain(row.textContent).indexOf(words) < 0 &&
          names.indexOf(row.cells ? cell(row, 0).replace(/^#/, "") : row.querySelector("a").textContent) < 0;
      });
      var narrow = found || words || document.querySelector(".world.earlier");
      rows.forEach(function (row) { row.parentNode.classList.toggle("narrowed", !!narrow); });
      note.replaceChildren();
      note.hidden = !found;
      if (!found) return;
      var shown = rows.filter(function (row) { return !row.hidden && !row.classList.contains("later"); }).length;
      note.textContent = document.body.dataset[found.strange ? "strange" : "asked"].replace("{what}", found.strange || found.words).replace("{shown}", shown).replace("{all}", rows.length) + " ";
      add(note, "a", { href: location.pathname + location.hash }, document.body.dataset.every);
    }
    if (input) input.addEventListener("input", function () { searching().then(show); });
    addEventListener("popstate", show);
    document.addEventListener("rows", show);
    show();
  }

  // On a phone a long list shows its first lines, by the style sheet, and the rest when asked.
  all(".table tbody, .part ul, .more ul").forEach(function (list) {
    if (list.children.length <= 7) return;
    var more = add(null, "button", { type: "button", "class": "all-rows" }, document.body.dataset.allRows.replace("{all}", list.children.length));
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

  all(".listing").forEach(function (listing) {
    var note = add(null, "p", { "class": "asked", hidden: "" });
    (listing.querySelector(".legend") || listing.lastChild).after(note);
    narrowed(listing, all("li[data-status]", listing), note);
  });

  function cell(row, column) { return row.cells[column] ? row.cells[column].textContent.trim() : ""; }

  var MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  // 2026-02 for Feb 2026, 2026-01-28/2026-04-09 for 28 Jan to 9 Apr 2026, 2026-01-28/.. for 28 Jan 2026 or later.
  function isoDay(text) {
    var month = "", year = "", parts = text.replace(/ or later$/, "").split(" to ").reverse(), days = / or later$/.test(text) ? [".."] : [];
    return parts.every(function (part) {
      var found = /^(\d{1,2})? ?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)? ?(\d{4})?$/.exec(part);
      if (!found) return false;
      month = found[2] || month;
      year = found[3] || year;
      function two(number) { return ("0" + number).slice(-2); }
      days.unshift(year + "-" + two(MONTHS.indexOf(month) / 3 + 1) + (found[1] ? "-" + two(found[1]) : ""));
      return month && year;
    }) ? days.join("/") : text;
  }

  function value(text) { // by which rows are sorted
    var number = text.replace(/[,%]/g, "");
    return /^-?[\d.]+$/.test(number) ? Number(number) : isoDay(text).toLowerCase();
  }

  function addresses(one) { // of the sources that a cell names
    return all('a[rel~="external"]', one).map(function (link) { return link.href; }).join(" ");
  }

  function defused(text) {
    var kept = /^[=+\-@]/.test(text) && typeof value(text) === "string" ? "'" + text : text;
    return /[",\n]/.test(kept) ? '"' + kept.replace(/"/g, '""') + '"' : kept;
  }

  function tabulate(box) {
    var table = box.querySelector("table");
    var body = table && table.tBodies[0];
    if (!body || body.rows.length < 2 || !table.tHead) return;
    // A frame of pandas brings its file. Heads that span columns, and rows left out, cannot be sorted.
    var isFrame = box.classList.contains("frame");
    if (isFrame && all("th, td", table).some(function (one) {
      return one.colSpan > 1 || one.rowSpan > 1 || /^(\.\.\.|\u2026)$/.test(one.textContent.trim());
    })) return;
    var tools = add(null, "p", { "class": "downloads" }), input = null;
    var outer = table.parentNode.tagName === "DETAILS" ? table : box; // with what is folded
    if (body.rows.length <= 12) isFrame || outer.after(tools);
    else {
      outer.before(tools);
      var label = add(tools, "label", {}, document.body.dataset.filter + " ");
      input = add(label, "input", { type: "search" });
    }
    var note = add(null, "p", { "class": "asked" });
    box.before(note);
    narrowed(table, Array.from(body.rows), note, input);
    if (!isFrame) tools.append(document.body.dataset.download + ": ");
    function named() { return dashed((table.caption ? table.caption.textContent : "table").split(/[,;:(]/)[0]).slice(0, 60); }
    var csv = add(isFrame ? null : tools, "button", { type: "button" }, document.body.dataset.csv);
    if (document.querySelector("form.compare")) add(tools, "button", { type: "button" }, "PNG").addEventListener("click", function () {
      bring("assets/picture.js").then(function () { savePicture(box, "png", named()); });
    });
    csv.addEventListener("click", function () {
      var rows = [table.tHead.rows[0]].concat(Array.from(body.rows).filter(function (row) {
        return !row.hidden && !row.classList.contains("later");
      }));
      var sourced = Array.from(table.tHead.rows[0].cells, function (_, column) {
        return rows.some(function (row) { return row.cells[column] && addresses(row.cells[column]); });
      });
      var coded = Array.from(body.rows).some(function (row) { return row.dataset.iso3; });
      var lines = (table.records || rows.map(function (row) {
        return (coded ? [row.parentNode === body ? row.dataset.iso3 || "" : "iso3"] : []).concat(Array.from(row.cells).flatMap(function (one, column) {
          var text = isoDay(one.textContent.trim());
          if (!sourced[column]) return [text];
          return [text, row.parentNode === body ? addresses(one) : document.body.dataset.address.replace("{name}", text)];
        }));
      })).map(function (line, place) { // of an earlier day each row tells that day, and that of the data
        var days = place ? [page.day, page.dataDay] : page.days.split(",");
        return line.concat(shownDay() ? days : []).map(defused).join(",");
      });
      var found = asked(table), what = found && !found.strange ? dashed(found.words).replace(/^signature$/, "signatories") : named();
      if (input && input.value) what += "-" + dashed(input.value);
      save(fileName(what) + ".csv", "text/csv;charset=utf-8", "\ufeff" + lines.join("\r\n") + "\r\n");
    });
    if (body.rows.length < 5) return;
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      if (!head.textContent.trim() || head.querySelector("a, button")) return;
      var sort = add(null, "button", { type: "button", "class": "sort" });
      sort.append.apply(sort, Array.from(head.childNodes));
      head.appendChild(sort);
      sort.addEventListener("click", function () {
        var up = head.getAttribute("aria-sort") !== "ascending";
        Array.from(table.tHead.rows[0].cells).forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        Array.from(body.rows).sort(function (one, other) {
          var a = value(cell(one, column)), b = value(cell(other, column));
          if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
          return (up ? 1 : -1) * (a < b ? -1 : a > b ? 1 : 0);
        }).forEach(function (row) { body.appendChild(row); });
      });
    });
  }
  all(".table").forEach(tabulate);
})();
