import type { MergedTag, NewTag, Tag, TagCount, TagMerge, TagPatch } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { path } from "../query.js";
import { Namespace } from "./namespace.js";

/** The tags of a brand; a ticket has many. */
export class Tags extends Namespace {
  /**
   * Adds a tag.
   *
   * @example
   * ```ts
   * const tag = await dispatch.tags.create(brandId, { name: "enterprise", color: "#8b5cf6" });
   * console.log(tag.id);
   * ```
   */
  create(brandId: string, body: NewTag, options?: CallOptions): Promise<Tag> {
    return this.http.send("POST", path`/brands/${brandId}/tags`, { body, options });
  }

  /**
   * All tags, by name.
   *
   * @example
   * ```ts
   * const tags = await dispatch.tags.list(brandId);
   * console.log(tags.map((tag) => tag.name));
   * ```
   */
  list(brandId: string, options?: CallOptions): Promise<Tag[]> {
    return this.http.send("GET", path`/brands/${brandId}/tags`, { options });
  }

  /**
   * A tag.
   *
   * @example
   * ```ts
   * const tag = await dispatch.tags.get(brandId, tagId);
   * console.log(tag.color);
   * ```
   */
  get(brandId: string, tagId: string, options?: CallOptions): Promise<Tag> {
    return this.http.send("GET", path`/brands/${brandId}/tags/${tagId}`, { options });
  }

  /**
   * Changes a tag.
   *
   * @example
   * ```ts
   * await dispatch.tags.update(brandId, tagId, { name: "key account" });
   * ```
   */
  update(brandId: string, tagId: string, body: TagPatch, options?: CallOptions): Promise<Tag> {
    return this.http.send("PATCH", path`/brands/${brandId}/tags/${tagId}`, { body, options });
  }

  /**
   * Deletes a tag; it leaves all tickets.
   *
   * @example
   * ```ts
   * await dispatch.tags.delete(brandId, tagId);
   * ```
   */
  delete(brandId: string, tagId: string, options?: CallOptions): Promise<void> {
    return this.http.send("DELETE", path`/brands/${brandId}/tags/${tagId}`, { options });
  }

  /**
   * How many tickets each tag has.
   *
   * @example
   * ```ts
   * for (const { tagName, count } of await dispatch.tags.stats(brandId)) console.log(tagName, count);
   * ```
   */
  stats(brandId: string, options?: CallOptions): Promise<TagCount[]> {
    return this.http.send("GET", path`/brands/${brandId}/tags/stats`, { options });
  }

  /**
   * Merges other tags into this one: their tickets get it, they vanish.
   *
   * @example
   * ```ts
   * const { mergedTagIds } = await dispatch.tags.merge(brandId, tagId, { sourceTagIds: [otherTagId] });
   * ```
   */
  merge(brandId: string, tagId: string, body: TagMerge, options?: CallOptions): Promise<MergedTag> {
    return this.http.send("POST", path`/brands/${brandId}/tags/${tagId}/merge`, { body, options });
  }
}
