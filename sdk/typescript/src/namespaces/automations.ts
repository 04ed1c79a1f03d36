import type {
  Automation,
  AutomationOrder,
  AutomationPatch,
  AutomationTest,
  AutomationTested,
  NewAutomation,
  Run,
} from "../generated/models.js";
import type { CallOptions } from "../options.js";
import type { Page } from "../paging.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** What a brand does by itself when something happens, and what came of it. */
export class Automations extends Namespace {
  /**
   * Adds an automation behind the others. It runs on what happens from then on.
   *
   * @example
   * ```ts
   * const automation = await dispatch.automations.create(brandId, {
   *   name: "Tell the engineers",
   *   trigger: { events: ["ticket.updated"] },
   *   conditions: { all: [{ field: "status", op: "changed_to", value: "waiting_eng" }] },
   *   actions: [{ type: "notify_slack", connectionId, text: "{{ticket.ticketNumber}} waits: {{ticket.url}}" }],
   * });
   * console.log(automation.sortOrder);
   * ```
   */
  create(brandId: string, body: NewAutomation, options?: CallOptions): Promise<Automation> {
    return this.http.send("POST", path`/brands/${brandId}/automations`, { body, options });
  }

  /**
   * All automations, in the order of execution.
   *
   * @example
   * ```ts
   * const automations = await dispatch.automations.list(brandId);
   * console.log(automations.filter((one) => one.lastError).map((one) => [one.name, one.lastError]));
   * ```
   */
  list(brandId: string, options?: CallOptions): Promise<Automation[]> {
    return this.http.send("GET", path`/brands/${brandId}/automations`, { options });
  }

  /**
   * An automation.
   *
   * @example
   * ```ts
   * const automation = await dispatch.automations.get(brandId, automationId);
   * console.log(automation.runCount, automation.failureCount);
   * ```
   */
  get(brandId: string, automationId: string, options?: CallOptions): Promise<Automation> {
    return this.http.send("GET", path`/brands/${brandId}/automations/${automationId}`, { options });
  }

  /**
   * Changes an automation; its trigger, conditions and actions are replaced as a whole.
   *
   * @example
   * ```ts
   * await dispatch.automations.update(brandId, automationId, { enabled: false });
   * ```
   */
  update(brandId: string, automationId: string, body: AutomationPatch, options?: CallOptions): Promise<Automation> {
    return this.http.send("PATCH", path`/brands/${brandId}/automations/${automationId}`, { body, options });
  }

  /**
   * Deletes an automation; its runs stay as long as runs are kept.
   *
   * @example
   * ```ts
   * await dispatch.automations.delete(brandId, automationId);
   * ```
   */
  delete(brandId: string, automationId: string, options?: CallOptions): Promise<void> {
    return this.http.send("DELETE", path`/brands/${brandId}/automations/${automationId}`, { options });
  }

  /**
   * Sets the order of execution; every automation is named once.
   *
   * @example
   * ```ts
   * const automations = await dispatch.automations.list(brandId);
   * await dispatch.automations.reorder(brandId, { automationIds: automations.map((one) => one.id).reverse() });
   * ```
   */
  reorder(brandId: string, body: AutomationOrder, options?: CallOptions): Promise<Automation[]> {
    return this.http.send("POST", path`/brands/${brandId}/automations/reorder`, { body, options });
  }

  /**
   * Says what an automation would do to a ticket, and does nothing.
   *
   * @example
   * ```ts
   * const { matched, actions } = await dispatch.automations.test(brandId, automationId, { ticketId });
   * console.log(matched, actions.map((action) => action.preview));
   * ```
   */
  test(
    brandId: string,
    automationId: string,
    body: AutomationTest,
    options?: CallOptions,
  ): Promise<AutomationTested> {
    return this.http.send("POST", path`/brands/${brandId}/automations/${automationId}/test`, { body, options });
  }

  /**
   * One page of the runs of all automations, the newest first.
   *
   * @example
   * ```ts
   * const failed = await dispatch.automations.runs(brandId, { status: "failed" });
   * console.log(failed.data.flatMap((run) => run.actions.map((action) => action.error)));
   * ```
   */
  runs(brandId: string, query?: Query<"automations.runs">, options?: CallOptions): Promise<Page<Run>> {
    return this.http.send("GET", path`/brands/${brandId}/automations/runs`, { query, options });
  }

  /**
   * One page of the runs of one automation, the newest first.
   *
   * @example
   * ```ts
   * const page = await dispatch.automations.runsOf(brandId, automationId, { ticketId });
   * console.log(page.data.map((run) => [run.status, run.reason]));
   * ```
   */
  runsOf(
    brandId: string,
    automationId: string,
    query?: Query<"automations.runsOf">,
    options?: CallOptions,
  ): Promise<Page<Run>> {
    return this.http.send("GET", path`/brands/${brandId}/automations/${automationId}/runs`, { query, options });
  }

  /**
   * Has the failed actions of a run repeated.
   *
   * @example
   * ```ts
   * const failed = await dispatch.automations.runs(brandId, { status: "failed" });
   * for (const run of failed.data) await dispatch.automations.retryRun(brandId, run.id);
   * ```
   */
  retryRun(brandId: string, runId: string, options?: CallOptions): Promise<Run> {
    return this.http.send("POST", path`/brands/${brandId}/automations/runs/${runId}/retry`, { options });
  }
}
