// The tools of tables and of lists of pages: rows that an address asks for, sorting, filtering, a file.
(function () {
  "use strict";

  var add = window.adoption.add, all = window.adoption.all, page = document.body.dataset, shownDay = window.adoption.shownDay;

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
      var names = words ? window.adoption.searched(words, 4).map(function (page) { return page.label; }) : [];
      rows.forEach(function (row) {
        row.hidden = !!(found && !found.holds(row)) || words && window.adoptionPlain(row.textContent).indexOf(words) < 0 &&
          names.indexOf(row.cells ? cell(row, 0).replace(/^#/, "") : row.querySelector("a").textContent) < 0;
      });
      var narrow = found || words || document.querySelector(".world:is(.earlier, .enlarged)");
      rows.forEach(function (row) { row.parentNode.classList.toggle("narrowed", !!narrow); });
      note.replaceChildren();
      note.hidden = !found;
      if (!found) return;
      var shown = rows.filter(function (row) { return !row.hidden && !row.classList.contains("later"); }).length;
      note.textContent = document.body.dataset[found.strange ? "strange" : "asked"].replace("{what}", found.strange || found.words).replace("{shown}", shown).replace("{all}", rows.length) + " ";
      add(note, "a", { href: location.pathname + location.hash }, document.body.dataset.every);
    }
    if (input) input.addEventListener("input", function () { window.adoption.searching().then(show); });
    addEventListener("popstate", show);
    document.addEventListener("rows", show);
    show();
  }

  all(".listing").forEach(function (listing) {
    var note = add(null, "p", { "class": "asked", hidden: "" });
    (listing.querySelector(".legend") || listing.lastChild).after(note);
    narrowed(listing, all("li[data-status]", listing), note);
  });

  function cell(row, column) { return row.cells[column] ? row.cells[column].textContent.trim() : ""; }

  var MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  // 2026-02 for Feb 2026, 2026-01-28/2026-04-09 for between 28 Jan and 9 Apr 2026, 2026-01-28/.. for 28 Jan 2026 or later.
  function isoDay(text) {
    var month = "", year = "", parts = text.replace(/ or later$/, "").replace(/^between /, "").split(/ to | and /).reverse(), days = / or later$/.test(text) ? [".."] : [];
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
      window.adoption.bring("assets/picture.js").then(function () { window.adoption.savePicture(box, "png", named()); });
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
      if (window.adoption.shownRegion()) what += "-" + dashed(window.adoption.shownRegion()[0]);
      window.adoption.save(window.adoption.fileName(what) + ".csv", "text/csv;charset=utf-8", "\ufeff" + lines.join("\r\n") + "\r\n");
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
  window.adoption.tabulate = tabulate;
  all(".table").forEach(tabulate);
})();
