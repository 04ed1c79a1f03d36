// What the package exports.

export { DispatchTickets } from "./client.js";
export * from "./errors.js";
export type { Changes, DispatchEvent, DispatchEventPage, LoggedEvent } from "./events.js";
export type * from "./generated/models.js";
export type { NewFile } from "./namespaces/attachments.js";
export type { Envelope } from "./namespaces/mail.js";
export type { CallOptions, ClientOptions, CommonOptions, KeyOptions, SessionOptions } from "./options.js";
export type { RequestInfo, ResponseInfo } from "./options.js";
export { type LongList, type Page, paginate } from "./paging.js";
export { DispatchPortal, type PortalOptions } from "./portal.js";
export type { PresenceEvent, StreamEvent } from "./stream.js";
export type { OperationId, Query, Reply } from "./types.js";
export type { ReceivedWebhook } from "./webhooks.js";
