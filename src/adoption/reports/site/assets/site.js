// The tools of every page: search, colour scheme, copying, downloads, sorting and filtering.
(function () {
  "use strict";

  var root = document.documentElement;

  function all(selector, inside) { return Array.from((inside || document).querySelectorAll(selector)); }

  function add(parent, tag, attributes, text) {
    var made = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    if (text !== undefined) made.textContent = text;
    parent.appendChild(made);
    return made;
  }

  window.adoptionAdd = add;

  function save(name, type, data) {
    var link = document.createElement("a");
    link.download = name;
    link.href = typeof data === "string" && data.slice(0, 5) === "data:" ? data :
      URL.createObjectURL(new Blob([data], { type: type }));
    link.click();
  }

  // Colour scheme

  var button = document.querySelector(".scheme");
  button.hidden = false;
  button.addEventListener("click", function () {
    var now = root.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    root.dataset.scheme = now === "dark" ? "light" : "dark";
    try { localStorage.setItem("scheme", root.dataset.scheme); } catch (error) { /* holds for this page */ }
  });

  // Search: a name first, then what begins so, then words, then what is spelt alike.

  var form = document.querySelector(".find");
  var field = form.querySelector("input");
  var message = form.querySelector(".message");
  var list = form.querySelector("ul");
  var MOST = 8;
  var waiting = false, wanted = false;
  var pages = null;

  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "").toLowerCase()
      .replace(/[\u0622\u0623\u0625]/g, "\u0627").replace(/\u0649/g, "\u064a").replace(/\u0629/g, "\u0647")
      .replace(/[^\p{L}\p{N}]+/gu, " ").trim()
      .replace(/^(the|la|le|les|l|el|los|las|der|die|das) (?=.)/, "").replace(/(^| )\u0627\u0644(?=..)/g, "$1");
  }

  function distance(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    var row = Array.from({ length: other.length + 1 }, function (_, place) { return place; });
    for (var i = 1; i <= one.length; i++) {
      var above = row.slice();
      row[0] = i;
      for (var j = 1; j <= other.length; j++) {
        row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
      }
    }
    return row[other.length];
  }

  function rank(names, words) {
    var parts = words.split(" ");
    var most = words.length < 4 ? 0 : words.length < 8 ? 1 : 2;
    return Math.min.apply(null, names.map(function (name) {
      if (name === words) return 0;
      if (name.indexOf(words) === 0) return 1;
      if (parts.every(function (part) { return (" " + name).indexOf(" " + part) >= 0; })) return 2;
      return most && distance(name, words, most) <= most ? 3 : 9;
    }));
  }

  function find() {
    var words = plain(field.value);
    if (!words || !pages) return [];
    return pages.map(function (page) { return { page: page, rank: rank(page.names, words) }; })
      .filter(function (found) { return found.rank < 9; })
      .sort(function (one, other) {
        return one.rank - other.rank || one.page.kind - other.page.kind ||
          one.page.label.localeCompare(other.page.label);
      }).slice(0, MOST).map(function (found) { return found.page; });
  }

  function show() {
    var found = find();
    list.replaceChildren();
    found.forEach(function (page) { add(add(list, "li"), "a", { href: page.href }, page.label); });
    list.hidden = !found.length;
    message.textContent = field.value.trim() && !found.length ?
      (pages ? form.dataset.none : form.dataset.loading) : "";
    return found;
  }

  function open() {
    var first = show()[0];
    if (first) location.href = first.href;
  }

  function load() {
    if (waiting) return;
    waiting = true;
    var script = document.createElement("script");
    script.src = "assets/search.js";
    script.onload = function () {
      pages = window.adoptionSearch.map(function (item) {
        return { label: item[0], href: item[1], kind: item[2], names: item[3].map(plain) };
      });
      form.classList.add("ready");
      if (field.value) show();
      if (wanted) open();
    };
    document.head.appendChild(script);
  }

  form.hidden = false;
  field.addEventListener("focus", load);
  field.addEventListener("input", function () { load(); show(); });
  addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    field.focus();
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    wanted = !pages; // then it opens once the names are there
    open();
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

  all("button.copy").forEach(function (copy) {
    copy.hidden = false;
    copy.addEventListener("click", function () {
      var text = copy.closest("details").querySelector("pre");
      var range = document.createRange();
      range.selectNodeContents(text);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      document.execCommand("copy"); // works from a disk too, where the clipboard's own interface does not
      copy.textContent = copy.dataset.done;
    });
  });

  function nameRow() {
    var row = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
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

  // Figures as files

  function drawing(figure) {
    var shown = all("svg", figure).filter(function (svg) { return svg.getBoundingClientRect().width > 100; })[0];
    var copy = shown.cloneNode(true);
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("font-family", "system-ui, sans-serif");
    all("a", copy).forEach(function (link) { link.removeAttribute("href"); });
    if (figure.className === "world") { // its colours are those of classes, which a day changes
      var areas = all("path, circle", shown);
      all("path, circle", copy).forEach(function (area, place) {
        var style = getComputedStyle(areas[place]);
        ["fill", "stroke", "stroke-width"].forEach(function (what) { area.setAttribute(what, style[what === "stroke-width" ? "strokeWidth" : what]); });
      });
    }
    var box = copy.viewBox.baseVal;
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    var paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    [["x", box.x], ["y", box.y], ["width", box.width], ["height", box.height], ["fill", "#ffffff"]]
      .forEach(function (pair) { paper.setAttribute(pair[0], pair[1]); });
    copy.insertBefore(paper, copy.firstChild);
    var text = new XMLSerializer().serializeToString(copy).replace(/var\(--[\w-]+,(#[0-9a-f]{6})\)/gi, "$1");
    return { text: text, width: box.width, height: box.height };
  }

  all("figure.world").forEach(function (figure) {
    var line = add(figure, "p", { "class": "downloads" });
    ["svg", "png"].forEach(function (kind) {
      add(line, "button", { type: "button", "class": kind, hidden: "" }, kind.toUpperCase());
    });
  });

  all("figure").forEach(function (figure) {
    var name = (location.pathname.split("/").pop().replace(/\.html$/, "") || "page") + "-" + figure.id;
    all("button.svg, button.png", figure).forEach(function (asked) {
      asked.hidden = false;
      asked.addEventListener("click", function () {
        var drawn = drawing(figure);
        if (asked.className === "svg") return save(name + ".svg", "image/svg+xml", drawn.text);
        var image = new Image();
        image.onload = function () {
          var canvas = document.createElement("canvas");
          canvas.width = drawn.width * 2;
          canvas.height = drawn.height * 2;
          canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
          save(name + ".png", "image/png", canvas.toDataURL("image/png"));
        };
        image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(drawn.text);
      });
    });
  });

  // Tables: sort by a head, filter by words, save as shown.

  function dashed(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  }

  // The rows that an address asks for, as ?act=signature&kind=member: the cells below a head of
  // that name, or the marks of a row, have one of the values.
  function asked(table) {
    var place = /^#(?!d=)/.test(location.hash) && document.getElementById(location.hash.slice(1));
    var box = place ? place.closest(".table, .listing") : document.querySelector(".table, .listing");
    if (!box || !box.contains(table)) return null;
    var heads = table.tHead ? Array.from(table.tHead.rows[0].cells, function (head) { return dashed(head.textContent); }) : [];
    var wanted = Array.from(new URLSearchParams(location.search));
    return wanted.length ? { words: wanted.filter(function (pair) { return pair[0] !== "kind"; }).map(function (pair) {
      return pair[1].replace(/-/g, " ").replace(/,/g, ", ");
    }).join("; "), holds: function (row) {
      return wanted.every(function (pair) {
        var column = heads.indexOf(pair[0]);
        var has = [row.dataset[pair[0]] || ""].concat(column < 0 ? [] : dashed(cell(row, column)));
        return pair[1].split(",").some(function (value) { return has.indexOf(value) >= 0; });
      });
    } } : null;
  }

  // Shows the rows that are asked for and have the words of the filter, and says how many.
  function narrowed(table, rows, note, input) {
    function show() {
      var found = asked(table), words = plain(input ? input.value : "");
      rows.forEach(function (row) {
        row.hidden = !!(found && !found.holds(row)) || plain(row.textContent).indexOf(words) < 0;
      });
      note.replaceChildren();
      note.hidden = !found;
      if (!found) return;
      var shown = rows.filter(function (row) { return !row.hidden && !row.classList.contains("later"); }).length;
      note.textContent = document.body.dataset.asked.replace("{what}", found.words).replace("{shown}", shown).replace("{all}", rows.length) + " ";
      add(note, "a", { href: location.pathname + location.hash }, document.body.dataset.every);
    }
    if (input) input.addEventListener("input", show);
    addEventListener("popstate", show);
    document.addEventListener("rows", show);
    show();
  }

  // A count of this page leads to its rows without leaving the page, or the day of its map.
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || link.pathname !== location.pathname || !link.hash || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.search === location.search && !link.search) return;
    var place = document.getElementById(link.hash.slice(1));
    if (!place) return;
    event.preventDefault();
    history.pushState(null, "", link.search ? link.href : link.pathname + link.hash);
    dispatchEvent(new PopStateEvent("popstate"));
    nameRow();
    var box = place.closest(".table");
    (box || place).scrollIntoView();
    if (box) box.focus({ preventScroll: true });
  });

  all(".listing").forEach(function (listing) {
    var note = add(listing, "p", { "class": "asked", hidden: "" });
    var legend = listing.querySelector(".legend");
    if (legend) legend.after(note);
    narrowed(listing, all("li[data-status]", listing), note);
  });

  function cell(row, column) { return row.cells[column] ? row.cells[column].textContent.trim() : ""; }

  var MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  function value(text) {
    var number = text.replace(/[,%]/g, "");
    if (/^-?[\d.]+$/.test(number)) return Number(number);
    // A day, a month or the first day of a window, whose year may stand at its end.
    var day = /^(?:(\d{1,2}) )?(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (?:(\d{4})|.*?(\d{4}))/.exec(text);
    return day ? Date.UTC(day[3] || day[4], MONTHS.indexOf(day[2]) / 3, day[1] || 1) : text.toLowerCase();
  }

  function addresses(one) { // of the sources that a cell names
    return all('a[rel~="external"]', one).map(function (link) { return link.href; }).join(" ");
  }

  function defused(text) {
    var kept = /^[=+\-@]/.test(text) && typeof value(text) === "string" ? "'" + text : text;
    return /[",\n]/.test(kept) ? '"' + kept.replace(/"/g, '""') + '"' : kept;
  }

  all(".table").forEach(function (box) {
    var table = box.querySelector("table");
    var body = table && table.tBodies[0];
    if (!body || body.rows.length < 2 || !table.tHead) return;
    var tools = document.createElement("p");
    tools.className = "downloads";
    var input = null;
    if (body.rows.length <= 12) box.after(tools);
    else {
      box.before(tools);
      var label = add(tools, "label", {}, document.body.dataset.filter + " ");
      input = add(label, "input", { type: "search" });
    }
    var note = document.createElement("p");
    note.className = "asked";
    box.before(note);
    narrowed(table, Array.from(body.rows), note, input);
    tools.append(document.body.dataset.download + ": ");
    var csv = add(tools, "button", { type: "button" }, document.body.dataset.csv);
    csv.addEventListener("click", function () {
      var rows = [table.tHead.rows[0]].concat(Array.from(body.rows).filter(function (row) {
        return !row.hidden && !row.classList.contains("later");
      }));
      var sourced = Array.from(table.tHead.rows[0].cells, function (_, column) {
        return rows.some(function (row) { return row.cells[column] && addresses(row.cells[column]); });
      });
      var lines = rows.map(function (row) {
        return Array.from(row.cells).flatMap(function (one, column) {
          var text = one.textContent.trim();
          if (!sourced[column]) return [text];
          return [text, row.parentNode === body ? addresses(one) : document.body.dataset.address.replace("{name}", text)];
        }).map(defused).join(",");
      });
      save((table.caption ? table.caption.id : "table") + ".csv", "text/csv;charset=utf-8", "\ufeff" + lines.join("\r\n") + "\r\n");
    });
    if (body.rows.length < 5) return;
    Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
      var sort = document.createElement("button");
      sort.type = "button";
      sort.className = "sort";
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
  });
})();
