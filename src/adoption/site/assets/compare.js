// Two to four treaties or participants side by side, and which of these did what on the treaties, as the address says:
// #states=QAT,KEN or #treaties=budapest,hanoi&where=bound,signed&group=brics&vote=no&d=2025-12-01.
(function () {
  "use strict";

  var MOST = 4;
  var add = window.adoption.add, all = window.adoption.all, known = window.adoptionCompare; // of scripts that come before
  var form = document.querySelector("form.compare");
  var field = form.querySelector("input"), message = form.querySelector(".message");
  var box = document.getElementById("compared");
  var chosen = { kind: "treaties", codes: [], where: [], group: "", vote: "", d: "" };

  var overlap = document.getElementById("overlap"), choose = overlap.querySelector("form"), regions = window.adoptionRegions;
  var resolution = known.votes[known.votes.length - 1]; // the last one
  var votes = Array.from(new Set(Object.keys(known.states).map(function (code) { return known.states[code][2][resolution]; }))).filter(Boolean).sort();

  function asked() { // without an address the first example
    var wanted = new URLSearchParams(location.hash.slice(1) || form.dataset.example), kind = wanted.has("states") ? "states" : "treaties", group = wanted.get("group") || "";
    var vote = votes.indexOf(wanted.get("vote")) >= 0 ? wanted.get("vote") : "";
    if (location.hash && !wanted.has("states") && !wanted.has("treaties") && !group && !vote) return chosen; // a place of the page
    var named = wanted.get(kind) || ((group || vote) && kind === "treaties" ? Object.keys(known.treaties)[0] : "");
    var codes = Array.from(new Set((kind === "states" ? named.toUpperCase() : named.toLowerCase()).split(",").filter(Boolean)));
    var bad = codes.filter(function (code) { return !known[kind][code]; });
    if (group && !regions[group]) bad.push(group);
    message.textContent = bad.length ? form.dataset.unknown.replace("{name}", bad.join(", ")) :
      codes.length > MOST ? form.dataset.most : "";
    var day = /^\d{4}-\d\d-\d\d$/.test(wanted.get("d")) && wanted.get("d") < known.day ? wanted.get("d") : "";
    return {
      kind: kind, codes: codes.filter(function (code) { return known[kind][code]; }).slice(0, MOST),
      where: (wanted.get("where") || "").split(","), group: regions[group] ? group : "", vote: vote, d: day
    };
  }

  function address(change) {
    var next = Object.assign({}, chosen, change), wanted = [];
    wanted.push(next.kind + "=" + next.codes.join(","));
    if (next.kind === "treaties" && next.where.some(Boolean)) wanted.push("where=" + next.codes.map(function (_, place) { return next.where[place] || ""; }).join(","));
    if (next.kind === "treaties" && next.group) wanted.push("group=" + next.group);
    if (next.kind === "treaties" && next.vote) wanted.push("vote=" + next.vote);
    if (next.d && next.codes.length) wanted.push("d=" + next.d);
    return "#" + wanted.join("&");
  }

  function go(change) { location.hash = address(change); }

  function cell(row, content, href) { // words, or a status class and its words
    var made = add(row, "td");
    if (href) return add(made, "a", { href: href }, content);
    if (Array.isArray(content)) {
      add(made, "span", { "class": "badge " + content[0], "aria-hidden": "true" });
      made.append(" " + content[1]);
    } else made.textContent = content === undefined ? form.dataset.missing : content;
  }

  // What a state had done on a treaty by the chosen day: its class, words, and what it is known to have done.
  function then(code, treaty) {
    var act = known.states[code][3][treaty];
    if (!act) return ["no-act-known", form.dataset.none, ""];
    if (!chosen.d || !act[6]) return [act[0], act[1], act[5] || ""];
    var last = act[6].filter(function (change) { return change[0] <= chosen.d; }).pop();
    return last ? [last[1], last[1].replace(/-/g, " "), last[2]] : ["no-act-known", form.dataset.none, ""];
  }

  function does(code, where) { // whether a state did what is asked on each treaty, of those for which something is
    return chosen.codes.every(function (treaty, at) {
      var asked = known.did.filter(function (one) { return one[0] === where[at]; })[0];
      return !asked || asked[2].indexOf(then(code, treaty)[2]) >= 0;
    });
  }

  function alone(place) { return chosen.codes.map(function (_, other) { return place === undefined || other === place ? "acted" : "none"; }); }

  function together(place) { // states that acted on all, or on the one of a place alone
    return Object.keys(known.states).filter(function (code) { return does(code, alone(place)); }).length;
  }

  function rows(body, items) {
    function line(label, content, href) {
      var row = add(body, "tr");
      add(row, "th", { scope: "row" }, label);
      items.forEach(function (item, place) { cell(row, content(item, place), href && href(place)); });
    }
    if (chosen.kind === "treaties" && items.length > 1) [false, true].forEach(function (isAlone) {
      line(form.dataset[isAlone ? "only" : "all"], function (_, place) { return together(isAlone ? place : undefined); },
        function (place) { return address({ where: alone(isAlone ? place : undefined), group: "", vote: "" }); });
    });
    if (chosen.kind === "states") Object.keys(known.treaties).forEach(function (treaty) {
      line(known.treaties[treaty][0], function (_, place) { return then(chosen.codes[place], treaty); });
    });
    new Set(items.flatMap(function (item) { return Object.keys(item[2]); })).forEach(function (head) {
      line(head, function (item) { return item[2][head]; });
    });
  }

  function recorded(kind, codes) { // for a file: a state or a treaty a row, one value a cell
    var records = codes.map(function (code, place) {
      var item = known[kind][code];
      if (kind === "treaties") return Object.assign({ treaty: code, title: item[4] }, item[3], codes === chosen.codes &&
        { "acted on all, with reports": together(), "acted on this one alone, with reports": together(place) });
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

  function option(select, value, words, picked) { add(select, "option", value === picked ? { value: value, selected: "" } : { value: value }, words); }

  // Which participants did what on the chosen treaties, of all or of a group.
  function showOverlap() {
    var place = overlap.querySelector(".table");
    overlap.hidden = chosen.kind !== "treaties" || !chosen.codes.length;
    place.replaceChildren();
    place.parentNode.replaceChildren(place); // without the tools of what stood there
    if (overlap.hidden) return;
    choose.replaceChildren();
    chosen.codes.forEach(function (treaty, at) {
      var select = add(add(choose, "label", {}, known.treaties[treaty][0] + " "), "select", { name: "where" });
      option(select, "", form.dataset.any);
      known.did.forEach(function (one) { option(select, one[0], one[1], chosen.where[at]); });
    });
    var group = add(add(choose, "label", {}, form.dataset.group + " "), "select", { name: "group" });
    option(group, "", form.dataset.every);
    Object.keys(regions).sort(function (one, other) { return regions[one][0].localeCompare(regions[other][0]); })
      .forEach(function (name) { option(group, name, regions[name][0], chosen.group); });
    var vote = add(add(choose, "label", {}, resolution + " "), "select", { name: "vote" });
    option(vote, "", form.dataset.vote);
    votes.forEach(function (one) { option(vote, one, one, chosen.vote); });
    add(add(choose, "label", {}, form.dataset.day + " "), "input", { type: "date", name: "d", max: known.day, value: chosen.d || known.day });
    var of = chosen.group ? regions[chosen.group][1].filter(function (code) { return known.states[code]; }) : Object.keys(known.states);
    var states = of.filter(function (code) {
      if (chosen.vote && known.states[code][2][resolution] !== chosen.vote) return false;
      return does(code, chosen.where);
    });
    overlap.querySelector(".message").textContent = form.dataset.listed.replace("{shown}", states.length).replace("{all}", of.length).replace("{day}", window.adoption.dayInWords(chosen.d || known.day));
    var table = add(place, "table", { "class": "adoption-table wordy" });
    var titles = chosen.codes.map(function (treaty) { return known.treaties[treaty][0]; }).concat(known.votes);
    add(table, "caption", { "class": "hidden" }, [chosen.group ? regions[chosen.group][0] : ""].concat(chosen.codes.map(function (treaty, at) {
      return treaty + " " + (chosen.where[at] || "");
    })).join(" ").trim());
    var head = add(add(table, "thead"), "tr"), body = add(table, "tbody");
    [form.dataset.state].concat(titles).forEach(function (title) { add(head, "th", { scope: "col" }, title); });
    states.forEach(function (code) {
      var item = known.states[code], row = add(body, "tr", { "data-iso3": code }), name = add(row, "th", { scope: "row" });
      if (item[1]) add(name, "a", { href: item[1] }, item[0]); else name.textContent = item[0];
      chosen.codes.forEach(function (treaty) { cell(row, then(code, treaty)); });
      known.votes.forEach(function (vote) { cell(row, item[2][vote]); });
    });
    window.adoption.label(table);
    window.adoption.tabulate(place);
  }
  choose.addEventListener("change", function (event) {
    var at = all("select, input", choose).indexOf(event.target);
    go({
      where: all("select[name=where]", choose).map(function (one) { return one.value; }),
      group: choose.group.value, vote: choose.vote.value, d: choose.d.value < known.day ? choose.d.value : ""
    });
    setTimeout(function () { all("select, input", choose)[at].focus(); }); // it is made anew
  });
  choose.addEventListener("submit", function (event) { event.preventDefault(); });

  function show() {
    chosen = asked();
    document.body.dataset.day = chosen.d || known.day; // of files too
    showOverlap();
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
        function others(_, other) { return other !== place; }
        go({ codes: chosen.codes.filter(others), where: chosen.where.filter(others) });
        field.focus();
      });
    });
    add(table, "caption", { "class": "hidden" }, items.map(function (item) { return item[0]; }).join(" beside "));
    rows(add(table, "tbody"), items);
    if (!chosen.d) table.records = recorded(chosen.kind, chosen.codes); // of an earlier day a file has the cells
    else message.textContent = form.dataset.onDay.replace("{day}", window.adoption.dayInWords(chosen.d)).replace("{last}", window.adoption.dayInWords(known.day));
    window.adoption.label(table);
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
    go({ kind: found[0], codes: kept.indexOf(found[1]) < 0 ? kept.concat(found[1]) : kept });
  }

  document.getElementById("table-1").parentNode.records = recorded("treaties", Object.keys(known.treaties));
  addEventListener("hashchange", show);
  show();
})();
