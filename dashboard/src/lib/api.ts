// The one client of the page, and the session it runs on.

import { AuthenticationError, DispatchTickets, DispatchTicketsError, NotFoundError, ValidationError } from "@dispatch-server/client";
import type { Session } from "@dispatch-server/client";

let csrf = "";

/** The server, as whoever is signed in reaches it: by the cookie, which scripts cannot read. */
export const api = new DispatchTickets({
  csrfToken: () => csrf,
  baseUrl: `${location.origin}/v1`,
  maxRetries: 1,
});

/** Keeps what the writes of this session have to show. */
export function adopt(session: Session): Session {
  csrf = session.csrfToken;
  return session;
}

export const auth = {
  session: async () => adopt(await api.request<Session>("GET", "/auth/session")),
  login: async (body: { email: string; password: string; totpCode?: string }) =>
    adopt(await api.request<Session>("POST", "/auth/login", { body })),
  setup: async (body: object) => adopt(await api.request<Session>("POST", "/auth/setup", { body })),
  accept: async (body: object) => adopt(await api.request<Session>("POST", "/auth/accept-invite", { body })),
  verify: async (body: { token: string; totpCode?: string }) => adopt(await api.request<Session>("POST", "/auth/verify", { body })),
  logout: () => api.request("POST", "/auth/logout", { body: {} }),
};

/** The name of a field as words: `newTicketNotifyEmails[0]` is "new ticket notify emails 1". */
export function words(field: string): string {
  return field.replace(/\[(\d+)\]/g, (_, index) => ` ${Number(index) + 1}`).replaceAll(".", " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}

/** What went wrong, as a sentence for people. */
export function reason(error: unknown): string {
  if (error instanceof ValidationError && error.errors.length > 0) {
    return error.errors.map((one) => `${words(one.field)} ${one.message}`).join("; ");
  }
  if (error instanceof DispatchTicketsError) return error.message;
  return error instanceof Error ? error.message : "Something went wrong.";
}

/** What is wrong with each field of a form. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ValidationError)) return {};
  return Object.fromEntries(error.errors.map((one) => [one.field, one.message]));
}

/** What is said of the second factor where a sign-in asks for it. */
export function secondFactor(error: unknown): string | undefined {
  return error instanceof AuthenticationError ? error.errors.find(({ field }) => field === "totpCode")?.message : undefined;
}

/** Whether the server does not have it: another version, or a feature that is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof NotFoundError;
}
