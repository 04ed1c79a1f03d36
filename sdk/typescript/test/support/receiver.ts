// Somebody on this machine who receives webhooks.
import { once } from "node:events";
import { type IncomingHttpHeaders, createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Call {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  /** The next call that comes, or has come and was not looked at. */
  next(): Promise<Call>;
  stop(): void;
}

/** Listens; `answer` gives the status of each answer, 200 when left out. */
export async function receiver(answer: (call: Call) => number | Promise<number> = () => 200): Promise<Receiver> {
  const calls: Call[] = [];
  let wake = (): void => {};
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk;
    const call = { headers: request.headers, body };
    response.writeHead(await answer(call)).end("OK");
    calls.push(call);
    wake();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const next = async (): Promise<Call> => {
    for (;;) {
      const call = calls.shift();
      if (call) return call;
      await new Promise<void>((done) => {
        wake = done;
      });
    }
  };
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in`, next, stop };
}
