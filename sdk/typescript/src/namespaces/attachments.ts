import type {
  Attachment,
  AttachmentUrls,
  AttachmentsAsked,
  AttachmentWithUrl,
  NewPendingUpload,
  NewUpload,
  Upload,
} from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** A file with its bytes. `size` is taken from them; a stream is not taken, since a failed try has to be sent again. */
export type NewFile = Omit<NewUpload, "size"> & { data: Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string };

/** Files on tickets and comments. Their bytes go straight to where they are stored. */
export class Attachments extends Namespace {
  /**
   * Asks where to upload a file. Send its bytes there with PUT and the headers that are named, then confirm;
   * `upload` does all of it.
   *
   * @example
   * ```ts
   * const upload = await dispatch.attachments.requestUpload(brandId, ticketId, {
   *   filename: "screenshot.png",
   *   contentType: "image/png",
   * });
   * console.log(upload.uploadUrl, upload.headers);
   * ```
   */
  requestUpload(brandId: string, ticketId: string, body: NewUpload, options?: CallOptions): Promise<Upload> {
    return this.http.send("POST", path`/brands/${brandId}/tickets/${ticketId}/attachments`, { body, options });
  }

  /**
   * Says that the bytes are there. From then on the file is what it is.
   *
   * @example
   * ```ts
   * const file = await dispatch.attachments.confirm(brandId, ticketId, attachmentId);
   * console.log(file.status, file.size);
   * ```
   */
  confirm(brandId: string, ticketId: string, attachmentId: string, options?: CallOptions): Promise<Attachment> {
    return this.http.send(
      "POST",
      path`/brands/${brandId}/tickets/${ticketId}/attachments/${attachmentId}/confirm`,
      { options },
    );
  }

  /**
   * Uploads a file in one go: asks where to, sends it and confirms. Without a ticket it waits for one: name it in
   * `attachmentIds` of a new ticket or comment within 24 hours.
   *
   * @example
   * ```ts
   * const file = { filename: "log.txt", contentType: "text/plain", data: "what happened" };
   * await dispatch.attachments.upload(brandId, ticketId, file);
   *
   * const waiting = await dispatch.attachments.upload(brandId, null, file);
   * await dispatch.tickets.create(brandId, { title: "With a log", attachmentIds: [waiting.id] });
   * ```
   */
  async upload(brandId: string, ticketId: string | null, file: NewFile, options?: CallOptions): Promise<Attachment> {
    const { data, ...said } = file;
    const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
    const size = bytes instanceof Blob ? bytes.size : bytes.byteLength;
    const body = size > 0 ? { ...said, size } : said; // an empty file has no size to announce
    const upload = await (ticketId === null
      ? this.requestPendingUpload(brandId, body, options)
      : this.requestUpload(brandId, ticketId, body, options));
    await this.http.put(upload.uploadUrl, upload.headers, bytes, options);
    const rest = { ...options, idempotencyKey: undefined };
    return ticketId === null
      ? this.confirmPending(brandId, upload.id, rest)
      : this.confirm(brandId, ticketId, upload.id, rest);
  }

  /**
   * The files of a ticket and its comments, the oldest first.
   *
   * @example
   * ```ts
   * const files = await dispatch.attachments.list(brandId, ticketId);
   * console.log(files.map((file) => file.filename));
   * ```
   */
  list(brandId: string, ticketId: string, options?: CallOptions): Promise<Attachment[]> {
    return this.http.send("GET", path`/brands/${brandId}/tickets/${ticketId}/attachments`, { options });
  }

  /**
   * A file with a fresh address to download it from, which works for an hour. Ask each time instead of keeping it.
   *
   * @example
   * ```ts
   * const { downloadUrl } = await dispatch.attachments.get(brandId, ticketId, attachmentId);
   * const bytes = downloadUrl && (await (await fetch(downloadUrl)).arrayBuffer());
   * ```
   */
  get(
    brandId: string,
    ticketId: string,
    attachmentId: string,
    query?: Query<"attachments.get">,
    options?: CallOptions,
  ): Promise<AttachmentWithUrl> {
    return this.http.send("GET", path`/brands/${brandId}/tickets/${ticketId}/attachments/${attachmentId}`, {
      query,
      options,
    });
  }

  /**
   * Removes a file, its bytes included.
   *
   * @example
   * ```ts
   * await dispatch.attachments.delete(brandId, ticketId, attachmentId);
   * ```
   */
  delete(brandId: string, ticketId: string, attachmentId: string, options?: CallOptions): Promise<void> {
    return this.http.send("DELETE", path`/brands/${brandId}/tickets/${ticketId}/attachments/${attachmentId}`, {
      options,
    });
  }

  /**
   * Fresh addresses of up to 100 files by their ids; null where there is nothing to download.
   *
   * @example
   * ```ts
   * const urls = await dispatch.attachments.urls(brandId, { ids: [attachmentId] });
   * console.log(urls[attachmentId]?.url);
   * ```
   */
  urls(brandId: string, body: AttachmentsAsked, options?: CallOptions): Promise<AttachmentUrls> {
    return this.http.send("POST", path`/brands/${brandId}/attachments/urls`, { body, options });
  }

  /**
   * Asks where to upload a file whose ticket does not exist yet.
   *
   * @example
   * ```ts
   * const upload = await dispatch.attachments.requestPendingUpload(brandId, {
   *   filename: "screenshot.png",
   *   contentType: "image/png",
   * });
   * console.log(upload.uploadUrl);
   * ```
   */
  requestPendingUpload(brandId: string, body: NewPendingUpload, options?: CallOptions): Promise<Upload> {
    return this.http.send("POST", path`/brands/${brandId}/attachments/pending`, { body, options });
  }

  /**
   * Says that the bytes of such a file are there.
   *
   * @example
   * ```ts
   * const file = await dispatch.attachments.confirmPending(brandId, attachmentId);
   * await dispatch.tickets.create(brandId, { title: "With a file", attachmentIds: [file.id] });
   * ```
   */
  confirmPending(brandId: string, attachmentId: string, options?: CallOptions): Promise<Attachment> {
    return this.http.send("POST", path`/brands/${brandId}/attachments/pending/${attachmentId}/confirm`, { options });
  }
}
