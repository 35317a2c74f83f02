// Before anything is drawn: the colour scheme that the reader chose on an earlier page.
(function () {
  "use strict";
  try {
    var chosen = localStorage.getItem("scheme");
    if (chosen) document.documentElement.dataset.scheme = chosen;
  } catch (error) { /* a browser may keep nothing: then its own scheme holds */ }
  document.documentElement.classList.add("script");
})();
