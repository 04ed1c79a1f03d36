import type { Connection, ConnectionPatch, ConnectionTest, NewConnection } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { path } from "../query.js";
import { Namespace } from "./namespace.js";

/** What the automations of a brand call elsewhere: Slack, Jira, and whatever speaks HTTP. */
export class Connections extends Namespace {
  /**
   * Adds a connection. Its secrets are in no answer, not even in this one.
   *
   * @example
   * ```ts
   * const connection = await dispatch.connections.create(brandId, {
   *   type: "JIRA",
   *   name: "Engineering",
   *   config: { siteUrl: "https://acme.atlassian.net", email: "ana@acme.example", projectKey: "ENG" },
   *   secrets: { apiToken: secret },
   * });
   * console.log(connection.secretsSet);
   * ```
   */
  create(brandId: string, body: NewConnection, options?: CallOptions): Promise<Connection> {
    return this.http.send("POST", path`/brands/${brandId}/connections`, { body, options });
  }

  /**
   * All connections, the oldest first.
   *
   * @example
   * ```ts
   * const connections = await dispatch.connections.list(brandId);
   * console.log(connections.filter((one) => one.lastStatus === "error").map((one) => one.lastError));
   * ```
   */
  list(brandId: string, options?: CallOptions): Promise<Connection[]> {
    return this.http.send("GET", path`/brands/${brandId}/connections`, { options });
  }

  /**
   * A connection.
   *
   * @example
   * ```ts
   * const connection = await dispatch.connections.get(brandId, connectionId);
   * console.log(connection.type, connection.failureCount);
   * ```
   */
  get(brandId: string, connectionId: string, options?: CallOptions): Promise<Connection> {
    return this.http.send("GET", path`/brands/${brandId}/connections/${connectionId}`, { options });
  }

  /**
   * Changes a connection. Fields of `config` and `secrets` that are left out stay; another address needs its secrets again.
   *
   * @example
   * ```ts
   * await dispatch.connections.update(brandId, connectionId, {
   *   config: { siteUrl: "https://jira.acme.example" },
   *   secrets: { apiToken: secret },
   * });
   * ```
   */
  update(brandId: string, connectionId: string, body: ConnectionPatch, options?: CallOptions): Promise<Connection> {
    return this.http.send("PATCH", path`/brands/${brandId}/connections/${connectionId}`, { body, options });
  }

  /**
   * Deletes a connection that no automation uses.
   *
   * @example
   * ```ts
   * await dispatch.connections.delete(brandId, connectionId);
   * ```
   */
  delete(brandId: string, connectionId: string, options?: CallOptions): Promise<void> {
    return this.http.send("DELETE", path`/brands/${brandId}/connections/${connectionId}`, { options });
  }

  /**
   * Tries a connection, also while it is disabled, and gives what came of it; a call that failed is no error.
   *
   * @example
   * ```ts
   * const { ok, message } = await dispatch.connections.test(brandId, connectionId);
   * console.log(ok ? "works" : message);
   * ```
   */
  test(brandId: string, connectionId: string, options?: CallOptions): Promise<ConnectionTest> {
    return this.http.send("POST", path`/brands/${brandId}/connections/${connectionId}/test`, { options });
  }
}
