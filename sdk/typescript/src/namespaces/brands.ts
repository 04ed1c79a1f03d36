import type {
  Brand,
  BrandContents,
  BrandPatch,
  JsonText,
  NewBrand,
  NewPortalToken,
  PortalSession,
  SchemaInput,
  StaffPortalLink,
  Success,
} from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** Brands: containers of tickets that know nothing of each other. */
export class Brands extends Namespace {
  /**
   * Creates a brand with its four system statuses.
   *
   * @example
   * ```ts
   * const brand = await dispatch.brands.create({ name: "Acme Support", slug: "acme" });
   * console.log(brand.id);
   * ```
   */
  create(body: NewBrand, options?: CallOptions): Promise<Brand> {
    return this.http.send("POST", "/brands", { body, options });
  }

  /**
   * All brands in reach, by name.
   *
   * @example
   * ```ts
   * const brands = await dispatch.brands.list();
   * console.log(brands.map((brand) => brand.slug));
   * ```
   */
  list(options?: CallOptions): Promise<Brand[]> {
    return this.http.send("GET", "/brands", { options });
  }

  /**
   * A brand.
   *
   * @example
   * ```ts
   * const brand = await dispatch.brands.get(brandId);
   * console.log(brand.inboundAddress);
   * ```
   */
  get(brandId: string, options?: CallOptions): Promise<Brand> {
    return this.http.send("GET", path`/brands/${brandId}`, { options });
  }

  /**
   * Changes a brand.
   *
   * @example
   * ```ts
   * await dispatch.brands.update(brandId, { name: "Acme Help", metadata: { region: "eu" } });
   * ```
   */
  update(brandId: string, body: BrandPatch, options?: CallOptions): Promise<Brand> {
    return this.http.send("PATCH", path`/brands/${brandId}`, { body, options });
  }

  /**
   * Deletes a brand with all it holds; without `confirm` it only says what that would be. For the owner.
   *
   * @example
   * ```ts
   * const { ticketCount } = await dispatch.brands.delete(brandId);
   * console.log(`${ticketCount} tickets would go`);
   * await dispatch.brands.delete(brandId, { confirm: true });
   * ```
   */
  delete(brandId: string, query: { confirm: true }, options?: CallOptions): Promise<Brand>;
  delete(brandId: string, query?: { confirm?: false }, options?: CallOptions): Promise<BrandContents>;
  delete(brandId: string, query?: Query<"brands.delete">, options?: CallOptions): Promise<Brand | BrandContents>;
  delete(brandId: string, query?: Query<"brands.delete">, options?: CallOptions): Promise<Brand | BrandContents> {
    return this.http.send("DELETE", path`/brands/${brandId}`, { query, options });
  }

  /**
   * The schema of tickets that callers keep with the brand.
   *
   * @example
   * ```ts
   * const schema = await dispatch.brands.getSchema(brandId);
   * console.log(schema?.fields);
   * ```
   */
  getSchema(brandId: string, options?: CallOptions): Promise<JsonText | null> {
    return this.http.send("GET", path`/brands/${brandId}/schema`, { options });
  }

  /**
   * Replaces that schema. It is stored and never enforced.
   *
   * @example
   * ```ts
   * await dispatch.brands.updateSchema(brandId, { fields: ["orderId", "plan"] });
   * ```
   */
  updateSchema(brandId: string, body: SchemaInput, options?: CallOptions): Promise<JsonText> {
    return this.http.send("PUT", path`/brands/${brandId}/schema`, { body, options });
  }

  /**
   * Signs a customer in to the portal, for a server that knows who its user is. Hand `token` to the page, for `DispatchPortal`.
   *
   * @example
   * ```ts
   * const { token } = await dispatch.brands.createPortalToken(brandId, { email: "jane@globex.example", name: "Jane Doe" });
   * console.log(token);
   * ```
   */
  createPortalToken(brandId: string, body: NewPortalToken, options?: CallOptions): Promise<PortalSession> {
    return this.http.send("POST", path`/brands/${brandId}/portal/token`, { body, options });
  }

  /**
   * Mails a customer a link to the portal.
   *
   * @example
   * ```ts
   * const portalUrl = "https://support.acme.example/portal";
   * await dispatch.brands.sendPortalLink(brandId, { email: "jane@globex.example", portalUrl });
   * ```
   */
  sendPortalLink(brandId: string, body: StaffPortalLink, options?: CallOptions): Promise<Success> {
    return this.http.send("POST", path`/brands/${brandId}/portal/magic-link`, { body, options });
  }
}
