// The map of a treaty: a control of the day, the keys of the map, and the list beside it.
(function () {
  "use strict";

  var DAY = 24 * 60 * 60 * 1000;
  var NO_ACT = "no-act-known";
  var figure = document.querySelector("figure.world");
  if (!figure) return;
  var links = Array.from(figure.querySelectorAll("a[data-state]"));

  // One tab stop; the arrow keys go to the next state in the direction of the arrow.

  var places = null;
  links.forEach(function (link) { link.setAttribute("tabindex", "-1"); });
  var first = figure.querySelector('a[data-state="QAT"]') || links[0];
  if (first) first.setAttribute("tabindex", "0");

  figure.addEventListener("keydown", function (event) {
    var step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
    var now = event.target.closest("a[data-state]");
    if (!step || !now) return;
    event.preventDefault();
    places = places || links.map(function (link) { var box = link.getBBox(); return [box.x + box.width / 2, box.y + box.height / 2]; });
    var from = places[links.indexOf(now)];
    var best = null, least = Infinity;
    links.forEach(function (link, place) {
      if (link.hasAttribute("data-aside")) return;
      var along = (places[place][0] - from[0]) * step[0] + (places[place][1] - from[1]) * step[1];
      var aside = Math.abs((places[place][0] - from[0]) * step[1]) + Math.abs((places[place][1] - from[1]) * step[0]);
      if (link !== now && along > 0.5 && along + 2 * aside < least) { least = along + 2 * aside; best = link; }
    });
    if (!best) return;
    now.setAttribute("tabindex", "-1");
    best.setAttribute("tabindex", "0");
    best.focus();
  });


  var control = figure.querySelector(".day-control");
  if (!control) return;
  var known = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
  var changesOf = known.states, page = document.body.dataset, made = page.day;
  var answer = document.querySelector(".answer");
  var told = window.adoption.add(null, "p", { "class": "answer", role: "status" });
  if (answer) answer.after(told);
  var elsewhere = window.adoption.add(null, "p", { "class": "elsewhere" }, page.elsewhere.replace("{day}", window.adoption.dayInWords(control.dataset.last)));
  control.after(elsewhere);
  var slider = control.querySelector("input"), output = control.querySelector("output");
  var start = Date.parse(control.dataset.first), end = Date.parse(control.dataset.last);
  var rows = Array.from(document.querySelectorAll("table")).filter(function (table) {
    return /^Acts, by name/.test(table.caption ? table.caption.textContent : "");
  }).flatMap(function (table) { return Array.from(table.tBodies[0].rows); });
  var byName = {}, codes = {};
  Object.keys(changesOf).forEach(function (state) {
    byName[changesOf[state][0]] = changesOf[state][1];
    codes[changesOf[state][0]] = state;
  });
  var keys = Array.from(figure.querySelectorAll("[data-class] .count"));
  var marks = Array.from(figure.querySelectorAll(".legend .approval")), titles = {};
  var outside = links.filter(function (link) { return link.classList.contains("cannot-join"); });
  links.forEach(function (link) { titles[link.dataset.state] = link.querySelector("title").textContent; });

  function inWords(day, month) {
    return new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: month, year: "numeric", timeZone: "UTC" });
  }

  // The lead of that day and region in place of today's, which is one step back; beside the control
  // what all else on the page is of.
  function tell(day, last, numbers) {
    var part = window.adoption.shownRegion(), whole = last && !part;
    elsewhere.hidden = whole || document.body.classList.contains("embed");
    if (!answer) return;
    var counts = known.counts.filter(function (row) { return row[0] <= day; }).pop() || known.counts[0];
    answer.hidden = !whole;
    told.hidden = whole;
    var long = inWords(day, "long"), said = counts[1];
    if (part) said = keys.map(function (key) { return key.closest("[data-class]").dataset.class; }).filter(function (name) { return numbers[name]; }).sort(function (name) { return name === NO_ACT ? 1 : -1; })
      .map(function (name) { return numbers[name] + " " + name.replace(/-/g, " "); }).join(", ");
    told.dataset.said = (part ? part[0] + ", " : "") + known.treaty + ", " + long + ": " + said + "."; // in a picture
    told.textContent = (part ? page.inRegion.replace("{name}", part[0]) : page.onDay).replace("{day}", long).replace("{counts}", said) + " ";
    var latest = new URLSearchParams(location.hash.slice(1));
    latest.set("d", control.dataset.last);
    latest.delete("region");
    var back = { href: location.pathname + location.search + "#" + latest, target: "_self" };
    window.adoption.add(told, "a", back, page.back.replace("{day}", inWords(control.dataset.last, "long")));
  }

  function iso(moment) { return new Date(moment).toISOString().slice(0, 10); }

  function show(day) {
    var numbers = {};
    var last = day >= control.dataset.last;
    figure.classList.toggle("earlier", !last);
    links.forEach(function (link) {
      var changes = (changesOf[link.dataset.state] || ["", []])[1].filter(function (change) { return change[0] <= day; });
      var since = known.since[link.dataset.state]; // a later day, and what it is before that
      var name = changes.length ? changes[changes.length - 1][1] : since && since[0] > day ? since[1] : outside.indexOf(link) < 0 ? NO_ACT : "cannot-join";
      link.setAttribute("class", name);
      if (!link.hasAttribute("data-aside")) numbers[name] = (numbers[name] || 0) + 1;
      var title = titles[link.dataset.state];
      link.querySelector("title").textContent = last ? title : title.split(":")[0] + ": " + name.replace(/-/g, " ");
    });
    keys.forEach(function (key) { key.textContent = numbers[key.closest("[data-class]").dataset.class] || ""; });
    var part = window.adoption.shownRegion();
    rows.forEach(function (row) {
      var participant = row.cells[0].textContent.replace(/^#/, "").trim();
      var changes = (byName[participant] || []).filter(function (change) { return change[0] <= day; });
      var act = row.cells[1].textContent;
      row.classList.toggle("later", row.dataset.latest > day || !!part && part[1].indexOf(codes[participant]) < 0);
      var status = changes.length ? changes[changes.length - 1][1] : "";
      var deciding = changes.filter(function (change) { return change[1] === status; })[0];
      row.dataset.status = deciding && act.indexOf(deciding[2]) === 0 ? status : "";
    });
    slider.value = (Date.parse(day) - start) / DAY;
    output.textContent = inWords(day, "short");
    page.day = last ? made : day;
    marks.forEach(function (mark) {
      mark.hidden = !figure.querySelector("a[data-state]:not([data-aside]) ." + mark.className.replace(" ", "."));
    });
    tell(day, last, numbers);
    slider.setAttribute("aria-valuetext", output.textContent);
    document.dispatchEvent(new Event("rows")); // what is asked of the list is asked of this day
  }

  function asked() {
    var wanted = new URLSearchParams(location.hash.slice(1)).get("d");
    var day = /^\d{4}-\d\d-\d\d$/.test(wanted) && !isNaN(Date.parse(wanted)) ? wanted : control.dataset.last;
    return iso(Math.min(Math.max(Date.parse(day), start), end));
  }

  slider.max = (end - start) / DAY;
  var ticks = document.createElement("datalist"), acted = new Set(); // a tick for each day with an act
  Object.keys(changesOf).forEach(function (state) { changesOf[state][1].forEach(function (change) { acted.add(change[0]); }); });
  acted.forEach(function (day) { ticks.append(new Option("", (Date.parse(day) - start) / DAY)); });
  ticks.id = "acted";
  slider.after(ticks);
  slider.setAttribute("list", ticks.id);
  control.hidden = false;
  slider.addEventListener("input", function () {
    var day = iso(start + slider.value * DAY);
    show(day);
    var wanted = new URLSearchParams(location.hash.slice(1));
    wanted.set("d", day);
    history.replaceState(null, "", location.search + "#" + wanted);
  });
  addEventListener("hashchange", function () { if (/[#&]d=/.test(location.hash)) show(asked()); });
  show(asked());

  // The map of a region or group, which few readers need.
  window.adoption.drawDay = function () { show(asked()); };
  window.adoption.treaty = known.treaty;
  var choose = window.adoption.add(null, "button", { type: "button", "class": "choose-region" }, page.region);
  function bring() {
    return Promise.all(["assets/regions.js", "assets/areas.js"].map(window.adoption.bring)).then(function () { return window.adoption.bring("assets/region.js"); });
  }
  control.after(choose);
  choose.addEventListener("click", function () { bring().then(function () { window.adoption.chooseRegion(); }); });
  function ask() { if (choose.isConnected && /[#&]region=/.test(location.hash)) bring(); }
  addEventListener("hashchange", ask);
  ask();
})();
