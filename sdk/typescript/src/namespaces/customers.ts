import type { Customer, CustomerErased, CustomerPatch, NewCustomer } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { type Page, paginate } from "../paging.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** The customers of a brand. */
export class Customers extends Namespace {
  /**
   * Creates a customer; an address is taken once per brand.
   *
   * @example
   * ```ts
   * const customer = await dispatch.customers.create(brandId, {
   *   email: "jane@example.com",
   *   name: "Jane Doe",
   *   company: "Example Co",
   * });
   * console.log(customer.companyId);
   * ```
   */
  create(brandId: string, body: NewCustomer, options?: CallOptions): Promise<Customer> {
    return this.http.send("POST", path`/brands/${brandId}/customers`, { body, options });
  }

  /**
   * One page of customers.
   *
   * @example
   * ```ts
   * const page = await dispatch.customers.list(brandId, { search: "jane", sort: "name" });
   * console.log(page.data.map((customer) => customer.email));
   * ```
   */
  list(brandId: string, query?: Query<"customers.list">, options?: CallOptions): Promise<Page<Customer>> {
    return this.http.send("GET", path`/brands/${brandId}/customers`, { query, options });
  }

  /**
   * Every customer that the filters find, page by page; `limit` is the size of a page, 100 when left out.
   *
   * @example
   * ```ts
   * for await (const customer of dispatch.customers.listAll(brandId, { isBlocked: "any" })) {
   *   console.log(customer.email);
   * }
   * ```
   */
  listAll(brandId: string, query?: Query<"customers.list">, options?: CallOptions): AsyncIterable<Customer> {
    return paginate((cursor) => this.list(brandId, { limit: 100, ...query, ...(cursor && { cursor }) }, options));
  }

  /**
   * Customers whose address or a word of whose name begins like this; for fields that complete themselves.
   *
   * @example
   * ```ts
   * const found = await dispatch.customers.search(brandId, { q: "jan" });
   * ```
   */
  search(brandId: string, query: Query<"customers.search">, options?: CallOptions): Promise<Customer[]> {
    return this.http.send("GET", path`/brands/${brandId}/customers/search`, { query, options });
  }

  /**
   * A customer.
   *
   * @example
   * ```ts
   * const customer = await dispatch.customers.get(brandId, customerId);
   * console.log(customer.ticketCount);
   * ```
   */
  get(brandId: string, customerId: string, options?: CallOptions): Promise<Customer> {
    return this.http.send("GET", path`/brands/${brandId}/customers/${customerId}`, { options });
  }

  /**
   * Changes a customer.
   *
   * @example
   * ```ts
   * await dispatch.customers.update(brandId, customerId, { name: "Jane Miller", metadata: { tier: 2 } });
   * ```
   */
  update(brandId: string, customerId: string, body: CustomerPatch, options?: CallOptions): Promise<Customer> {
    return this.http.send("PATCH", path`/brands/${brandId}/customers/${customerId}`, { body, options });
  }

  /**
   * Deletes a customer; the tickets stay.
   *
   * @example
   * ```ts
   * await dispatch.customers.delete(brandId, customerId);
   * ```
   */
  delete(brandId: string, customerId: string, options?: CallOptions): Promise<Customer> {
    return this.http.send("DELETE", path`/brands/${brandId}/customers/${customerId}`, { options });
  }

  /**
   * Removes everything that is known of a person, at once and for good; for admins.
   *
   * @example
   * ```ts
   * await dispatch.customers.erase(brandId, customerId);
   * ```
   */
  erase(brandId: string, customerId: string, options?: CallOptions): Promise<CustomerErased> {
    return this.http.send("POST", path`/brands/${brandId}/customers/${customerId}/erase`, { options });
  }
}
