// Says how old the data of a page are, if that is more days than the report's settings allow.
(function () {
  "use strict";

  var DAY = 24 * 60 * 60 * 1000; // in milliseconds; days begin at midnight in UTC
  var allowed = Number(document.documentElement.dataset.staleAfter);

  function show() {
    document.querySelectorAll(".age").forEach(function (line) {
      var made = Date.parse(line.querySelector("time").dateTime);
      var days = Math.floor((Date.now() - made) / DAY);
      line.querySelector(".days").textContent =
        days.toLocaleString("en-GB") + (days === 1 ? " day" : " days");
      line.hidden = !(days > allowed);
    });
  }

  show();
  document.addEventListener("visibilitychange", show); // a page may stay open for weeks
})();
