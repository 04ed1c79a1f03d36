/// <reference types="vitest/config" />
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The client is taken from its sources: one repository, one version, and only what is used ends up in the page.
const client = fileURLToPath(new URL("../sdk/typescript/src/index.ts", import.meta.url));
const server = process.env.DISPATCH_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@dispatch-server/client": client } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // The server takes the cookie from its own origin alone; at a desk that is the address it listens on.
  server: { proxy: Object.fromEntries(["/v1", "/blob", "/openapi.json"].map((path) => [path, { target: server, changeOrigin: true, headers: { origin: server } }])) },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"] },
});
