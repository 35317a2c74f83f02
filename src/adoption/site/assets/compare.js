// Two to four states or treaties side by side, as the address says: #states=QAT,KEN.
(function () {
  "use strict";

  var MOST = 4;
  var add = window.adoption.add, known = window.adoptionCompare; // of scripts that come before
  var form = document.querySelector("form.compare");
  var field = form.querySelector("input"), message = form.querySelector(".message");
  var box = document.getElementById("compared");
  var chosen = { kind: "states", codes: [] };

  function asked() {
    var found = /^#(states|treaties)=([^&]*)$/.exec(location.hash);
    if (!found) return chosen;
    var named = decodeURIComponent(found[2]), cased = found[1] === "states" ? named.toUpperCase() : named.toLowerCase();
    var codes = Array.from(new Set(cased.split(",").filter(Boolean)));
    var bad = codes.filter(function (code) { return !known[found[1]][code]; });
    message.textContent = bad.length ? form.dataset.unknown.replace("{name}", bad.join(", ")) :
      codes.length > MOST ? form.dataset.most : "";
    codes = codes.filter(function (code) { return known[found[1]][code]; }).slice(0, MOST);
    return { kind: found[1], codes: codes };
  }

  function go(kind, codes) {
    chosen = { kind: kind, codes: codes };
    location.hash = codes.length ? kind + "=" + codes.join(",") : "";
  }

  function cell(row, head, content) { // words, or a status class and its words
    var made = add(row, "td", { "data-label": head });
    if (Array.isArray(content)) {
      add(made, "span", { "class": "badge " + content[0], "aria-hidden": "true" });
      made.append(" " + content[1]);
    } else made.textContent = content === undefined ? form.dataset.missing : content;
  }

  function bound(code, treaty) {
    var act = known.states[code][3][treaty];
    return !!act && /^(consented|ratification)/.test(act[0]);
  }

  function together(codes, place) { // states bound by all, or by the one of a place alone
    return Object.keys(known.states).filter(function (code) {
      return codes.every(function (treaty, other) { return bound(code, treaty) === (place === undefined || other === place); });
    }).length;
  }

  function rows(body, items, names) {
    function line(label, content) {
      var row = add(body, "tr");
      add(row, "th", { scope: "row" }, label);
      items.forEach(function (item, place) { cell(row, names[place], content(item, place)); });
    }
    new Set(items.flatMap(function (item) { return Object.keys(item[2]); })).forEach(function (head) {
      line(head, function (item) { return item[2][head]; });
    });
    if (chosen.kind === "states") Object.keys(known.treaties).forEach(function (treaty) {
      line(known.treaties[treaty][0], function (item) { return item[3][treaty] || ["no-act-known", form.dataset.none]; });
    });
    else {
      line(form.dataset.all, function () { return together(chosen.codes); });
      line(form.dataset.only, function (_, place) { return together(chosen.codes, place); });
    }
  }

  function recorded(kind, codes) { // for a file: a state or a treaty a row, one value a cell
    var records = codes.map(function (code, place) {
      var item = known[kind][code];
      if (kind === "treaties") return Object.assign({ treaty: code, title: item[4] }, item[3], codes === chosen.codes &&
        { "bound by all, with reports": together(codes), "bound by this one alone, with reports": together(codes, place) });
      var record = Object.assign({ iso3: code, name: item[0] }, item[2]);
      Object.keys(known.treaties).forEach(function (treaty) {
        var act = item[3][treaty] || ["no-act-known"];
        record[treaty + " status"] = act[0].replace(/-/g, " ");
        ["grade", "earliest", "latest"].forEach(function (head, at) { record[treaty + " " + head] = act[at + 2]; });
      });
      return record;
    });
    var heads = Array.from(new Set(records.flatMap(Object.keys)));
    return [heads].concat(records.map(function (record) { return heads.map(function (head) { return record[head] ?? ""; }); }));
  }

  function show() {
    chosen = asked();
    box.replaceChildren();
    box.parentNode.replaceChildren(box); // without the tools of what stood there
    box.hidden = !chosen.codes.length;
    if (box.hidden) return;
    var items = chosen.codes.map(function (code) { return known[chosen.kind][code]; });
    var table = add(box, "table", { "class": "adoption-table wordy" }), head = add(add(table, "thead"), "tr");
    add(head, "td");
    items.forEach(function (item, place) {
      var name = add(head, "th", { scope: "col" });
      if (item[1]) add(name, "a", { href: item[1] }, item[0]); else name.textContent = item[0];
      var remove = { type: "button", "class": "remove", "aria-label": form.dataset.remove.replace("{name}", item[0]) };
      add(name, "button", remove).addEventListener("click", function () {
        go(chosen.kind, chosen.codes.filter(function (_, other) { return other !== place; }));
        field.focus();
      });
    });
    add(table, "caption", { "class": "hidden" }, items.map(function (item) { return item[0]; }).join(" beside "));
    rows(add(table, "tbody"), items, items.map(function (item) { return item[0]; }));
    table.records = recorded(chosen.kind, chosen.codes);
    window.adoption.tabulate(box);
  }

  var list = form.querySelector("datalist"), names = {};
  ["treaties", "states"].forEach(function (kind) {
    Object.keys(known[kind]).forEach(function (code) {
      var item = known[kind][code];
      [code, item[0], item[1], kind === "treaties" ? item[4] : ""].forEach(function (name) { if (name) names[name.toLowerCase()] = [kind, code]; });
      add(list, "option", { value: item[0] });
    });
  });
  form.hidden = false;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var found = names[field.value.trim().toLowerCase()];
    if (found) take(found);
    else window.adoption.searching().then(function () { // as the search of every page
      var page = window.adoptionFind(field.value).filter(function (one) { return names[one.href]; })[0];
      if (page) take(names[page.href]);
      else message.textContent = form.dataset.unknown.replace("{name}", field.value);
    });
  });

  function take(found) {
    var kept = found[0] === chosen.kind ? chosen.codes : [];
    if (kept.length >= MOST && kept.indexOf(found[1]) < 0) { message.textContent = form.dataset.most; return; }
    field.value = message.textContent = "";
    go(found[0], kept.indexOf(found[1]) < 0 ? kept.concat(found[1]) : kept);
  }

  document.getElementById("table-1").parentNode.records = recorded("treaties", Object.keys(known.treaties));
  addEventListener("hashchange", show);
  show();
})();
