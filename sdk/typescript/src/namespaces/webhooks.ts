import type {
  Delivery,
  DeliveryWithAttempts,
  NewWebhook,
  Replay,
  Replayed,
  SecretRotated,
  SecretRotation,
  Webhook,
  WebhookCreated,
  WebhookPatch,
} from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { type LongList, longList } from "../paging.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** What is called when something happens in a brand, and what became of the calls. */
export class Webhooks extends Namespace {
  /**
   * Adds a webhook. Its secret is in this answer and in no other: `DispatchTickets.verifyWebhook` needs it.
   *
   * @example
   * ```ts
   * const webhook = await dispatch.webhooks.create(brandId, {
   *   url: "https://hooks.example.com/dispatch",
   *   events: ["ticket.*", "comment.created"],
   * });
   * console.log(webhook.secret);
   * ```
   */
  create(brandId: string, body: NewWebhook, options?: CallOptions): Promise<WebhookCreated> {
    return this.http.send("POST", path`/brands/${brandId}/webhooks`, { body, options });
  }

  /**
   * All webhooks, the oldest first.
   *
   * @example
   * ```ts
   * const webhooks = await dispatch.webhooks.list(brandId);
   * console.log(webhooks.filter((webhook) => !webhook.enabled).map((webhook) => webhook.disabledReason));
   * ```
   */
  list(brandId: string, options?: CallOptions): Promise<Webhook[]> {
    return this.http.send("GET", path`/brands/${brandId}/webhooks`, { options });
  }

  /**
   * A webhook.
   *
   * @example
   * ```ts
   * const webhook = await dispatch.webhooks.get(brandId, webhookId);
   * console.log(webhook.failureCount);
   * ```
   */
  get(brandId: string, webhookId: string, options?: CallOptions): Promise<Webhook> {
    return this.http.send("GET", path`/brands/${brandId}/webhooks/${webhookId}`, { options });
  }

  /**
   * Changes a webhook. One that is enabled again hears of what happens from then on.
   *
   * @example
   * ```ts
   * await dispatch.webhooks.update(brandId, webhookId, { events: ["ticket.closed"], enabled: true });
   * ```
   */
  update(brandId: string, webhookId: string, body: WebhookPatch, options?: CallOptions): Promise<Webhook> {
    return this.http.send("PATCH", path`/brands/${brandId}/webhooks/${webhookId}`, { body, options });
  }

  /**
   * Deletes a webhook; what waits for it is not delivered.
   *
   * @example
   * ```ts
   * await dispatch.webhooks.delete(brandId, webhookId);
   * ```
   */
  delete(brandId: string, webhookId: string, options?: CallOptions): Promise<void> {
    return this.http.send("DELETE", path`/brands/${brandId}/webhooks/${webhookId}`, { options });
  }

  /**
   * Gives a webhook another secret, which this answer alone shows. For 24 hours the one before signs as well, and
   * `DispatchTickets.verifyWebhook` takes either.
   *
   * @example
   * ```ts
   * const { secret, previousSecretExpiresAt } = await dispatch.webhooks.rotateSecret(brandId, webhookId);
   * console.log(secret, previousSecretExpiresAt);
   * ```
   */
  rotateSecret(
    brandId: string,
    webhookId: string,
    body?: SecretRotation,
    options?: CallOptions,
  ): Promise<SecretRotated> {
    return this.http.send("POST", path`/brands/${brandId}/webhooks/${webhookId}/rotate-secret`, { body, options });
  }

  /**
   * Calls a webhook once with `webhook.ping`, also while it is disabled, and gives what came of it.
   *
   * @example
   * ```ts
   * const delivery = await dispatch.webhooks.test(brandId, webhookId);
   * console.log(delivery.status, delivery.error);
   * ```
   */
  test(brandId: string, webhookId: string, options?: CallOptions): Promise<Delivery> {
    return this.http.send("POST", path`/brands/${brandId}/webhooks/${webhookId}/test`, { options });
  }

  /**
   * The deliveries of a webhook, the newest first. Beyond 100 the list goes on at its `nextCursor`.
   *
   * @example
   * ```ts
   * const failed = await dispatch.webhooks.deliveries(brandId, webhookId, { status: "FAILED" });
   * console.log(failed.map((delivery) => delivery.error));
   * ```
   */
  async deliveries(
    brandId: string,
    webhookId: string,
    query?: Query<"webhooks.deliveries">,
    options?: CallOptions,
  ): Promise<LongList<Delivery>> {
    const { value, headers } = await this.http.answer<Delivery[]>(
      "GET",
      path`/brands/${brandId}/webhooks/${webhookId}/deliveries`,
      { query, options },
    );
    return longList(value, headers);
  }

  /**
   * A delivery with every attempt.
   *
   * @example
   * ```ts
   * const delivery = await dispatch.webhooks.getDelivery(brandId, webhookId, deliveryId);
   * console.log(delivery.attemptLog.map((attempt) => attempt.responseCode));
   * ```
   */
  getDelivery(
    brandId: string,
    webhookId: string,
    deliveryId: string,
    options?: CallOptions,
  ): Promise<DeliveryWithAttempts> {
    return this.http.send("GET", path`/brands/${brandId}/webhooks/${webhookId}/deliveries/${deliveryId}`, { options });
  }

  /**
   * Has a delivery tried again at once, whatever became of it.
   *
   * @example
   * ```ts
   * await dispatch.webhooks.retryDelivery(brandId, webhookId, deliveryId);
   * ```
   */
  retryDelivery(brandId: string, webhookId: string, deliveryId: string, options?: CallOptions): Promise<Delivery> {
    return this.http.send("POST", path`/brands/${brandId}/webhooks/${webhookId}/deliveries/${deliveryId}/retry`, {
      options,
    });
  }

  /**
   * Delivers once more what has happened since a time; the events keep their ids.
   *
   * @example
   * ```ts
   * const { count } = await dispatch.webhooks.replay(brandId, webhookId, {
   *   since: "2026-01-02T00:00:00Z",
   *   onlyFailed: true,
   * });
   * console.log(count);
   * ```
   */
  replay(brandId: string, webhookId: string, body: Replay, options?: CallOptions): Promise<Replayed> {
    return this.http.send("POST", path`/brands/${brandId}/webhooks/${webhookId}/replay`, { body, options });
  }
}
