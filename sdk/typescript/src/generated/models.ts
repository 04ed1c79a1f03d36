// Written by scripts/generate.mjs from openapi.json. Do not edit: change the server, then `npm run generate`.
import type { components } from "./openapi.js";

type Schemas = components["schemas"];

/** Somebody who joins the account. */
export type AcceptInvite = Schemas["AcceptInvite"];
/** The owner of everything. */
export type Account = Schemas["Account"];
/** An account that a person is a member of. */
export type AccountChoice = Schemas["AccountChoice"];
/** What went with the account. */
export type AccountDeleted = Schemas["AccountDeleted"];
/** The end of the account. */
export type AccountDeletion = Schemas["AccountDeletion"];
/** An opaque id that starts with `acc_`; ordered by time. */
export type AccountId = Schemas["AccountId"];
/** A change of the account. */
export type AccountPatch = Schemas["AccountPatch"];
/** What is done. */
export type Action = Schemas["Action"];
/** An action of a run. */
export type ActionRun = Schemas["ActionRun"];
/** What has become of an action. */
export type ActionStatus = Schemas["ActionStatus"];
/** An action of a dry run. */
export type ActionTested = Schemas["ActionTested"];
/** What kind of action. */
export type ActionType = Schemas["ActionType"];
/** What happened to a ticket, for people (API 15.3). */
export type Activity = Schemas["Activity"];
/** Who did something. */
export type Actor = Schemas["Actor"];
/** What kind of actor did something. */
export type ActorType = Schemas["ActorType"];
/** What is done to a message of a mailbox once it is on disk here. */
export type AfterProcess = Schemas["AfterProcess"];
/** An API key as it is shown: never its text. */
export type ApiKey = Schemas["ApiKey"];
/** A change of an API key; it applies to the next request. */
export type ApiKeyPatch = Schemas["ApiKeyPatch"];
/** A file on a ticket or comment, or one that waits for its ticket. */
export type Attachment = Schemas["Attachment"];
/** An opaque id that starts with `att_`; ordered by time. */
export type AttachmentId = Schemas["AttachmentId"];
/** How far an attachment has come. */
export type AttachmentStatus = Schemas["AttachmentStatus"];
/** A fresh address of one of several attachments. */
export type AttachmentUrl = Schemas["AttachmentUrl"];
/** Fresh addresses by the ids that were asked for; null where there is nothing to download. */
export type AttachmentUrls = Schemas["AttachmentUrls"];
/** An attachment with a fresh address to download it from. */
export type AttachmentWithUrl = Schemas["AttachmentWithUrl"];
/** Attachments whose addresses are asked for. */
export type AttachmentsAsked = Schemas["AttachmentsAsked"];
/** One attempt of a delivery. */
export type Attempt = Schemas["Attempt"];
/** One entry of an audit log. */
export type AuditLog = Schemas["AuditLog"];
/** The name of an event of a brand or of the account. */
export type AuditName = Schemas["AuditName"];
/** What a sign-in page needs to know. */
export type AuthConfig = Schemas["AuthConfig"];
/** What SPF, DKIM or DMARC says of a message. */
export type AuthVerdict = Schemas["AuthVerdict"];
/** Who wrote a comment. */
export type AuthorType = Schemas["AuthorType"];
/** An automation of a brand. */
export type Automation = Schemas["Automation"];
/** An opaque id that starts with `aut_`; ordered by time. */
export type AutomationId = Schemas["AutomationId"];
/** The order of execution of all automations. */
export type AutomationOrder = Schemas["AutomationOrder"];
/** A change of an automation. */
export type AutomationPatch = Schemas["AutomationPatch"];
/** A dry run of an automation. */
export type AutomationTest = Schemas["AutomationTest"];
/** What a dry run found: what would happen, of which nothing has. */
export type AutomationTested = Schemas["AutomationTested"];
/** A picture that has been uploaded. */
export type AvatarUploaded = Schemas["AvatarUploaded"];
/** A brand as it is shown. Those of SLA belong to a later feature and hold their defaults. */
export type Brand = Schemas["Brand"];
/** What would go with a brand. */
export type BrandContents = Schemas["BrandContents"];
/** An opaque id that starts with `br_`; ordered by time. */
export type BrandId = Schemas["BrandId"];
/** The brand of a ticket, in lists across brands. */
export type BrandOfTicket = Schemas["BrandOfTicket"];
/** A change of a brand. */
export type BrandPatch = Schemas["BrandPatch"];
/** The totals of one brand. */
export type BrandStats = Schemas["BrandStats"];
/** One action on many tickets. */
export type BulkChange = Schemas["BulkChange"];
/** What came of an action on many tickets. */
export type BulkReport = Schemas["BulkReport"];
/** What came of an action on one of many tickets. */
export type BulkResult = Schemas["BulkResult"];
/** The schema of `slaBusinessHours`. */
export type BusinessHours = Schemas["BusinessHours"];
/** A category of a brand. */
export type Category = Schemas["Category"];
/** How many tickets a category has. */
export type CategoryCount = Schemas["CategoryCount"];
/** An opaque id that starts with `cat_`; ordered by time. */
export type CategoryId = Schemas["CategoryId"];
/** The display order of all categories. */
export type CategoryOrder = Schemas["CategoryOrder"];
/** A change of a category. */
export type CategoryPatch = Schemas["CategoryPatch"];
/** What becomes of the tickets of a deleted category. */
export type CategoryReplacement = Schemas["CategoryReplacement"];
/** How many tickets each category has, by the category's id. */
export type CategoryStats = Schemas["CategoryStats"];
/** The value of a field before and after. */
export type Change = Schemas["Change"];
/** The schema of [`Event::changes`] and its like: by the name of the field. */
export type Changes = Schemas["Changes"];
/** What was looked at: `ok`, or a word for what is wrong. */
export type Checks = Schemas["Checks"];
/** Why a ticket was closed. */
export type CloseReason = Schemas["CloseReason"];
/** `#rrggbb`; kept in lower case. */
export type Color = Schemas["Color"];
/** A comment, as it is shown. */
export type Comment = Schemas["Comment"];
/** An opaque id that starts with `cmt_`; ordered by time. */
export type CommentId = Schemas["CommentId"];
/** A change of a comment. */
export type CommentPatch = Schemas["CommentPatch"];
/** A comment with the comments that answer it. */
export type CommentWithReplies = Schemas["CommentWithReplies"];
/** A company of a brand. */
export type Company = Schemas["Company"];
/** An opaque id that starts with `co_`; ordered by time. */
export type CompanyId = Schemas["CompanyId"];
/** A change of a company. */
export type CompanyPatch = Schemas["CompanyPatch"];
/** What the new tickets of a company start with, and whatever else its caller keeps here. */
export type CompanySettings = Schemas["CompanySettings"];
/** One condition. */
export type Cond = Schemas["Cond"];
/** A condition of a dry run. */
export type CondTested = Schemas["CondTested"];
/** When an automation goes on. */
export type Conditions = Schemas["Conditions"];
/** A connection of a brand. */
export type Connection = Schemas["Connection"];
/** What is set of a connection. */
export type ConnectionConfig = Schemas["ConnectionConfig"];
/** An opaque id that starts with `con_`; ordered by time. */
export type ConnectionId = Schemas["ConnectionId"];
/** A change of a connection. `config` and `secrets` hold fields of its type; those that are left out stay. */
export type ConnectionPatch = Schemas["ConnectionPatch"];
/** What came of the last call of a connection. */
export type ConnectionStatus = Schemas["ConnectionStatus"];
/** What came of a test of a connection. */
export type ConnectionTest = Schemas["ConnectionTest"];
/** What a connection leads to. */
export type ConnectionType = Schemas["ConnectionType"];
/** How feedback is given. */
export type CsatType = Schemas["CsatType"];
/** A customer of a brand. */
export type Customer = Schemas["Customer"];
/** The answer to an erasure. */
export type CustomerErased = Schemas["CustomerErased"];
/** An opaque id that starts with `cus_`; ordered by time. */
export type CustomerId = Schemas["CustomerId"];
/** A change of a customer. */
export type CustomerPatch = Schemas["CustomerPatch"];
/** A delivery of one event to one webhook. */
export type Delivery = Schemas["Delivery"];
/** An opaque id that starts with `whd_`; ordered by time. */
export type DeliveryId = Schemas["DeliveryId"];
/** What has become of a delivery. */
export type DeliveryStatus = Schemas["DeliveryStatus"];
/** A delivery with every attempt. */
export type DeliveryWithAttempts = Schemas["DeliveryWithAttempts"];
/** An email address; kept in lower case. */
export type EmailAddress = Schemas["EmailAddress"];
/** The body of every error. */
export type ErrorBody = Schemas["Error"];
/** - `validation_error` (400): Malformed JSON, wrong type, missing or bad value, unknown enum, unknown reference in a body. - `authentication_error` (401): No credential, or one that is unknown, revoked or expired. - `forbidden` (403): The role is too low, the request comes from another page than ours, or a signed link is altered or expired. - `not_found` (404): Unknown route or object, or outside the scope. - `conflict` (409): Duplicate unique value, or a state or a limit that forbids the action. - `idempotency_mismatch` (409): The idempotency key was used with another body. - `payload_too_large` (413): The body or the file is over its limit. - `unsupported_media_type` (415): A Content-Type that the route does not read. - `rate_limit_error` (429): The bucket is empty; see Retry-After. - `server_error` (500): A bug; nothing was committed. - `unavailable` (503): A dependency is down or busy; see Retry-After. */
export type ErrorCode = Schemas["ErrorCode"];
/** What happened in a brand: the envelope that every reader of the log sees. */
export type EventBody = Schemas["Event"];
/** The name of an event of a brand. Some names belong to features that are not available yet. */
export type EventName = Schemas["EventName"];
/** A part of the log, oldest first. */
export type EventPage = Schemas["EventPage"];
/** The end of a part of the log. */
export type EventPagination = Schemas["EventPagination"];
/** Through what something happened. */
export type EventSource = Schemas["EventSource"];
/** What a customer is asked about a ticket, and the answer. */
export type Feedback = Schemas["Feedback"];
/** The answer to a survey. */
export type FeedbackAnswer = Schemas["FeedbackAnswer"];
/** Who asks. */
export type FeedbackBrand = Schemas["FeedbackBrand"];
/** An opaque id that starts with `fb_`; ordered by time. */
export type FeedbackId = Schemas["FeedbackId"];
/** A survey as whoever holds its link sees it. */
export type FeedbackShown = Schemas["FeedbackShown"];
/** Where a survey stands. */
export type FeedbackState = Schemas["FeedbackState"];
/** What whoever answers is told. */
export type FeedbackTaken = Schemas["FeedbackTaken"];
/** What a survey is about. */
export type FeedbackTicket = Schemas["FeedbackTicket"];
/** The definition of a custom field. */
export type FieldDefinition = Schemas["FieldDefinition"];
/** The definitions of a brand by what they belong to, each list in its display order. */
export type FieldDefinitions = Schemas["FieldDefinitions"];
/** What a custom field belongs to. */
export type FieldEntity = Schemas["FieldEntity"];
/** One problem: the path of the field and what is wrong with it. */
export type FieldError = Schemas["FieldError"];
/** An opaque id that starts with `fld_`; ordered by time. */
export type FieldId = Schemas["FieldId"];
/** The display order of the definitions of one entity. */
export type FieldOrder = Schemas["FieldOrder"];
/** A change of a definition of a custom field. */
export type FieldPatch = Schemas["FieldPatch"];
/** What a custom field holds. */
export type FieldType = Schemas["FieldType"];
/** A JSON object of your own of at most 64 KB. */
export type FreeJson = Schemas["FreeJson"];
/** The process runs. */
export type Health = Schemas["Health"];
/** The schema of `slaByPriority`. */
export type HoursByPriority = Schemas["HoursByPriority"];
/** What is set of an HTTP connection. */
export type HttpConfig = Schemas["HttpConfig"];
/** How an HTTP connection calls. */
export type HttpMethod = Schemas["HttpMethod"];
/** An absolute http or https address. */
export type HttpUrl = Schemas["HttpUrl"];
/** The credential of `POST /inbound/email`, shown once. */
export type InboundToken = Schemas["InboundToken"];
/** An invitation to join the account. */
export type Invite = Schemas["Invite"];
/** An opaque id that starts with `inv_`; ordered by time. */
export type InviteId = Schemas["InviteId"];
/** An invitation with its link, which is shown once: only a hash of it is kept. */
export type InviteReply = Schemas["InviteReply"];
/** An invitation as whoever holds its link sees it. */
export type InviteShown = Schemas["InviteShown"];
/** The state of an invitation: one that was accepted or withdrawn is gone. */
export type InviteStatus = Schemas["InviteStatus"];
/** What is set of a Jira connection. */
export type JiraConfig = Schemas["JiraConfig"];
/** A JSON object of the caller's own making. */
export type JsonText = Schemas["JsonText"];
/** An opaque id that starts with `key_`; ordered by time. */
export type KeyId = Schemas["KeyId"];
/** One line without control characters: a name, or an id, key or number. */
export type Line = Schemas["Line"];
/** A link (API 1.6). */
export type Link = Schemas["Link"];
/** Somebody who signs in. */
export type Login = Schemas["Login"];
/** The end of a session. */
export type Logout = Schemas["Logout"];
/** The name of an event as `event` has it: those of comments are long. */
export type LongEventName = Schemas["LongEventName"];
/** Whether a message comes from where it says. */
export type MailAuth = Schemas["MailAuth"];
/** Which way a mail came or goes (API 20.3). */
export type MailChannel = Schemas["MailChannel"];
/** Which way a mail goes (API 20.3). */
export type MailDirection = Schemas["MailDirection"];
/** An opaque id that starts with `ml_`; ordered by time. */
export type MailId = Schemas["MailId"];
/** An address to mail a link to. */
export type MailLink = Schemas["MailLink"];
/** A message that came in, or a mail to one person. */
export type MailRecord = Schemas["MailRecord"];
/** The relay of a brand. Its password is never shown. */
export type MailRelay = Schemas["MailRelay"];
/** What came of a test of a relay. */
export type MailRelayTest = Schemas["MailRelayTest"];
/** What has become of a mail: its `outcome` (API 20.2, 20.3). */
export type MailState = Schemas["MailState"];
/** The mailbox of a brand. */
export type Mailbox = Schemas["Mailbox"];
/** How a mailbox knows who looks into it. */
export type MailboxAuth = Schemas["MailboxAuth"];
/** Where tokens for a mailbox come from, without what is secret of it. */
export type MailboxOauth = Schemas["MailboxOauth"];
/** What came of a test of a mailbox. */
export type MailboxTest = Schemas["MailboxTest"];
/** A member as it is shown. */
export type Member = Schemas["Member"];
/** An opaque id that starts with `usr_`; ordered by time. */
export type MemberId = Schemas["MemberId"];
/** What one member did. */
export type MemberMetrics = Schemas["MemberMetrics"];
/** A change of a member or of an invitation. */
export type MemberPatch = Schemas["MemberPatch"];
/** Whether somebody still is a member. */
export type MemberStatus = Schemas["MemberStatus"];
/** The tickets that are merged into another. */
export type MergeSources = Schemas["MergeSources"];
/** The target of a merge. */
export type MergedTag = Schemas["MergedTag"];
/** The ticket that others were merged into. */
export type MergedTicket = Schemas["MergedTicket"];
/** Whether the schema of the database is that of this version. */
export type Migrations = Schemas["Migrations"];
/** A time in a request: RFC 3339 with any offset, or a bare date, which means 00:00 UTC. */
export type Moment = Schemas["Moment"];
/** A new API key. */
export type NewApiKey = Schemas["NewApiKey"];
/** A new API key, shown once with its text. */
export type NewApiKeyReply = Schemas["NewApiKeyReply"];
/** A new automation. */
export type NewAutomation = Schemas["NewAutomation"];
/** A picture of the member that shall be uploaded. */
export type NewAvatar = Schemas["NewAvatar"];
/** A new brand. */
export type NewBrand = Schemas["NewBrand"];
/** A new category. */
export type NewCategory = Schemas["NewCategory"];
/** A new comment. */
export type NewComment = Schemas["NewComment"];
/** A new company. */
export type NewCompany = Schemas["NewCompany"];
/** A new connection. */
export type NewConnection = Schemas["NewConnection"];
/** A new customer. */
export type NewCustomer = Schemas["NewCustomer"];
/** A new definition of a custom field. */
export type NewField = Schemas["NewField"];
/** An invitation to join the account. */
export type NewInvite = Schemas["NewInvite"];
/** A mailbox as a whole; only secrets that are left out stay as they are. */
export type NewMailbox = Schemas["NewMailbox"];
/** A file that shall be uploaded before its ticket exists. */
export type NewPendingUpload = Schemas["NewPendingUpload"];
/** What a customer answers. */
export type NewPortalComment = Schemas["NewPortalComment"];
/** A ticket that a customer writes. */
export type NewPortalTicket = Schemas["NewPortalTicket"];
/** A customer who is to be signed in to the portal. */
export type NewPortalToken = Schemas["NewPortalToken"];
/** A file that a customer wants to upload. */
export type NewPortalUpload = Schemas["NewPortalUpload"];
/** What the caller does at a ticket. */
export type NewPresence = Schemas["NewPresence"];
/** A relay as a whole; only a password that is left out stays as it is. */
export type NewRelay = Schemas["NewRelay"];
/** A new custom status. */
export type NewStatus = Schemas["NewStatus"];
/** A new tag. */
export type NewTag = Schemas["NewTag"];
/** A new ticket. */
export type NewTicket = Schemas["NewTicket"];
/** A file that shall be uploaded to a ticket. */
export type NewUpload = Schemas["NewUpload"];
/** Somebody who shall watch a ticket: a member, or an address. */
export type NewWatcher = Schemas["NewWatcher"];
/** A new webhook. */
export type NewWebhook = Schemas["NewWebhook"];
/** What a condition asks. */
export type Op = Schemas["Op"];
/** The next owner. */
export type OwnershipTransfer = Schemas["OwnershipTransfer"];
/** The end of a page. */
export type Pagination = Schemas["Pagination"];
/** A new password, by the old one. */
export type PasswordChange = Schemas["PasswordChange"];
/** A new password, by the link of a mail. */
export type PasswordReset = Schemas["PasswordReset"];
/** The people of an account. */
export type People = Schemas["People"];
/** What an API key may do within its scope. */
export type Permissions = Schemas["Permissions"];
/** A file as a customer sees it. */
export type PortalAttachment = Schemas["PortalAttachment"];
/** A file with a fresh address to download it from. */
export type PortalAttachmentWithUrl = Schemas["PortalAttachmentWithUrl"];
/** A brand as its customers see it. */
export type PortalBrand = Schemas["PortalBrand"];
/** A public comment. */
export type PortalComment = Schemas["PortalComment"];
/** Somebody who wants a link to the portal. */
export type PortalLinkRequest = Schemas["PortalLinkRequest"];
/** Where a merged ticket went. */
export type PortalMerged = Schemas["PortalMerged"];
/** A customer who is signed in to the portal. */
export type PortalSession = Schemas["PortalSession"];
/** A ticket as its customer sees it. */
export type PortalTicket = Schemas["PortalTicket"];
/** A ticket with its conversation, as its customer sees it. */
export type PortalTicketDetail = Schemas["PortalTicketDetail"];
/** A mailed link that somebody followed. */
export type PortalVerify = Schemas["PortalVerify"];
/** A member at a ticket. */
export type Presence = Schemas["Presence"];
/** What somebody does at a ticket. */
export type PresenceState = Schemas["PresenceState"];
/** How urgent a ticket is. */
export type Priority = Schemas["Priority"];
/** What a member sets for themself. */
export type Profile = Schemas["Profile"];
/** A change of what a member sets for themself. */
export type ProfilePatch = Schemas["ProfilePatch"];
/** Whether there is room in the queue of writes. */
export type Queues = Schemas["Queues"];
/** Whether something answers. */
export type Reach = Schemas["Reach"];
/** Whether the process can do its work. */
export type Readiness = Schemas["Readiness"];
/** Whether the process can do its work. */
export type Ready = Schemas["Ready"];
/** Codes that open in the place of a second factor. */
export type RecoveryCodes = Schemas["RecoveryCodes"];
/** Which events are to be delivered once more. */
export type Replay = Schemas["Replay"];
/** What a replay has made. */
export type Replayed = Schemas["Replayed"];
/** What is to become of a message that is looked at again. */
export type Reprocess = Schemas["Reprocess"];
/** How fast tickets were answered and resolved. */
export type ResponseMetrics = Schemas["ResponseMetrics"];
/** What a member may do. */
export type Role = Schemas["Role"];
/** One run of an automation. */
export type Run = Schemas["Run"];
/** An opaque id that starts with `run_`; ordered by time. */
export type RunId = Schemas["RunId"];
/** What has become of a run. While a call is under way it counts as done; `finishedAt` says that it is not over. */
export type RunStatus = Schemas["RunStatus"];
/** A schema of your own: any JSON object of at most 64 KB. It is stored and never enforced. */
export type SchemaInput = Schemas["SchemaInput"];
/** A change of what an API key reaches. */
export type ScopePatch = Schemas["ScopePatch"];
/** The new secret of a webhook, shown once. */
export type SecretRotated = Schemas["SecretRotated"];
/** A new secret, with which the one before also signs for 24 hours. */
export type SecretRotation = Schemas["SecretRotation"];
/** A session, told to whoever holds it. */
export type Session = Schemas["Session"];
/** The first owner, with the token of the setup link. */
export type Setup = Schemas["Setup"];
/** Why a run did not begin. */
export type SkipReason = Schemas["SkipReason"];
/** What is set of a Slack connection. */
export type SlackConfig = Schemas["SlackConfig"];
/** Marks a ticket as spam, or takes it back. */
export type SpamMark = Schemas["SpamMark"];
/** Whom a link to the portal is mailed to. */
export type StaffPortalLink = Schemas["StaffPortalLink"];
/** Totals by status and brand. */
export type Stats = Schemas["Stats"];
/** A status of a brand. */
export type Status = Schemas["Status"];
/** How many tickets a status has. */
export type StatusCount = Schemas["StatusCount"];
/** The report on a deleted status. */
export type StatusDeleted = Schemas["StatusDeleted"];
/** An opaque id that starts with `sts_`; ordered by time. */
export type StatusId = Schemas["StatusId"];
/** The display order of all statuses. */
export type StatusOrder = Schemas["StatusOrder"];
/** A change of a status. */
export type StatusPatch = Schemas["StatusPatch"];
/** What becomes of the tickets of a deleted status. */
export type StatusReplacement = Schemas["StatusReplacement"];
/** The answer of an action that has nothing else to say. */
export type Success = Schemas["Success"];
/** The wish for a survey. */
export type SurveyRequest = Schemas["SurveyRequest"];
/** Another account of the same person. */
export type SwitchAccount = Schemas["SwitchAccount"];
/** A tag of a brand. */
export type Tag = Schemas["Tag"];
/** How many tickets a tag has. */
export type TagCount = Schemas["TagCount"];
/** An opaque id that starts with `tag_`; ordered by time. */
export type TagId = Schemas["TagId"];
/** The tags that another one takes in. */
export type TagMerge = Schemas["TagMerge"];
/** A change of a tag. */
export type TagPatch = Schemas["TagPatch"];
/** What the members did. */
export type TeamMetrics = Schemas["TeamMetrics"];
/** A ticket, as it is shown. */
export type Ticket = Schemas["Ticket"];
/** How many tickets a filter finds. */
export type TicketCount = Schemas["TicketCount"];
/** An opaque id that starts with `tkt_`; ordered by time. */
export type TicketId = Schemas["TicketId"];
/** A change of a ticket. */
export type TicketPatch = Schemas["TicketPatch"];
/** UTC with milliseconds. */
export type Timestamp = Schemas["Timestamp"];
/** A code that shows that the new secret has arrived. */
export type TotpConfirm = Schemas["TotpConfirm"];
/** The end of a second factor. */
export type TotpDisable = Schemas["TotpDisable"];
/** A secret for an authenticator app. */
export type TotpEnrolled = Schemas["TotpEnrolled"];
/** One day (UTC). */
export type TrendDay = Schemas["TrendDay"];
/** Created against resolved, day by day. */
export type Trends = Schemas["Trends"];
/** A span of time. */
export type TrendsPeriod = Schemas["TrendsPeriod"];
/** What starts an automation. */
export type Trigger = Schemas["Trigger"];
/** An event that can start an automation. */
export type TriggerEvent = Schemas["TriggerEvent"];
/** Where to upload the bytes of an attachment. */
export type Upload = Schemas["Upload"];
/** What the reachable brands hold. */
export type Usage = Schemas["Usage"];
/** Somebody who follows a sign-in link. */
export type Verify = Schemas["Verify"];
/** Somebody who watches a ticket. */
export type Watcher = Schemas["Watcher"];
/** An opaque id that starts with `wat_`; ordered by time. */
export type WatcherId = Schemas["WatcherId"];
/** What a watcher hears of. */
export type WatcherPatch = Schemas["WatcherPatch"];
/** A webhook of a brand. */
export type Webhook = Schemas["Webhook"];
/** A new webhook, shown once with its secret. */
export type WebhookCreated = Schemas["WebhookCreated"];
/** An opaque id that starts with `wh_`; ordered by time. */
export type WebhookId = Schemas["WebhookId"];
/** A change of a webhook. */
export type WebhookPatch = Schemas["WebhookPatch"];
/** That all is well. */
export type Well = Schemas["Well"];
