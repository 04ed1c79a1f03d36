import type { Comment, CommentPatch, CommentWithReplies, NewComment } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { type LongList, longList } from "../paging.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** The conversation on a ticket. */
export class Comments extends Namespace {
  /**
   * Adds a comment; by staff when `authorType` is left out.
   *
   * @example
   * ```ts
   * await dispatch.comments.create(brandId, ticketId, {
   *   body: "Thanks for reaching out! Let me look into this.",
   *   authorType: "STAFF",
   *   authorName: "Support Team",
   *   authorEmail: "support@example.com",
   * });
   * ```
   */
  create(brandId: string, ticketId: string, body: NewComment, options?: CallOptions): Promise<Comment> {
    return this.http.send("POST", path`/brands/${brandId}/tickets/${ticketId}/comments`, { body, options });
  }

  /**
   * All comments, the oldest first. Beyond 1,000 the list goes on at its `nextCursor`.
   *
   * @example
   * ```ts
   * const comments = await dispatch.comments.list(brandId, ticketId, { authorType: ["STAFF", "CUSTOMER"] });
   * console.log(comments.length, comments.nextCursor);
   * ```
   */
  async list(
    brandId: string,
    ticketId: string,
    query?: Query<"comments.list">,
    options?: CallOptions,
  ): Promise<LongList<Comment>> {
    const { value, headers } = await this.http.answer<Comment[]>(
      "GET",
      path`/brands/${brandId}/tickets/${ticketId}/comments`,
      { query, options },
    );
    return longList(value, headers);
  }

  /**
   * A comment with the replies to it.
   *
   * @example
   * ```ts
   * const comment = await dispatch.comments.get(brandId, ticketId, commentId);
   * console.log(comment.replies);
   * ```
   */
  get(brandId: string, ticketId: string, commentId: string, options?: CallOptions): Promise<CommentWithReplies> {
    return this.http.send("GET", path`/brands/${brandId}/tickets/${ticketId}/comments/${commentId}`, { options });
  }

  /**
   * Changes a comment.
   *
   * @example
   * ```ts
   * await dispatch.comments.update(brandId, ticketId, commentId, { body: "Corrected." });
   * ```
   */
  update(
    brandId: string,
    ticketId: string,
    commentId: string,
    body: CommentPatch,
    options?: CallOptions,
  ): Promise<Comment> {
    return this.http.send("PATCH", path`/brands/${brandId}/tickets/${ticketId}/comments/${commentId}`, {
      body,
      options,
    });
  }

  /**
   * Deletes a comment; replies to it stay.
   *
   * @example
   * ```ts
   * await dispatch.comments.delete(brandId, ticketId, commentId);
   * ```
   */
  delete(brandId: string, ticketId: string, commentId: string, options?: CallOptions): Promise<Comment> {
    return this.http.send("DELETE", path`/brands/${brandId}/tickets/${ticketId}/comments/${commentId}`, { options });
  }
}
