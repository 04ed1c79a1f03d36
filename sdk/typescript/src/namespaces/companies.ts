import type { Company, CompanyPatch, NewCompany, Ticket } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { type Page, paginate } from "../paging.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** The companies that customers belong to. */
export class Companies extends Namespace {
  /**
   * Creates a company; customers with an address of its domain join it.
   *
   * @example
   * ```ts
   * const company = await dispatch.companies.create(brandId, {
   *   name: "Example Co",
   *   domain: "example.com",
   *   settings: { defaultPriority: "high" },
   * });
   * console.log(company.id);
   * ```
   */
  create(brandId: string, body: NewCompany, options?: CallOptions): Promise<Company> {
    return this.http.send("POST", path`/brands/${brandId}/companies`, { body, options });
  }

  /**
   * One page of companies.
   *
   * @example
   * ```ts
   * const page = await dispatch.companies.list(brandId, { search: "example" });
   * console.log(page.data.map((company) => company.name));
   * ```
   */
  list(brandId: string, query?: Query<"companies.list">, options?: CallOptions): Promise<Page<Company>> {
    return this.http.send("GET", path`/brands/${brandId}/companies`, { query, options });
  }

  /**
   * Every company that the filters find, page by page; `limit` is the size of a page, 100 when left out.
   *
   * @example
   * ```ts
   * for await (const company of dispatch.companies.listAll(brandId)) {
   *   console.log(company.name);
   * }
   * ```
   */
  listAll(brandId: string, query?: Query<"companies.list">, options?: CallOptions): AsyncIterable<Company> {
    return paginate((cursor) => this.list(brandId, { limit: 100, ...query, ...(cursor && { cursor }) }, options));
  }

  /**
   * One page of the tickets of all its customers.
   *
   * @example
   * ```ts
   * const page = await dispatch.companies.tickets(brandId, companyId, { status: "active" });
   * console.log(page.data.map((ticket) => ticket.title));
   * ```
   */
  tickets(
    brandId: string,
    companyId: string,
    query?: Query<"companies.tickets">,
    options?: CallOptions,
  ): Promise<Page<Ticket>> {
    return this.http.send("GET", path`/brands/${brandId}/companies/${companyId}/tickets`, { query, options });
  }

  /**
   * A company.
   *
   * @example
   * ```ts
   * const company = await dispatch.companies.get(brandId, companyId);
   * console.log(company.customerCount, company.ticketCount);
   * ```
   */
  get(brandId: string, companyId: string, options?: CallOptions): Promise<Company> {
    return this.http.send("GET", path`/brands/${brandId}/companies/${companyId}`, { options });
  }

  /**
   * Changes a company. Its settings count for tickets from now on.
   *
   * @example
   * ```ts
   * await dispatch.companies.update(brandId, companyId, { settings: { ccEmails: ["books@example.com"] } });
   * ```
   */
  update(brandId: string, companyId: string, body: CompanyPatch, options?: CallOptions): Promise<Company> {
    return this.http.send("PATCH", path`/brands/${brandId}/companies/${companyId}`, { body, options });
  }

  /**
   * Deletes a company; its customers stay.
   *
   * @example
   * ```ts
   * await dispatch.companies.delete(brandId, companyId);
   * ```
   */
  delete(brandId: string, companyId: string, options?: CallOptions): Promise<Company> {
    return this.http.send("DELETE", path`/brands/${brandId}/companies/${companyId}`, { options });
  }
}
