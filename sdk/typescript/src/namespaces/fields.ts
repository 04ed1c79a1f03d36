import type {
  FieldDefinition,
  FieldDefinitions,
  FieldEntity,
  FieldOrder,
  FieldPatch,
  NewField,
} from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { path } from "../query.js";
import { Namespace } from "./namespace.js";

/** The definitions of custom fields. They describe `customFields` for forms; the API takes any JSON there. */
export class Fields extends Namespace {
  /**
   * All definitions, by what they belong to.
   *
   * @example
   * ```ts
   * const { ticket, customer, company } = await dispatch.fields.listAll(brandId);
   * console.log(ticket.length, customer.length, company.length);
   * ```
   */
  listAll(brandId: string, options?: CallOptions): Promise<FieldDefinitions> {
    return this.http.send("GET", path`/brands/${brandId}/fields`, { options });
  }

  /**
   * The definitions for one kind of thing, in display order.
   *
   * @example
   * ```ts
   * const fields = await dispatch.fields.list(brandId, "ticket");
   * console.log(fields.map((field) => field.label));
   * ```
   */
  list(brandId: string, entity: FieldEntity, options?: CallOptions): Promise<FieldDefinition[]> {
    return this.http.send("GET", path`/brands/${brandId}/fields/${entity}`, { options });
  }

  /**
   * Defines a field.
   *
   * @example
   * ```ts
   * await dispatch.fields.create(brandId, "ticket", {
   *   key: "plan",
   *   label: "Plan",
   *   type: "select",
   *   options: ["free", "pro", "enterprise"],
   * });
   * ```
   */
  create(brandId: string, entity: FieldEntity, body: NewField, options?: CallOptions): Promise<FieldDefinition> {
    return this.http.send("POST", path`/brands/${brandId}/fields/${entity}`, { body, options });
  }

  /**
   * Changes a definition; key and type never change.
   *
   * @example
   * ```ts
   * await dispatch.fields.update(brandId, "ticket", "plan", { label: "Subscription", required: true });
   * ```
   */
  update(
    brandId: string,
    entity: FieldEntity,
    key: string,
    body: FieldPatch,
    options?: CallOptions,
  ): Promise<FieldDefinition> {
    return this.http.send("PATCH", path`/brands/${brandId}/fields/${entity}/${key}`, { body, options });
  }

  /**
   * Deletes a definition; stored values stay.
   *
   * @example
   * ```ts
   * await dispatch.fields.delete(brandId, "ticket", "plan");
   * ```
   */
  delete(brandId: string, entity: FieldEntity, key: string, options?: CallOptions): Promise<void> {
    return this.http.send("DELETE", path`/brands/${brandId}/fields/${entity}/${key}`, { options });
  }

  /**
   * Sets the display order; names every key once.
   *
   * @example
   * ```ts
   * await dispatch.fields.reorder(brandId, "ticket", ["plan", "orderId"]);
   * ```
   */
  reorder(
    brandId: string,
    entity: FieldEntity,
    body: FieldOrder | FieldOrder["keys"],
    options?: CallOptions,
  ): Promise<FieldDefinition[]> {
    return this.http.send("POST", path`/brands/${brandId}/fields/${entity}/reorder`, {
      body: Array.isArray(body) ? { keys: body } : body,
      options,
    });
  }
}
