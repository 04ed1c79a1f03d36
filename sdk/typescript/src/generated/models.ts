// Written by scripts/generate.mjs from openapi.json. Do not edit: change the server, then `npm run generate`.
import type { components } from "./openapi.js";

type Schemas = components["schemas"];

export type AcceptInvite = Schemas["AcceptInvite"];
/** The owner of everything. */
export type Account = Schemas["Account"];
/** An account that a person is a member of. */
export type AccountChoice = Schemas["AccountChoice"];
/** What went with the account. */
export type AccountDeleted = Schemas["AccountDeleted"];
export type AccountDeletion = Schemas["AccountDeletion"];
/** An opaque id that starts with `acc_`. */
export type AccountId = Schemas["AccountId"];
export type AccountPatch = Schemas["AccountPatch"];
/** What happened to a ticket, for people (API 15.3). */
export type Activity = Schemas["Activity"];
/** Who did something. */
export type Actor = Schemas["Actor"];
export type ActorType = Schemas["ActorType"];
/** An API key as it is shown: never its text. */
export type ApiKey = Schemas["ApiKey"];
export type ApiKeyPatch = Schemas["ApiKeyPatch"];
/** One entry of an audit log. */
export type AuditLog = Schemas["AuditLog"];
/** What a sign-in page needs to know. */
export type AuthConfig = Schemas["AuthConfig"];
export type AuthorType = Schemas["AuthorType"];
/** A brand as it is shown. Fields behind `inboundAddress` belong to later features and hold their defaults. */
export type Brand = Schemas["Brand"];
/** What would go with a brand. */
export type BrandContents = Schemas["BrandContents"];
/** An opaque id that starts with `br_`. */
export type BrandId = Schemas["BrandId"];
/** The brand of a ticket, in lists across brands. */
export type BrandOfTicket = Schemas["BrandOfTicket"];
export type BrandPatch = Schemas["BrandPatch"];
/** The totals of one brand. */
export type BrandStats = Schemas["BrandStats"];
export type BulkChange = Schemas["BulkChange"];
/** What came of an action on many tickets. */
export type BulkReport = Schemas["BulkReport"];
/** What came of an action on one of many tickets. */
export type BulkResult = Schemas["BulkResult"];
/** A category of a brand. */
export type Category = Schemas["Category"];
/** How many tickets a category has. */
export type CategoryCount = Schemas["CategoryCount"];
/** An opaque id that starts with `cat_`. */
export type CategoryId = Schemas["CategoryId"];
export type CategoryOrder = Schemas["CategoryOrder"];
export type CategoryPatch = Schemas["CategoryPatch"];
export type CategoryReplacement = Schemas["CategoryReplacement"];
/** How many tickets each category has, by the category's id. */
export type CategoryStats = Schemas["CategoryStats"];
export type CloseReason = Schemas["CloseReason"];
/** A comment, as it is shown. */
export type Comment = Schemas["Comment"];
/** An opaque id that starts with `cmt_`. */
export type CommentId = Schemas["CommentId"];
export type CommentPatch = Schemas["CommentPatch"];
/** A comment with the comments that answer it. */
export type CommentWithReplies = Schemas["CommentWithReplies"];
/** A company of a brand. */
export type Company = Schemas["Company"];
/** An opaque id that starts with `co_`. */
export type CompanyId = Schemas["CompanyId"];
export type CompanyPatch = Schemas["CompanyPatch"];
/** A customer of a brand. */
export type Customer = Schemas["Customer"];
/** The answer to an erasure. */
export type CustomerErased = Schemas["CustomerErased"];
/** An opaque id that starts with `cus_`. */
export type CustomerId = Schemas["CustomerId"];
export type CustomerPatch = Schemas["CustomerPatch"];
/** Always empty until its feature is available. */
export type EmptyForNow = Schemas["EmptyForNow"];
/** The body of every error. */
export type ErrorBody = Schemas["Error"];
/** The schema of [`Event`], whose writing is by hand. */
export type EventBody = Schemas["Event"];
/** A part of the log, oldest first. */
export type EventPage = Schemas["EventPage"];
/** The end of a part of the log. */
export type EventPagination = Schemas["EventPagination"];
/** The definition of a custom field. */
export type FieldDefinition = Schemas["FieldDefinition"];
/** The definitions of a brand by what they belong to, each list in its display order. */
export type FieldDefinitions = Schemas["FieldDefinitions"];
export type FieldEntity = Schemas["FieldEntity"];
/** One problem: the path of the field and what is wrong with it. */
export type FieldError = Schemas["FieldError"];
/** An opaque id that starts with `fld_`. */
export type FieldId = Schemas["FieldId"];
export type FieldOrder = Schemas["FieldOrder"];
export type FieldPatch = Schemas["FieldPatch"];
export type FieldType = Schemas["FieldType"];
/** An invitation to join the account. */
export type Invite = Schemas["Invite"];
/** An opaque id that starts with `inv_`. */
export type InviteId = Schemas["InviteId"];
/** An invitation with its link, which is shown once: only a hash of it is kept. */
export type InviteReply = Schemas["InviteReply"];
/** An invitation as whoever holds its link sees it. */
export type InviteShown = Schemas["InviteShown"];
export type InviteStatus = Schemas["InviteStatus"];
export type JsonText = Schemas["JsonText"];
/** An opaque id that starts with `key_`. */
export type KeyId = Schemas["KeyId"];
/** A link (API 1.6). */
export type Link = Schemas["Link"];
export type Login = Schemas["Login"];
export type Logout = Schemas["Logout"];
export type MailLink = Schemas["MailLink"];
/** A member as it is shown. */
export type Member = Schemas["Member"];
/** An opaque id that starts with `usr_`. */
export type MemberId = Schemas["MemberId"];
/** What one member did. */
export type MemberMetrics = Schemas["MemberMetrics"];
export type MemberPatch = Schemas["MemberPatch"];
export type MemberStatus = Schemas["MemberStatus"];
export type MergeSources = Schemas["MergeSources"];
/** The target of a merge. */
export type MergedTag = Schemas["MergedTag"];
/** The ticket that others were merged into. */
export type MergedTicket = Schemas["MergedTicket"];
export type NewApiKey = Schemas["NewApiKey"];
/** A new API key, shown once with its text. */
export type NewApiKeyReply = Schemas["NewApiKeyReply"];
export type NewBrand = Schemas["NewBrand"];
export type NewCategory = Schemas["NewCategory"];
export type NewComment = Schemas["NewComment"];
export type NewCompany = Schemas["NewCompany"];
export type NewCustomer = Schemas["NewCustomer"];
export type NewField = Schemas["NewField"];
export type NewInvite = Schemas["NewInvite"];
export type NewStatus = Schemas["NewStatus"];
export type NewTag = Schemas["NewTag"];
export type NewTicket = Schemas["NewTicket"];
export type NewWatcher = Schemas["NewWatcher"];
/** Always null until its feature is available. */
export type NullForNow = Schemas["NullForNow"];
export type OwnershipTransfer = Schemas["OwnershipTransfer"];
/** The end of a page. */
export type Pagination = Schemas["Pagination"];
export type PasswordChange = Schemas["PasswordChange"];
export type PasswordReset = Schemas["PasswordReset"];
/** The people of an account. */
export type People = Schemas["People"];
export type Permissions = Schemas["Permissions"];
export type Priority = Schemas["Priority"];
/** What a member sets for themself. */
export type Profile = Schemas["Profile"];
export type ProfilePatch = Schemas["ProfilePatch"];
/** How fast tickets were answered and resolved. */
export type ResponseMetrics = Schemas["ResponseMetrics"];
export type Role = Schemas["Role"];
export type SchemaInput = Schemas["SchemaInput"];
export type ScopePatch = Schemas["ScopePatch"];
/** A session, told to whoever holds it. */
export type Session = Schemas["Session"];
export type Setup = Schemas["Setup"];
export type SpamMark = Schemas["SpamMark"];
/** Totals by status and brand. */
export type Stats = Schemas["Stats"];
/** A status of a brand. */
export type Status = Schemas["Status"];
/** How many tickets a status has. */
export type StatusCount = Schemas["StatusCount"];
/** The report on a deleted status. */
export type StatusDeleted = Schemas["StatusDeleted"];
/** An opaque id that starts with `sts_`. */
export type StatusId = Schemas["StatusId"];
export type StatusOrder = Schemas["StatusOrder"];
export type StatusPatch = Schemas["StatusPatch"];
export type StatusReplacement = Schemas["StatusReplacement"];
/** The answer of an action that has nothing else to say. */
export type Success = Schemas["Success"];
export type SwitchAccount = Schemas["SwitchAccount"];
/** A tag of a brand. */
export type Tag = Schemas["Tag"];
/** How many tickets a tag has. */
export type TagCount = Schemas["TagCount"];
/** An opaque id that starts with `tag_`. */
export type TagId = Schemas["TagId"];
export type TagMerge = Schemas["TagMerge"];
export type TagPatch = Schemas["TagPatch"];
/** What the members did. */
export type TeamMetrics = Schemas["TeamMetrics"];
/** A ticket, as it is shown. */
export type Ticket = Schemas["Ticket"];
/** How many tickets a filter finds. */
export type TicketCount = Schemas["TicketCount"];
/** An opaque id that starts with `tkt_`. */
export type TicketId = Schemas["TicketId"];
export type TicketPatch = Schemas["TicketPatch"];
export type Timestamp = Schemas["Timestamp"];
/** One day (UTC). */
export type TrendDay = Schemas["TrendDay"];
/** Created against resolved, day by day. */
export type Trends = Schemas["Trends"];
/** A span of time. */
export type TrendsPeriod = Schemas["TrendsPeriod"];
/** What the reachable brands hold. */
export type Usage = Schemas["Usage"];
export type Verify = Schemas["Verify"];
/** Somebody who watches a ticket. */
export type Watcher = Schemas["Watcher"];
/** An opaque id that starts with `wat_`. */
export type WatcherId = Schemas["WatcherId"];
export type WatcherPatch = Schemas["WatcherPatch"];
