import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { client } from "./lib/query";
import { Boundary } from "./ui/boundary";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/tickets.css";
import "./styles/pages.css";

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Boundary>
        <QueryClientProvider client={client}>
          <App />
        </QueryClientProvider>
      </Boundary>
    </StrictMode>,
  );
}
