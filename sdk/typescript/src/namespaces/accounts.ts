import type { Account, AccountDeleted, AccountDeletion, AccountPatch, AuditLog, Usage } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import type { Page } from "../paging.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** The account that the credential belongs to. */
export class Accounts extends Namespace {
  /**
   * The account.
   *
   * @example
   * ```ts
   * const account = await dispatch.accounts.me();
   * console.log(account.name);
   * ```
   */
  me(options?: CallOptions): Promise<Account> {
    return this.http.send("GET", "/accounts/me", { options });
  }

  /**
   * Changes the account; for its owner.
   *
   * @example
   * ```ts
   * await dispatch.accounts.update({ name: "Acme" });
   * ```
   */
  update(body: AccountPatch, options?: CallOptions): Promise<Account> {
    return this.http.send("PATCH", "/accounts/me", { body, options });
  }

  /**
   * Deletes the account with every brand; for its owner.
   *
   * @example
   * ```ts
   * const { deletedBrands } = await dispatch.accounts.delete({ confirmation: "DELETE" });
   * ```
   */
  delete(body: AccountDeletion, options?: CallOptions): Promise<AccountDeleted> {
    return this.http.send("DELETE", "/accounts/me", { body, options });
  }

  /**
   * Sums over the brands in reach.
   *
   * @example
   * ```ts
   * const { ticketsThisMonth } = await dispatch.accounts.usage();
   * ```
   */
  usage(options?: CallOptions): Promise<Usage> {
    return this.http.send("GET", "/accounts/me/usage", { options });
  }

  /**
   * A page of what happened to the account itself: keys, members, brands.
   *
   * @example
   * ```ts
   * const page = await dispatch.accounts.logs({ event: ["member.joined", "member.removed"] });
   * for (const entry of page.data) console.log(entry.createdAt, entry.event);
   * ```
   */
  logs(query?: Query<"accounts.logs">, options?: CallOptions): Promise<Page<AuditLog>> {
    return this.http.send("GET", "/accounts/me/logs", { query, options });
  }
}
