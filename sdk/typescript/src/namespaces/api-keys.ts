import type { ApiKey, ApiKeyPatch, NewApiKey, NewApiKeyReply, ScopePatch, Success } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { path } from "../query.js";
import { Namespace } from "./namespace.js";

/** API keys. */
export class ApiKeys extends Namespace {
  /**
   * All keys, the newest first.
   *
   * @example
   * ```ts
   * const keys = await dispatch.apiKeys.list();
   * console.log(keys.map((key) => key.keyPreview));
   * ```
   */
  list(options?: CallOptions): Promise<ApiKey[]> {
    return this.http.send("GET", "/accounts/me/api-keys", { options });
  }

  /**
   * Creates a key. Its text is in this answer and never again.
   *
   * @example
   * ```ts
   * const { key } = await dispatch.apiKeys.create({ name: "Website", brandIds: [brandId], permissions: "support" });
   * ```
   */
  create(body: NewApiKey, options?: CallOptions): Promise<NewApiKeyReply> {
    return this.http.send("POST", "/accounts/me/api-keys", { body, options });
  }

  /**
   * Changes a key; counts from the next request on.
   *
   * @example
   * ```ts
   * await dispatch.apiKeys.update(keyId, { expiresAt: "2030-01-01T00:00:00Z" });
   * ```
   */
  update(keyId: string, body: ApiKeyPatch, options?: CallOptions): Promise<ApiKey> {
    return this.http.send("PATCH", path`/accounts/me/api-keys/${keyId}`, { body, options });
  }

  /**
   * Changes which brands a key reaches.
   *
   * @example
   * ```ts
   * await dispatch.apiKeys.setScope(keyId, { brandIds: [brandId] });
   * ```
   */
  setScope(keyId: string, body: ScopePatch, options?: CallOptions): Promise<Success> {
    return this.http.send("PATCH", path`/accounts/me/api-keys/${keyId}/scope`, { body, options });
  }

  /**
   * Revokes a key at once.
   *
   * @example
   * ```ts
   * await dispatch.apiKeys.delete(keyId);
   * ```
   */
  delete(keyId: string, options?: CallOptions): Promise<void> {
    return this.http.send("DELETE", path`/accounts/me/api-keys/${keyId}`, { options });
  }
}
