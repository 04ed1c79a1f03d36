// A server that answers as a test tells it to, and remembers what it was asked.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";

export interface Asked {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** How one request is answered. A body that is not text is written as JSON. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** What a stub does with the requests it gets, in their order; the last entry counts for all that follow. */
export type Script = (Reply | ((asked: Asked, response: ServerResponse) => void))[];

/** Starts a stub, which ends with the tests of this file. */
export async function stub(script: Script): Promise<{ baseUrl: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      const seen = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
      const step = script[Math.min(asked.length, script.length - 1)] ?? {};
      asked.push(seen);
      if (typeof step === "function") step(seen, response);
      else write(response, step);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked };
}

function write(response: ServerResponse, { status = 200, headers = {}, body }: Reply): void {
  const text = typeof body === "string" || body === undefined ? (body ?? "") : JSON.stringify(body);
  const type = typeof body === "string" ? "text/plain" : "application/json; charset=utf-8";
  response.writeHead(status, { ...(body !== undefined && { "content-type": type }), ...headers });
  response.end(text);
}

/** The body of an error, as the server writes it. */
export function problem(code: string, more: object = {}): object {
  return { code, message: "Something is wrong.", requestId: "req_1", ...more };
}
