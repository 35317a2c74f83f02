"use strict";
(function look(folder) { // where the site begins, up from an address that may be deep in it
  if (getComputedStyle(document.documentElement).getPropertyValue("--ink")) return; // its style sheet is there
  var sign = new Image();
  sign.onload = function () {
    document.head.prepend(Object.assign(document.createElement("base"), { href: folder }));
    document.querySelectorAll('link[rel="stylesheet"], script[src]').forEach(function (part) {
      var again = document.createElement(part.tagName);
      Array.from(part.attributes).forEach(function (one) { again.setAttribute(one.name, one.value); });
      again.async = false;
      part.replaceWith(again);
    });
  };
  sign.onerror = function () { if (new URL("..", folder).href !== folder) look(new URL("..", folder).href); };
  sign.src = new URL(document.querySelector('link[rel="icon"]').getAttribute("href"), folder).href;
})(new URL(".", location.href).href);
