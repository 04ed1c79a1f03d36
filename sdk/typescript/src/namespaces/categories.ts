import type { Category, CategoryOrder, CategoryPatch, CategoryStats, NewCategory } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** The categories of a brand; a ticket has one at most. */
export class Categories extends Namespace {
  /**
   * Adds a category; its key comes from its name when left out.
   *
   * @example
   * ```ts
   * const category = await dispatch.categories.create(brandId, { name: "Billing", color: "#16a34a" });
   * console.log(category.key);
   * ```
   */
  create(brandId: string, body: NewCategory, options?: CallOptions): Promise<Category> {
    return this.http.send("POST", path`/brands/${brandId}/categories`, { body, options });
  }

  /**
   * All categories in display order.
   *
   * @example
   * ```ts
   * const categories = await dispatch.categories.list(brandId);
   * console.log(categories.map((category) => category.name));
   * ```
   */
  list(brandId: string, options?: CallOptions): Promise<Category[]> {
    return this.http.send("GET", path`/brands/${brandId}/categories`, { options });
  }

  /**
   * A category.
   *
   * @example
   * ```ts
   * const category = await dispatch.categories.get(brandId, categoryId);
   * console.log(category.name);
   * ```
   */
  get(brandId: string, categoryId: string, options?: CallOptions): Promise<Category> {
    return this.http.send("GET", path`/brands/${brandId}/categories/${categoryId}`, { options });
  }

  /**
   * Changes a category; its key never changes.
   *
   * @example
   * ```ts
   * await dispatch.categories.update(brandId, categoryId, { name: "Billing & Tax" });
   * ```
   */
  update(brandId: string, categoryId: string, body: CategoryPatch, options?: CallOptions): Promise<Category> {
    return this.http.send("PATCH", path`/brands/${brandId}/categories/${categoryId}`, { body, options });
  }

  /**
   * Deletes a category; its tickets get the replacement, or none.
   *
   * @example
   * ```ts
   * await dispatch.categories.delete(brandId, categoryId, { replacementCategoryId: "general" });
   * ```
   */
  delete(
    brandId: string,
    categoryId: string,
    query?: Query<"categories.delete">,
    options?: CallOptions,
  ): Promise<void> {
    return this.http.send("DELETE", path`/brands/${brandId}/categories/${categoryId}`, { query, options });
  }

  /**
   * How many tickets each category has, by its id.
   *
   * @example
   * ```ts
   * const stats = await dispatch.categories.stats(brandId);
   * console.log(stats[categoryId]?.ticketCount);
   * ```
   */
  stats(brandId: string, options?: CallOptions): Promise<CategoryStats> {
    return this.http.send("GET", path`/brands/${brandId}/categories/stats`, { options });
  }

  /**
   * Sets the display order; names every category once.
   *
   * @example
   * ```ts
   * const categories = await dispatch.categories.list(brandId);
   * await dispatch.categories.reorder(brandId, categories.map((category) => category.id).reverse());
   * ```
   */
  reorder(
    brandId: string,
    body: CategoryOrder | CategoryOrder["categoryIds"],
    options?: CallOptions,
  ): Promise<Category[]> {
    return this.http.send("POST", path`/brands/${brandId}/categories/reorder`, {
      body: Array.isArray(body) ? { categoryIds: body } : body,
      options,
    });
  }
}
