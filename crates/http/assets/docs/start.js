"use strict";

// Swagger UI's own dark colours hang on a class; the reader's system decides.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const colour = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", colour);
colour();

// Swagger UI filters by the names of groups alone. Here every word must be in an operation's group, path, summary or id.
const filterOperations = (groups, phrase) => {
  const words = phrase.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map((group, name) =>
      group.update("operations", (operations) =>
        operations.filter((each) => {
          const what = ["summary", "operationId"].map((field) => each.getIn(["operation", field], ""));
          const text = [name, each.get("method"), each.get("path"), ...what].join(" ").toLowerCase();
          return words.every((word) => text.includes(word));
        }),
      ),
    )
    .filter((group) => group.get("operations").size > 0);
};

// A page cannot write the session's cookie, and the browser sends it by itself: only keys and tokens can be entered, not
// the cookie nor the header that goes with it.
const enterable = (definitions) => definitions && definitions.filter((each) => each.get("type") === "http");
const signIn = {
  statePlugins: { spec: { wrapSelectors: { securityDefinitions: (all) => (state) => enterable(all(state)) } } },
};

window.SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#reference",
  plugins: [() => ({ fn: { opsFilter: filterOperations } }), () => signIn],
  layout: "BaseLayout",
  deepLinking: true,
  docExpansion: "list",
  filter: true,
  defaultModelsExpandDepth: -1,
  defaultModelExpandDepth: 2,
  displayRequestDuration: true,
  showExtensions: false,
  // Would ask a host of Swagger's whether the document is valid.
  validatorUrl: null,
  // An API key is in this page's memory alone, and gone with it.
  persistAuthorization: false,
});
