// Before the first paint, so that the page never flashes in the other theme.
(function () {
  try {
    var theme = localStorage.getItem("dispatch.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (refused) {
    /* storage is switched off: the system's theme it is */
  }
})();
