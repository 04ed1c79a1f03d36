// The API document, read as a list of what the client has to have.
import { readFileSync } from "node:fs";

export interface DocumentedOperation {
  /** The name of the method, such as `tickets.create`. */
  id: string;
  method: string;
  /** The path behind `/v1`, with `{name}` where an id stands. */
  path: string;
  ids: string[];
  query: string[];
  /** Whether it reads JSON. */
  hasBody: boolean;
  /** Whether it reads bytes that are no JSON. */
  isRaw: boolean;
  takesKey: boolean;
}

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
}

interface RawOperation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, unknown> };
}

export const packageRoot = process.cwd();

/** Staff's operations: all but signing in, the session, the profile, what customers do, and the state of the server. */
export function staffOperations(): DocumentedOperation[] {
  const document = JSON.parse(readFileSync(`${packageRoot}/../../openapi.json`, "utf8"));
  const resolve = (parameter: Parameter): Parameter =>
    parameter.$ref ? document.components.parameters[parameter.$ref.split("/").at(-1) ?? ""] : parameter;
  const found: DocumentedOperation[] = [];
  for (const [path, item] of Object.entries<Record<string, unknown>>(document.paths)) {
    if (!path.startsWith("/v1/") || /^\/v1\/(auth\/|portal\/|feedback\/|health$|ready$)/.test(path)) continue;
    const shared = (item["parameters"] ?? []) as Parameter[];
    for (const method of ["get", "post", "put", "patch", "delete"]) {
      const operation = item[method] as RawOperation | undefined;
      if (!operation) continue;
      const parameters = [...shared, ...(operation.parameters ?? [])].map(resolve);
      found.push({
        id: operation.operationId,
        method: method.toUpperCase(),
        path: path.slice("/v1".length),
        ids: [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""),
        query: parameters.filter((one) => one.in === "query").map((one) => one.name),
        hasBody: operation.requestBody?.content["application/json"] !== undefined,
        isRaw: operation.requestBody !== undefined && operation.requestBody.content["application/json"] === undefined,
        takesKey: parameters.some((one) => one.in === "header" && one.name === "Idempotency-Key"),
      });
    }
  }
  return found;
}
