import type { Invite, InviteReply, Member, MemberPatch, NewInvite, People } from "../generated/models.js";
import type { CallOptions } from "../options.js";
import { path } from "../query.js";
import type { Query } from "../types.js";
import { Namespace } from "./namespace.js";

/** The people of the account. */
export class Members extends Namespace {
  /**
   * Members and, for those who may see them, invitations.
   *
   * @example
   * ```ts
   * const { members, invites } = await dispatch.members.list({ brandId });
   * console.log(members.length, invites.length);
   * ```
   */
  list(query?: Query<"members.list">, options?: CallOptions): Promise<People> {
    return this.http.send("GET", "/members", { query, options });
  }

  /**
   * A member.
   *
   * @example
   * ```ts
   * const member = await dispatch.members.get(memberId);
   * console.log(member.role);
   * ```
   */
  get(memberId: string, options?: CallOptions): Promise<Member> {
    return this.http.send("GET", path`/members/${memberId}`, { options });
  }

  /**
   * Invites somebody. `inviteUrl` is in this answer and never again.
   *
   * @example
   * ```ts
   * const { inviteUrl } = await dispatch.members.invite({ email: "ana@example.com", role: "member", brandIds: [brandId] });
   * ```
   */
  invite(body: NewInvite, options?: CallOptions): Promise<InviteReply> {
    return this.http.send("POST", "/members/invite", { body, options });
  }

  /**
   * Invites again; the old link stops working.
   *
   * @example
   * ```ts
   * const { inviteUrl } = await dispatch.members.resendInvite(inviteId);
   * ```
   */
  resendInvite(inviteId: string, options?: CallOptions): Promise<InviteReply> {
    return this.http.send("POST", path`/members/${inviteId}/resend-invite`, { options });
  }

  /**
   * Changes the role or the brands of a member or an invitation.
   *
   * @example
   * ```ts
   * await dispatch.members.update(memberId, { role: "admin" });
   * ```
   */
  update(memberId: string, body: MemberPatch, options?: CallOptions): Promise<Member | Invite> {
    return this.http.send("PATCH", path`/members/${memberId}`, { body, options });
  }

  /**
   * Removes a member, whose active tickets become unassigned, or takes back an invitation.
   *
   * @example
   * ```ts
   * await dispatch.members.remove(memberId);
   * ```
   */
  remove(memberId: string, options?: CallOptions): Promise<Member | Invite> {
    return this.http.send("DELETE", path`/members/${memberId}`, { options });
  }
}
