// Written by scripts/generate.mjs from openapi.json. Do not edit: change the server, then `npm run generate`.
export interface components {
    schemas: {
        /** @description Somebody who joins the account. */
        AcceptInvite: {
            /** @description Their name. */
            displayName?: string | null;
            /**
             * @description How the session is handed over; `cookie` when left out.
             * @enum {string|null}
             */
            mode?: "cookie" | "token" | null;
            /** @description Their password; required when `needsPassword`. */
            password?: string | null;
            /** @description The token of the invitation. */
            token: string;
        };
        /** @description The owner of everything. */
        Account: {
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["AccountId"];
            /** @description Its name. */
            name: string;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /** @description An account that a person is a member of. */
        AccountChoice: {
            /** @description Its id. */
            id: components["schemas"]["AccountId"];
            /** @description Its name. */
            name: string;
            /** @description What the person is there. */
            role: components["schemas"]["Role"];
        };
        /** @description What went with the account. */
        AccountDeleted: {
            /** @description The brands that were deleted with it. */
            deletedBrands: components["schemas"]["BrandId"][];
            /**
             * Format: int64
             * @description How many they are.
             */
            deletedBrandsCount: number;
            /** @description Always true. */
            success: boolean;
        };
        /** @description The end of the account. */
        AccountDeletion: {
            /**
             * @description `DELETE`, so that nobody does it by mistake.
             * @enum {string}
             */
            confirmation: "DELETE";
        };
        /**
         * @description An opaque id that starts with `acc_`; ordered by time.
         * @example acc_01kdyak43d7trmct2jayyxcg7v
         */
        AccountId: string;
        /** @description A change of the account. */
        AccountPatch: {
            /** @description What it is called. */
            name?: components["schemas"]["Line"];
        };
        /** @description What is done. */
        Action: {
            /**
             * @description Why it is closed; only with `closed`.
             * @enum {string|null}
             */
            closeReason?: "no_response" | "out_of_scope" | "customer_left" | "duplicate" | null;
            /** @description Key, id or `sts_<key>`. */
            status: string;
            /** @enum {string} */
            type: "set_status";
        } | {
            /**
             * @description How urgent it is.
             * @enum {string}
             */
            priority: "low" | "normal" | "high" | "urgent" | "medium";
            /** @enum {string} */
            type: "set_priority";
        } | {
            /** @description Id or key of a category; null for none. */
            categoryId: string | null;
            /** @enum {string} */
            type: "set_category";
        } | {
            /** @description The address of such a member, or of an outside assignee; null for nobody. */
            assigneeEmail?: string | null;
            /** @description An active member with access to the brand; null for nobody. */
            assigneeId: string | null;
            /** @enum {string} */
            type: "assign";
        } | {
            /** @description The address of such a member, or of an outside assignee; null for nobody. */
            assigneeEmail: string | null;
            /** @description An active member with access to the brand; null for nobody. */
            assigneeId?: string | null;
            /** @enum {string} */
            type: "assign";
        } | {
            /** @description Names or ids. */
            tags: string[];
            /** @enum {string} */
            type: "add_tags";
        } | {
            /** @description Names or ids. */
            tags: string[];
            /** @enum {string} */
            type: "remove_tags";
        } | {
            /** @description Its text, with placeholders. */
            body: string;
            /** @enum {string} */
            type: "add_note";
        } | {
            /** @description Its text, with placeholders. */
            body: string;
            /** @description The status that the ticket gets with it: key, id or `sts_<key>`. */
            setStatus?: string | null;
            /** @enum {string} */
            type: "reply";
        } | {
            /** @description A connection to Slack. */
            connectionId: string;
            /** @description The message, with placeholders. */
            text: string;
            /** @enum {string} */
            type: "notify_slack";
        } | {
            /** @description A connection to Jira. */
            connectionId: string;
            /** @description What it says, with placeholders. */
            description?: string | null;
            /** @description Its type in Jira; that of the connection when left out. */
            issueType?: string | null;
            /** @description Whether a ticket that has an issue of this connection gets no other; true when left out. */
            once?: boolean | null;
            /** @description What the issue is called, with placeholders; `[{{ticket.ticketNumber}}] {{ticket.title}}` when left out. */
            summary?: string | null;
            /** @enum {string} */
            type: "create_jira_issue";
        } | {
            /** @description How many minutes later; as the brand says when left out. */
            delayMinutes?: number | null;
            /** @enum {string} */
            type: "send_survey";
        } | {
            /** @description An HTTP connection. */
            connectionId: string;
            /** @enum {string} */
            type: "send_webhook";
        } | {
            /** @enum {string} */
            type: "send_webhook";
            /** @description A webhook. */
            webhookId: string;
        } | {
            /** @description Its text, with placeholders. */
            body: string;
            /** @description Its subject, with placeholders. */
            subject: string;
            /** @description Addresses, `assignee`, `watchers` or `customer`. */
            to: (("assignee" | "watchers" | "customer") | string)[];
            /** @enum {string} */
            type: "notify_email";
        };
        /** @description An action of a run. */
        ActionRun: {
            /**
             * Format: int64
             * @description How often it was tried.
             */
            attempts: number;
            /** @description Why it failed last, or why there was nothing to do. */
            error: string | null;
            /** @description What it brought about. */
            result: components["schemas"]["JsonText"] | null;
            /** @description What has become of it. */
            status: components["schemas"]["ActionStatus"];
            /** @description What kind of action. */
            type: components["schemas"]["ActionType"];
        };
        /**
         * @description What has become of an action.
         * @enum {string}
         */
        ActionStatus: "done" | "failed" | "pending" | "skipped";
        /** @description An action of a dry run. */
        ActionTested: {
            /** @description What it would do: its parameters, with every placeholder filled in. */
            preview: components["schemas"]["JsonText"];
            /** @description What kind of action. */
            type: components["schemas"]["ActionType"];
        };
        /**
         * @description What kind of action.
         * @enum {string}
         */
        ActionType: "set_status" | "set_priority" | "set_category" | "assign" | "add_tags" | "remove_tags" | "add_note" | "reply" | "notify_slack" | "create_jira_issue" | "send_survey" | "send_webhook" | "notify_email";
        /** @description What happened to a ticket, for people (API 15.3). */
        Activity: {
            /** @description Who did it. */
            actor: components["schemas"]["Actor"];
            /** @description The file that it is about. */
            attachmentId: string | null;
            /** @description What changed. */
            changes: components["schemas"]["Changes"] | null;
            /** @description The comment that it is about. */
            commentId: string | null;
            /** @description The id of the event. */
            id: string;
            /**
             * Format: int64
             * @description Its place in the brand's log.
             */
            sequence: number;
            /** @description Through what. */
            source: components["schemas"]["EventSource"];
            /** @description One English sentence. */
            summary: string;
            /** @description When it happened. */
            timestamp: components["schemas"]["Timestamp"];
            /** @description What happened. */
            type: components["schemas"]["EventName"];
        };
        /** @description Who did something. */
        Actor: {
            /** @description The first characters of the API key. */
            apiKeyPrefix: string | null;
            /** @description Its address. */
            email: string | null;
            /** @description Its id. */
            id: string | null;
            /** @description Its name. */
            name: string | null;
            /** @description What kind of actor. */
            type: components["schemas"]["ActorType"];
        };
        /**
         * @description What kind of actor did something.
         * @enum {string}
         */
        ActorType: "user" | "api" | "customer" | "automation" | "system";
        /**
         * @description What is done to a message of a mailbox once it is on disk here.
         * @enum {string}
         */
        AfterProcess: "seen" | "keep" | "move" | "delete";
        /** @description An API key as it is shown: never its text. */
        ApiKey: {
            /** @description Whether it reaches every brand. */
            allBrands: boolean;
            /** @description The brands that it reaches otherwise. */
            brandIds: components["schemas"]["BrandId"][];
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Who created it. */
            createdBy: string | null;
            /** @description When it stops working. */
            expiresAt: components["schemas"]["Timestamp"] | null;
            /** @description Its id. */
            id: components["schemas"]["KeyId"];
            /** @description First and last characters, to recognise it by. */
            keyPreview: string;
            /** @description When it was last used, to the minute. */
            lastUsedAt: components["schemas"]["Timestamp"] | null;
            /** @description Its name. */
            name: string;
            /** @description What it may do. */
            permissions: components["schemas"]["Permissions"];
            /** @description Its first 12 characters. */
            prefix: string;
        };
        /** @description A change of an API key; it applies to the next request. */
        ApiKeyPatch: {
            /** @description Whether it reaches every brand. */
            allBrands?: boolean;
            /** @description The brands that it reaches. */
            brandIds?: components["schemas"]["Line"][];
            /** @description When it stops working; null for never. */
            expiresAt?: components["schemas"]["Moment"] | null;
            /** @description What it is called. */
            name?: components["schemas"]["Line"];
        };
        /** @description A file on a ticket or comment, or one that waits for its ticket. */
        Attachment: {
            /** @description The SHA-256 of its bytes in hexadecimal, where it is known. */
            checksum: string | null;
            /** @description The comment that it belongs to. */
            commentId: components["schemas"]["CommentId"] | null;
            /** @description What it is, `type/subtype`. */
            contentType: string;
            /** @description When it was asked for. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description What it is called. */
            filename: string;
            /** @description Its id. */
            id: components["schemas"]["AttachmentId"];
            /** @description Free JSON of your own. */
            metadata: components["schemas"]["JsonText"];
            /**
             * Format: int64
             * @description Its bytes: as announced, and from the confirmation on as they are.
             */
            size: number | null;
            /** @description How far it has come. */
            status: components["schemas"]["AttachmentStatus"];
            /** @description The ticket; null while it waits for one. */
            ticketId: components["schemas"]["TicketId"] | null;
            /** @description When it changed last. */
            updatedAt: components["schemas"]["Timestamp"];
            /** @description Who uploaded it: the address of a member, or the caller's value. */
            uploadedBy: string | null;
        };
        /**
         * @description An opaque id that starts with `att_`; ordered by time.
         * @example att_01kdyak43d7trmct2jayyxcg7v
         */
        AttachmentId: string;
        /** @description Attachments whose addresses are asked for. */
        AttachmentsAsked: {
            /** @description Their ids. */
            ids: components["schemas"]["Line"][];
        };
        /**
         * @description How far an attachment has come.
         * @enum {string}
         */
        AttachmentStatus: "PENDING" | "UPLOADED" | "FAILED";
        /** @description A fresh address of one of several attachments. */
        AttachmentUrl: {
            /** @description What it is. */
            contentType: string;
            /** @description Until when the address works. */
            expiresAt: components["schemas"]["Timestamp"];
            /** @description What it is called. */
            filename: string;
            /** @description Where to download it. */
            url: string;
        };
        /** @description Fresh addresses by the ids that were asked for; null where there is nothing to download. */
        AttachmentUrls: {
            [key: string]: components["schemas"]["AttachmentUrl"] | null;
        };
        /** @description An attachment with a fresh address to download it from. */
        AttachmentWithUrl: components["schemas"]["Attachment"] & {
            /** @description The same once more, as an object of its own. */
            attachment: components["schemas"]["Attachment"];
            /** @description Where to download it; null until it is uploaded. */
            downloadUrl: string | null;
            /** @description Until when that works. */
            expiresAt: components["schemas"]["Timestamp"] | null;
        };
        /** @description One attempt of a delivery. */
        Attempt: {
            /** @description When it began. */
            at: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description How long it took.
             */
            durationMs: number;
            /** @description Why it failed. */
            error: string | null;
            /**
             * Format: int64
             * @description The status code of the answer.
             */
            responseCode: number | null;
        };
        /** @description One entry of an audit log. */
        AuditLog: {
            /** @description Its brand; null for events of the account. */
            brandId: components["schemas"]["BrandId"] | null;
            /** @description What changed, each field with its old and new value. */
            changes: components["schemas"]["Changes"] | null;
            /** @description When it happened. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description The id of what it is about. */
            entityId: string;
            /** @description What kind of thing it is about. */
            entityType: string;
            /** @description What happened, such as `ticket.updated`. */
            event: components["schemas"]["AuditName"];
            /** @description The id of the event. */
            id: string;
            /** @description The ticket's number and title, the name of what it is about, and what else the event has to say in a word. */
            metadata: components["schemas"]["JsonText"];
            /** @description Who did it. */
            performedBy: components["schemas"]["Actor"];
            /**
             * Format: int64
             * @description Its place in its log.
             */
            sequence: number;
            /** @description Through what. */
            source: components["schemas"]["EventSource"];
            /** @description The ticket that it belongs to. */
            ticketId: components["schemas"]["TicketId"] | null;
        };
        /**
         * @description The name of an event of a brand or of the account.
         * @enum {string}
         */
        AuditName: "ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.deleted" | "ticket.restored" | "ticket.spam_marked" | "ticket.spam_unmarked" | "ticket.merged" | "ticket.overdue" | "comment.created" | "comment.updated" | "comment.deleted" | "attachment.created" | "attachment.deleted" | "watcher.added" | "watcher.removed" | "customer.created" | "customer.updated" | "customer.deleted" | "company.created" | "company.updated" | "company.deleted" | "feedback.requested" | "feedback.submitted" | "brand.created" | "brand.updated" | "brand.deleted" | "status.created" | "status.updated" | "status.deleted" | "status.reordered" | "category.created" | "category.updated" | "category.deleted" | "category.reordered" | "tag.created" | "tag.updated" | "tag.deleted" | "tag.merged" | "field.created" | "field.updated" | "field.deleted" | "field.reordered" | "form.created" | "form.updated" | "form.deleted" | "view.created" | "view.updated" | "view.deleted" | "macro.created" | "macro.updated" | "macro.deleted" | "recurring.created" | "recurring.updated" | "recurring.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "webhook.disabled" | "automation.created" | "automation.updated" | "automation.deleted" | "automation.reordered" | "automation.failed" | "connection.created" | "connection.updated" | "connection.deleted" | "connection.failed" | "mailbox.created" | "mailbox.updated" | "mailbox.deleted" | "mail.quarantined" | "mail.failed" | "mail.relay_created" | "mail.relay_updated" | "mail.relay_deleted" | "domain.created" | "domain.updated" | "domain.deleted" | "account.updated" | "api_key.created" | "api_key.updated" | "api_key.deleted" | "member.invited" | "member.joined" | "member.updated" | "member.removed";
        /** @description What a sign-in page needs to know. */
        AuthConfig: {
            /** @description Whether sign-in links can be mailed. */
            magicLink: boolean;
            /** @description Whether the account has no owner yet. */
            setupRequired: boolean;
            /** @description The version of the server. */
            version: string;
        };
        /**
         * @description Who wrote a comment.
         * @enum {string}
         */
        AuthorType: "STAFF" | "CUSTOMER" | "SYSTEM";
        /**
         * @description What SPF, DKIM or DMARC says of a message.
         * @enum {string}
         */
        AuthVerdict: "pass" | "fail" | "none" | "temperror";
        /** @description An automation of a brand. */
        Automation: {
            /** @description What it does, in this order. */
            actions: components["schemas"]["Action"][];
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description When it goes on: all of `all`, and at least one of `any` unless that is empty. */
            conditions: components["schemas"]["Conditions"];
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Who created it: the address of a member, or the name of an API key. */
            createdBy: string | null;
            /** @description What it is for. */
            description: string | null;
            /** @description Whether it runs. */
            enabled: boolean;
            /**
             * Format: int64
             * @description How many of its runs had an action that failed.
             */
            failureCount: number;
            /** @description Its id. */
            id: components["schemas"]["AutomationId"];
            /** @description Why an action failed last. */
            lastError: string | null;
            /** @description When it ran last. */
            lastRunAt: components["schemas"]["Timestamp"] | null;
            /** @description What it is called. */
            name: string;
            /**
             * Format: int64
             * @description How often it has run; skips do not count.
             */
            runCount: number;
            /**
             * Format: int64
             * @description Place in the order of execution, from 0.
             */
            sortOrder: number;
            /** @description What starts it. */
            trigger: components["schemas"]["Trigger"];
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /**
         * @description An opaque id that starts with `aut_`; ordered by time.
         * @example aut_01kdyak43d7trmct2jayyxcg7v
         */
        AutomationId: string;
        /** @description The order of execution of all automations. */
        AutomationOrder: {
            /** @description Every automation of the brand once. */
            automationIds: components["schemas"]["Line"][];
        };
        /** @description A change of an automation. */
        AutomationPatch: {
            /** @description What it does, as a whole. */
            actions?: ({
                /**
                 * @description Why it is closed; only with `closed`.
                 * @enum {string|null}
                 */
                closeReason?: "no_response" | "out_of_scope" | "customer_left" | "duplicate" | null;
                /** @description Key, id or `sts_<key>`. */
                status: components["schemas"]["Line"];
                /** @enum {string} */
                type: "set_status";
            } | {
                /**
                 * @description How urgent it is.
                 * @enum {string}
                 */
                priority: "low" | "normal" | "high" | "urgent" | "medium";
                /** @enum {string} */
                type: "set_priority";
            } | {
                /** @description Id or key of a category; null for none. */
                categoryId: components["schemas"]["Line"] | null;
                /** @enum {string} */
                type: "set_category";
            } | {
                /** @description The address of such a member, or of an outside assignee; null for nobody. */
                assigneeEmail?: components["schemas"]["EmailAddress"] | null;
                /** @description An active member with access to the brand; null for nobody. */
                assigneeId: components["schemas"]["Line"] | null;
                /** @enum {string} */
                type: "assign";
            } | {
                /** @description The address of such a member, or of an outside assignee; null for nobody. */
                assigneeEmail: components["schemas"]["EmailAddress"] | null;
                /** @description An active member with access to the brand; null for nobody. */
                assigneeId?: components["schemas"]["Line"] | null;
                /** @enum {string} */
                type: "assign";
            } | {
                /** @description Names or ids. */
                tags: components["schemas"]["Line"][];
                /** @enum {string} */
                type: "add_tags";
            } | {
                /** @description Names or ids. */
                tags: components["schemas"]["Line"][];
                /** @enum {string} */
                type: "remove_tags";
            } | {
                /** @description Its text, with placeholders. */
                body: string;
                /** @enum {string} */
                type: "add_note";
            } | {
                /** @description Its text, with placeholders. */
                body: string;
                /** @description The status that the ticket gets with it: key, id or `sts_<key>`. */
                setStatus?: components["schemas"]["Line"] | null;
                /** @enum {string} */
                type: "reply";
            } | {
                /** @description A connection to Slack. */
                connectionId: components["schemas"]["Line"];
                /** @description The message, with placeholders. */
                text: string;
                /** @enum {string} */
                type: "notify_slack";
            } | {
                /** @description A connection to Jira. */
                connectionId: components["schemas"]["Line"];
                /** @description What it says, with placeholders. */
                description?: string | null;
                /** @description Its type in Jira; that of the connection when left out. */
                issueType?: components["schemas"]["Line"] | null;
                /** @description Whether a ticket that has an issue of this connection gets no other; true when left out. */
                once?: boolean | null;
                /** @description What the issue is called, with placeholders; `[{{ticket.ticketNumber}}] {{ticket.title}}` when left out. */
                summary?: string | null;
                /** @enum {string} */
                type: "create_jira_issue";
            } | {
                /** @description How many minutes later; as the brand says when left out. */
                delayMinutes?: number | null;
                /** @enum {string} */
                type: "send_survey";
            } | {
                /** @description An HTTP connection. */
                connectionId: components["schemas"]["Line"];
                /** @enum {string} */
                type: "send_webhook";
            } | {
                /** @enum {string} */
                type: "send_webhook";
                /** @description A webhook. */
                webhookId: components["schemas"]["Line"];
            } | {
                /** @description Its text, with placeholders. */
                body: string;
                /** @description Its subject, with placeholders. */
                subject: components["schemas"]["Line"];
                /** @description Addresses, `assignee`, `watchers` or `customer`. */
                to: (("assignee" | "watchers" | "customer") | components["schemas"]["EmailAddress"])[];
                /** @enum {string} */
                type: "notify_email";
            })[];
            /** @description When it goes on, as a whole; null for always. */
            conditions?: {
                /** @description All of these hold. */
                all?: {
                    /** @description What it looks at. */
                    field: ("status" | "priority" | "title" | "body" | "source" | "createdBy" | "closeReason" | "isSpam" | "assigneeId" | "assigneeEmail" | "customerId" | "customerEmail" | "customerName" | "companyId" | "company.name" | "categoryId" | "category.key" | "tagIds" | "tags" | "dueAt" | "createdAt" | "comment.body" | "comment.authorType" | "comment.authorEmail" | "comment.isInternal" | "event.source" | "event.actorType" | "feedback.rating") | string;
                    /**
                     * @description What it asks.
                     * @enum {string}
                     */
                    op: "eq" | "ne" | "in" | "nin" | "contains" | "not_contains" | "starts_with" | "gt" | "gte" | "lt" | "lte" | "is_empty" | "is_not_empty" | "changed" | "changed_to" | "changed_from";
                    /** @description What it compares with: a text, a number, true or false, or a list of these. */
                    value?: (string | number | boolean) | (string | number | boolean)[] | null;
                }[] | null;
                /** @description At least one of these holds, unless there are none. */
                any?: {
                    /** @description What it looks at. */
                    field: ("status" | "priority" | "title" | "body" | "source" | "createdBy" | "closeReason" | "isSpam" | "assigneeId" | "assigneeEmail" | "customerId" | "customerEmail" | "customerName" | "companyId" | "company.name" | "categoryId" | "category.key" | "tagIds" | "tags" | "dueAt" | "createdAt" | "comment.body" | "comment.authorType" | "comment.authorEmail" | "comment.isInternal" | "event.source" | "event.actorType" | "feedback.rating") | string;
                    /**
                     * @description What it asks.
                     * @enum {string}
                     */
                    op: "eq" | "ne" | "in" | "nin" | "contains" | "not_contains" | "starts_with" | "gt" | "gte" | "lt" | "lte" | "is_empty" | "is_not_empty" | "changed" | "changed_to" | "changed_from";
                    /** @description What it compares with: a text, a number, true or false, or a list of these. */
                    value?: (string | number | boolean) | (string | number | boolean)[] | null;
                }[] | null;
            } | null;
            /** @description What it is for. */
            description?: string | null;
            /** @description Whether it runs. Enabling begins with what happens from then on. */
            enabled?: boolean;
            /** @description What it is called. */
            name?: components["schemas"]["Line"];
            /** @description What starts it, as a whole. */
            trigger?: {
                /** @description Any of these events. */
                events: ("ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.merged" | "ticket.overdue" | "ticket.spam_marked" | "comment.created" | "attachment.created" | "feedback.submitted" | "ticket.comment.created")[];
            };
        };
        /** @description A dry run of an automation. */
        AutomationTest: {
            /** @description What happens to it; when left out, the last event of it that starts the automation. */
            event?: {
                /** @description What it changed: `old` and `new` by the name of the field. */
                changes?: components["schemas"]["FreeJson"] | null;
                /**
                 * @description Its type.
                 * @enum {string}
                 */
                type: "ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.merged" | "ticket.overdue" | "ticket.spam_marked" | "comment.created" | "attachment.created" | "feedback.submitted" | "ticket.comment.created";
            } | null;
            /** @description The ticket, by id or number. */
            ticketId: components["schemas"]["Line"];
        };
        /** @description What a dry run found: what would happen, of which nothing has. */
        AutomationTested: {
            /** @description Every action with what it would do. */
            actions: components["schemas"]["ActionTested"][];
            /** @description Every condition with what it found. */
            conditions: components["schemas"]["CondTested"][];
            /** @description Whether it would run. */
            matched: boolean;
        };
        /** @description A picture that has been uploaded. */
        AvatarUploaded: {
            /** @description The `id` of the upload. */
            uploadId: components["schemas"]["Line"];
        };
        /** @description A brand as it is shown. Those of SLA belong to a later feature and hold their defaults. */
        Brand: {
            /** @description Its account. */
            accountId: components["schemas"]["AccountId"];
            /** @description The text of that mail. */
            autoresponseBody: string | null;
            /** @description Whether new tickets are answered by mail. */
            autoresponseEnabled: boolean;
            /** @description The subject of that mail. */
            autoresponseSubject: string | null;
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Minutes between the resolution and the question.
             */
            csatDelayMinutes: number;
            /** @description The text of that mail; null for the built-in one. */
            csatEmailBody: string | null;
            /** @description The subject of that mail; null for the built-in one. */
            csatEmailSubject: string | null;
            /** @description Whether resolved tickets ask for feedback. */
            csatEnabled: boolean;
            /** @description How feedback is given. */
            csatType: components["schemas"]["CsatType"];
            /** @description When it was deleted. */
            deletedAt: components["schemas"]["Timestamp"] | null;
            /** @description The definitions of its custom fields. */
            fieldDefinitions: components["schemas"]["FieldDefinitions"];
            /** @description The address that its mail comes from. */
            fromEmail: string | null;
            /** @description The name that its mail comes from. */
            fromName: string | null;
            /** @description Where its picture is. */
            iconUrl: string | null;
            /** @description Its id. */
            id: components["schemas"]["BrandId"];
            /** @description Where mail to the brand goes. */
            inboundAddress: string;
            /** @description Whether mail becomes tickets. */
            inboundEmailEnabled: boolean;
            /** @description Free JSON of the caller's own. */
            metadata: components["schemas"]["JsonText"];
            /** @description Its name. */
            name: string;
            /** @description Addresses that are told of new tickets. */
            newTicketNotifyEmails: string[];
            /**
             * Format: int64
             * @description The number that the next ticket gets.
             */
            nextTicketNumber: number;
            /** @description Origins whose pages may call the portal. */
            portalOrigins: string[];
            /** @description Whether unknown addresses may sign in to the portal. */
            portalSignup: boolean;
            /** @description Free JSON of the caller's own. */
            settings: components["schemas"]["JsonText"];
            /** @description The business hours. */
            slaBusinessHours: components["schemas"]["BusinessHours"];
            /** @description Whether only business hours count. */
            slaBusinessHoursOnly: boolean;
            /** @description Hours until then by priority. */
            slaByPriority: components["schemas"]["HoursByPriority"];
            /**
             * Format: int64
             * @description Hours until then.
             */
            slaDefaultHours: number;
            /** @description Whether tickets get a due date. */
            slaEnabled: boolean;
            /** @description Whether overdue tickets are told of. */
            slaNotifyOverdue: boolean;
            /** @description Its name in mail addresses, unique on the server. */
            slug: string;
            /** @description The letters in front of new ticket numbers. */
            ticketPrefix: string;
            /** @description A schema of the caller's own, stored and never enforced. */
            ticketSchema: components["schemas"]["JsonText"] | null;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
            /** @description Where its product is. */
            url: string | null;
        };
        /** @description What would go with a brand. */
        BrandContents: {
            /**
             * Format: int64
             * @description Categories.
             */
            categoryCount: number;
            /**
             * Format: int64
             * @description Companies.
             */
            companyCount: number;
            /**
             * Format: int64
             * @description Customers.
             */
            customerCount: number;
            /**
             * Format: int64
             * @description Statuses.
             */
            statusCount: number;
            /**
             * Format: int64
             * @description Tags.
             */
            tagCount: number;
            /**
             * Format: int64
             * @description Tickets.
             */
            ticketCount: number;
            /**
             * Format: int64
             * @description Webhooks.
             */
            webhookCount: number;
        };
        /**
         * @description An opaque id that starts with `br_`; ordered by time.
         * @example br_01kdyak43d7trmct2jayyxcg7v
         */
        BrandId: string;
        /** @description The brand of a ticket, in lists across brands. */
        BrandOfTicket: {
            /** @description Where its picture is. */
            iconUrl: string | null;
            /** @description Its id. */
            id: components["schemas"]["BrandId"];
            /** @description Its name. */
            name: string;
            /** @description Its name in mail addresses. */
            slug: string;
            /** @description The letters in front of new ticket numbers. */
            ticketPrefix: string;
        };
        /** @description A change of a brand. */
        BrandPatch: {
            /** @description The text of that mail, with the same placeholders. */
            autoresponseBody?: string | null;
            /** @description Whether new tickets are answered by mail, which takes both texts. */
            autoresponseEnabled?: boolean;
            /** @description The subject of that mail, with `{{ticketNumber}}`, `{{ticketTitle}}`, `{{customerName}}` and `{{brandName}}`. */
            autoresponseSubject?: string | null;
            /** @description Minutes between the resolution and the question. */
            csatDelayMinutes?: number;
            /** @description The text of that mail, with the same placeholders; null for the built-in one. */
            csatEmailBody?: string | null;
            /** @description The subject of that mail, with `{{ticketNumber}}`, `{{ticketTitle}}` and `{{brandName}}`; null for the built-in one. */
            csatEmailSubject?: string | null;
            /** @description Whether the customers of resolved tickets are asked. */
            csatEnabled?: boolean;
            /**
             * @description How they rate.
             * @enum {string}
             */
            csatType?: "thumbs" | "scale5" | "scale10";
            /** @description The address that its mail comes from, in a domain that the server sends from; its own when null. */
            fromEmail?: components["schemas"]["EmailAddress"] | null;
            /** @description The name that its mail comes from; its own when null. */
            fromName?: string | null;
            /** @description Where its picture is. */
            iconUrl?: components["schemas"]["HttpUrl"] | null;
            /** @description Whether mail becomes tickets. */
            inboundEmailEnabled?: boolean;
            /** @description Merged at the top level; a null member removes that key. */
            metadata?: components["schemas"]["FreeJson"] | null;
            /** @description Its name. */
            name?: components["schemas"]["Line"];
            /** @description Addresses that are told of new tickets, and of replies to those that nobody has. */
            newTicketNotifyEmails?: components["schemas"]["EmailAddress"][];
            /** @description Origins whose pages may call the portal: `scheme://host[:port]`. */
            portalOrigins?: string[];
            /** @description Whether unknown addresses may sign in to the portal. */
            portalSignup?: boolean;
            /** @description Merged at the top level; a null member removes that key. */
            settings?: components["schemas"]["FreeJson"] | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {object|null}
             */
            slaBusinessHours?: {
                start: "09:00";
                end: "17:00";
                days: [
                    1,
                    2,
                    3,
                    4,
                    5
                ];
                timezone: "UTC";
            } | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {boolean|null}
             */
            slaBusinessHoursOnly?: false | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {object|null}
             */
            slaByPriority?: {
                urgent: 4;
                high: 24;
                normal: 72;
                low: 168;
            } | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {integer|null}
             */
            slaDefaultHours?: 72 | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {boolean|null}
             */
            slaEnabled?: false | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {boolean|null}
             */
            slaNotifyOverdue?: true | null;
            /** @description Used in email addresses; the old one stays reserved. */
            slug?: string;
            /** @description The number of the next ticket; not below the present one. */
            ticketNumberStart?: number;
            /** @description The letters in front of the numbers of new tickets. */
            ticketPrefix?: string;
            /** @description A schema of your own, stored and never enforced; replaced as a whole. */
            ticketSchema?: components["schemas"]["FreeJson"] | null;
            /** @description Where its product is. */
            url?: components["schemas"]["HttpUrl"] | null;
        };
        /** @description The totals of one brand. */
        BrandStats: {
            /**
             * Format: int64
             * @description Those whose status is active.
             */
            active: number;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Those with the status `open`.
             */
            open: number;
            /**
             * Format: int64
             * @description Those with the status `pending`.
             */
            pending: number;
            /** @description Its ticket prefix. */
            prefix: string;
            /**
             * Format: int64
             * @description Its tickets.
             */
            total: number;
        };
        /** @description One action on many tickets. */
        BulkChange: {
            /**
             * @description What is done.
             * @enum {string}
             */
            action: "resolve" | "close" | "setStatus" | "setPriority" | "assign" | "setCategory" | "setTags" | "addTags" | "removeTags" | "spam" | "notSpam" | "delete";
            /** @description For `assign`; null for nobody. */
            assigneeEmail?: components["schemas"]["EmailAddress"] | null;
            /** @description For `assign`; null for nobody. */
            assigneeId?: components["schemas"]["Line"] | null;
            /** @description For `setCategory`; null for none. */
            categoryId?: components["schemas"]["Line"] | null;
            /**
             * @description For `close`: why.
             * @enum {string|null}
             */
            closeReason?: "no_response" | "out_of_scope" | "customer_left" | "duplicate" | null;
            /** @description Whether people are told of it; true when left out. */
            notify?: boolean | null;
            /**
             * @description For `setPriority`.
             * @enum {string|null}
             */
            priority?: "low" | "normal" | "high" | "urgent" | "medium" | null;
            /** @description For `setStatus`: key, id or `sts_<key>`. */
            status?: components["schemas"]["Line"] | null;
            /** @description For the actions on tags: ids. */
            tagIds?: components["schemas"]["Line"][] | null;
            /** @description For the actions on tags: ids or names. */
            tags?: components["schemas"]["Line"][] | null;
            /** @description Ids or numbers. */
            ticketIds: components["schemas"]["Line"][];
        } & (unknown & unknown & unknown & unknown & unknown);
        /** @description What came of an action on many tickets. */
        BulkReport: {
            /** @description How many were done. */
            count: number;
            /** @description How many were not. */
            failed: number;
            /** @description One by one, in the order in which they were asked for. */
            results: components["schemas"]["BulkResult"][];
            /** @description Whether all was done. */
            success: boolean;
        };
        /** @description What came of an action on one of many tickets. */
        BulkResult: {
            /** @description Why not: a code of the errors. */
            code: components["schemas"]["ErrorCode"] | null;
            /** @description The ticket's id; what was asked for when there is none. */
            id: string;
            /** @description Why not, in words. */
            message: string | null;
            /** @description Whether it was done. */
            ok: boolean;
        };
        /** @description The schema of `slaBusinessHours`. */
        BusinessHours: {
            /** @description The days of the week, Monday 1. */
            days: number[];
            /** @description When they end. */
            end: string;
            /** @description When they begin, such as `09:00`. */
            start: string;
            /** @description The name of their time zone. */
            timezone: string;
        };
        /** @description A category of a brand. */
        Category: {
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description Color for badges, `#rrggbb`. */
            color: string;
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description What it is for. */
            description: string | null;
            /** @description Its id. */
            id: components["schemas"]["CategoryId"];
            /** @description Unique identifier; never changes. */
            key: string;
            /** @description Display name, unique in the brand whatever the case. */
            name: string;
            /**
             * Format: int64
             * @description Place in the display order, from 0.
             */
            sortOrder: number;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /** @description How many tickets a category has. */
        CategoryCount: {
            /**
             * Format: int64
             * @description Those of them whose status is active.
             */
            activeCount: number;
            /** @description Its color. */
            color: string;
            /** @description Its key. */
            key: string;
            /** @description Its name. */
            name: string;
            /**
             * Format: int64
             * @description Tickets that are neither spam nor deleted.
             */
            ticketCount: number;
        };
        /**
         * @description An opaque id that starts with `cat_`; ordered by time.
         * @example cat_01kdyak43d7trmct2jayyxcg7v
         */
        CategoryId: string;
        /** @description The display order of all categories. */
        CategoryOrder: {
            /** @description Every category of the brand once: ids or keys. */
            categoryIds: components["schemas"]["Line"][];
        };
        /** @description A change of a category. */
        CategoryPatch: {
            /** @description Color for badges. */
            color?: components["schemas"]["Color"];
            /** @description What it is for. */
            description?: string | null;
            /** @description The key never changes: another one is refused. */
            key?: components["schemas"]["Line"];
            /** @description Display name; the key stays. */
            name?: components["schemas"]["Line"];
        };
        /** @description What becomes of the tickets of a deleted category. */
        CategoryReplacement: {
            /** @description The category that they get, by id or key; none when left out. */
            replacementCategoryId?: components["schemas"]["Line"] | null;
        };
        /** @description How many tickets each category has, by the category's id. */
        CategoryStats: {
            [key: string]: components["schemas"]["CategoryCount"];
        };
        /** @description The value of a field before and after. */
        Change: {
            /** @description After; null when there is none. */
            new: unknown;
            /** @description Before; null when there was none. */
            old: unknown;
        };
        /** @description The schema of [`Event::changes`] and its like: by the name of the field. */
        Changes: {
            [key: string]: components["schemas"]["Change"];
        };
        /** @description What was looked at: `ok`, or a word for what is wrong. */
        Checks: {
            /** @description Whether the database answers. */
            database: components["schemas"]["Reach"];
            /** @description Whether the database has the schema of this version. */
            migrations: components["schemas"]["Migrations"];
            /** @description Whether the queue of writes has room. */
            queues: components["schemas"]["Queues"];
            /** @description Whether files can be stored. */
            storage: components["schemas"]["Reach"];
        };
        /**
         * @description Why a ticket was closed.
         * @enum {string}
         */
        CloseReason: "no_response" | "out_of_scope" | "customer_left" | "duplicate";
        /** @description `#rrggbb`; kept in lower case. */
        Color: string;
        /** @description A comment, as it is shown. */
        Comment: {
            /** @description Files that hang on it. */
            attachments: components["schemas"]["Attachment"][];
            /** @description The address of who wrote it. */
            authorEmail: string | null;
            /** @description A member's id, a customer's id, or the caller's value. */
            authorId: string | null;
            /** @description The name of who wrote it. */
            authorName: string | null;
            /** @description Who wrote it: the team, the customer, or a machine. */
            authorType: components["schemas"]["AuthorType"];
            /** @description As it was sent: text, Markdown or HTML. */
            body: string;
            /** @description Addresses in copy. */
            cc: string[];
            /** @description When it was written. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description When it was deleted. */
            deletedAt: components["schemas"]["Timestamp"] | null;
            /** @description Its id. */
            id: components["schemas"]["CommentId"];
            /** @description Whether only staff sees it. */
            isInternal: boolean;
            /** @description Links that belong to it. */
            links: components["schemas"]["Link"][];
            /** @description Free JSON of the caller's own; the server's own comments say here what they record. */
            metadata: components["schemas"]["JsonText"];
            /** @description The comment that it answers. */
            parentId: components["schemas"]["CommentId"] | null;
            /** @description The channel it came from. */
            source: string;
            /** @description What else the channel told. */
            sourceData: components["schemas"]["JsonText"] | null;
            /** @description Its id in that channel. */
            sourceId: string | null;
            /** @description Its ticket. */
            ticketId: components["schemas"]["TicketId"];
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /**
         * @description An opaque id that starts with `cmt_`; ordered by time.
         * @example cmt_01kdyak43d7trmct2jayyxcg7v
         */
        CommentId: string;
        /** @description A change of a comment. */
        CommentPatch: {
            /** @description Text, Markdown or HTML. */
            body?: string;
            /** @description Replaced as a whole. */
            links?: (components["schemas"]["HttpUrl"] | {
                /** @description What it is called. */
                title?: string | null;
                /** @description What kind of thing it leads to. */
                type?: string | null;
                /** @description Where it leads: http or https. */
                url: components["schemas"]["HttpUrl"];
            })[] | null;
            /** @description Merged at the top level; a null member removes that key. */
            metadata?: components["schemas"]["FreeJson"] | null;
        };
        /** @description A comment with the comments that answer it. */
        CommentWithReplies: components["schemas"]["Comment"] & {
            /** @description The comments that name it as their parent, oldest first. */
            replies: components["schemas"]["Comment"][];
        };
        /** @description A company of a brand. */
        Company: {
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description Its customers that are not deleted; only on the company routes themselves.
             */
            customerCount?: number;
            /** @description When it was deleted. */
            deletedAt: components["schemas"]["Timestamp"] | null;
            /** @description The domain of its customers' addresses, lowercase; unique in the brand. */
            domain: string | null;
            /** @description Its id. */
            id: components["schemas"]["CompanyId"];
            /** @description Free JSON of the caller's own. */
            metadata: components["schemas"]["JsonText"];
            /** @description Its name. */
            name: string;
            /** @description What its new tickets start with, and whatever else the caller keeps here. */
            settings: components["schemas"]["CompanySettings"];
            /**
             * Format: int64
             * @description Their tickets that are not deleted; only on the company routes themselves.
             */
            ticketCount?: number;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /**
         * @description An opaque id that starts with `co_`; ordered by time.
         * @example co_01kdyak43d7trmct2jayyxcg7v
         */
        CompanyId: string;
        /** @description A change of a company. */
        CompanyPatch: {
            /** @description The domain of its customers' addresses: those without a company join it. Null for none. */
            domain?: string | null;
            /** @description Merged at the top level; a null member removes that key. */
            metadata?: components["schemas"]["FreeJson"] | null;
            /** @description Its name. */
            name?: components["schemas"]["Line"];
            /** @description Merged at the top level; a null member removes that key. */
            settings?: ({
                /** @description Addresses that are in copy of its tickets. */
                ccEmails?: components["schemas"]["EmailAddress"][] | null;
                /** @description The assignee of tickets that name none: a member, or an address outside. */
                defaultAssigneeEmail?: components["schemas"]["EmailAddress"] | null;
                /** @description The category of tickets that name none. */
                defaultCategoryId?: components["schemas"]["Line"] | null;
                /**
                 * @description The priority of tickets that name none.
                 * @enum {string|null}
                 */
                defaultPriority?: "low" | "normal" | "high" | "urgent" | "medium" | null;
                /** @description The tags of tickets that name none. */
                defaultTagIds?: components["schemas"]["Line"][] | null;
                /**
                 * @description Not available yet: nothing but this default (or null) is taken.
                 * @enum {object|null}
                 */
                slaHoursByPriority?: Record<string, never> | null;
            } & {
                [key: string]: unknown;
            }) | null;
        };
        /** @description What the new tickets of a company start with, and whatever else its caller keeps here. */
        CompanySettings: {
            /** @description Addresses that are in copy of its tickets. */
            ccEmails?: string[] | null;
            /** @description The assignee of tickets that name none: a member, or an address outside. */
            defaultAssigneeEmail?: string | null;
            /** @description The category of tickets that name none. */
            defaultCategoryId?: string | null;
            /**
             * @description The priority of tickets that name none.
             * @enum {string|null}
             */
            defaultPriority?: "low" | "normal" | "high" | "urgent" | null;
            /** @description The tags of tickets that name none. */
            defaultTagIds?: string[] | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {object|null}
             */
            slaHoursByPriority?: Record<string, never> | null;
        } & {
            [key: string]: unknown;
        };
        /** @description One condition. */
        Cond: {
            /** @description What it looks at. */
            field: string;
            /** @description What it asks. */
            op: components["schemas"]["Op"];
            /** @description What it compares with; null where there is nothing to compare. */
            value: unknown;
        };
        /** @description When an automation goes on. */
        Conditions: {
            /** @description All of these hold. */
            all: components["schemas"]["Cond"][];
            /** @description At least one of these holds, unless there are none. */
            any: components["schemas"]["Cond"][];
        };
        /** @description A condition of a dry run. */
        CondTested: {
            /** @description The value of its field; null when it has none. */
            actual: unknown;
            /** @description Where it stands, such as `conditions.all[0]`. */
            path: string;
            /** @description Whether it holds. */
            result: boolean;
        };
        /** @description A connection of a brand. */
        Connection: {
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description What is set of it, without its secrets. */
            config: components["schemas"]["ConnectionConfig"];
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Whether automations call it. */
            enabled: boolean;
            /**
             * Format: int64
             * @description Failed calls in a row.
             */
            failureCount: number;
            /** @description Its id. */
            id: components["schemas"]["ConnectionId"];
            /** @description Why the last call failed; null when it did not. */
            lastError: string | null;
            /** @description What came of the last call. */
            lastStatus: components["schemas"]["ConnectionStatus"] | null;
            /** @description When it was last called, tests included. */
            lastUsedAt: components["schemas"]["Timestamp"] | null;
            /** @description What people call it. */
            name: string;
            /**
             * @description Which secrets are set, never what they are. Those of the headers of an HTTP connection are `headers.<name>`, and
             *     `headers` says whether there are any.
             */
            secretsSet: {
                [key: string]: boolean;
            };
            /** @description What it leads to; never changes. */
            type: components["schemas"]["ConnectionType"];
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /** @description What is set of a connection. */
        ConnectionConfig: components["schemas"]["SlackConfig"] | components["schemas"]["JiraConfig"] | components["schemas"]["HttpConfig"];
        /**
         * @description An opaque id that starts with `con_`; ordered by time.
         * @example con_01kdyak43d7trmct2jayyxcg7v
         */
        ConnectionId: string;
        /** @description A change of a connection. `config` and `secrets` hold fields of its type; those that are left out stay. */
        ConnectionPatch: {
            /** @description What is set of it. */
            config?: {
                /** @description Of an HTTP connection: JSON with placeholders inside of its strings, or null for the event. */
                bodyTemplate?: string | null;
                /** @description Of a Slack connection: where its lines appear, for people. */
                channelLabel?: components["schemas"]["Line"] | null;
                /** @description Of a Jira connection: the user whose API token it is. */
                email?: components["schemas"]["EmailAddress"];
                /** @description Of a Jira connection: what issues are. */
                issueType?: string;
                /** @description Of a Jira connection: labels of every issue, as a whole. */
                labels?: string[];
                /**
                 * @description Of an HTTP connection: how it calls.
                 * @enum {string}
                 */
                method?: "POST" | "PUT" | "PATCH" | "GET" | "DELETE";
                /** @description Of a Jira connection: the project that issues are made in. */
                projectKey?: string;
                /** @description Of a Jira connection: where Jira is. Another place needs its `apiToken` again. */
                siteUrl?: string;
                /** @description Of an HTTP connection: how long an answer is waited for. */
                timeoutSeconds?: number;
                /** @description Of an HTTP connection: where it calls. Another place needs its `headers` again, if it has some. */
                url?: components["schemas"]["HttpUrl"];
            } & {
                [key: string]: unknown;
            };
            /** @description Whether automations call it. */
            enabled?: boolean;
            /** @description What people call it. */
            name?: components["schemas"]["Line"];
            /** @description Other secrets. They are asked for again when `siteUrl` or `url` changes. */
            secrets?: {
                /** @description Of a Jira connection: the API token of the user. */
                apiToken?: string;
                /** @description Of an HTTP connection: the headers of every call, as a whole. */
                headers?: {
                    [key: string]: string;
                } | null;
                /** @description Of a Slack connection: the address of the incoming webhook. */
                webhookUrl?: components["schemas"]["HttpUrl"];
            } & {
                [key: string]: unknown;
            };
            /**
             * @description The type never changes: another one is refused.
             * @enum {string}
             */
            type?: "SLACK" | "JIRA" | "HTTP";
        };
        /**
         * @description What came of the last call of a connection.
         * @enum {string}
         */
        ConnectionStatus: "ok" | "error";
        /** @description What came of a test of a connection. */
        ConnectionTest: {
            /**
             * Format: int64
             * @description How long it took.
             */
            durationMs: number;
            /** @description What came of it, in one line. */
            message: string;
            /** @description Whether the other side took it. */
            ok: boolean;
            /**
             * Format: int32
             * @description The status code of its answer.
             */
            status: number | null;
        };
        /**
         * @description What a connection leads to.
         * @enum {string}
         */
        ConnectionType: "SLACK" | "JIRA" | "HTTP";
        /**
         * @description How feedback is given.
         * @enum {string}
         */
        CsatType: "thumbs" | "scale5" | "scale10";
        /** @description A customer of a brand. */
        Customer: {
            /** @description Where its picture is. */
            avatarUrl: string | null;
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description Its company. */
            company: components["schemas"]["Company"] | null;
            /** @description Its company. */
            companyId: components["schemas"]["CompanyId"] | null;
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Fields of the caller's own. */
            customFields: components["schemas"]["JsonText"];
            /** @description When it was deleted. */
            deletedAt: components["schemas"]["Timestamp"] | null;
            /** @description Its address, lowercase; unique in the brand. */
            email: string;
            /** @description Its id. */
            id: components["schemas"]["CustomerId"];
            /** @description Whether its mail is treated as spam. */
            isBlocked: boolean;
            /** @description Free JSON of the caller's own. */
            metadata: components["schemas"]["JsonText"];
            /** @description Its name. */
            name: string | null;
            /** @description Whether it is mailed. */
            notifyEmail: boolean;
            /**
             * Format: int64
             * @description Its tickets that are not deleted; only on the customer routes themselves.
             */
            ticketCount?: number;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /** @description The answer to an erasure. */
        CustomerErased: {
            /** @description Always true: what is left to do at the time of the answer is done behind it. */
            success: boolean;
        };
        /**
         * @description An opaque id that starts with `cus_`; ordered by time.
         * @example cus_01kdyak43d7trmct2jayyxcg7v
         */
        CustomerId: string;
        /** @description A change of a customer. */
        CustomerPatch: {
            /** @description Where its picture is. */
            avatarUrl?: components["schemas"]["HttpUrl"] | null;
            /** @description The same by id or name, as text or as `{ id }` or `{ name }`; an unknown name creates the company. */
            company?: components["schemas"]["Line"] | ({
                id: components["schemas"]["Line"];
            } & {
                [key: string]: unknown;
            }) | ({
                id?: null;
                name: components["schemas"]["Line"];
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description Its company; null for none. */
            companyId?: components["schemas"]["Line"] | null;
            /** @description Merged at the top level; a null member removes that key. */
            customFields?: components["schemas"]["FreeJson"] | null;
            /** @description Primary identifier, unique per brand. */
            email?: components["schemas"]["EmailAddress"];
            /** @description Whether its mail is treated as spam. */
            isBlocked?: boolean;
            /** @description Merged at the top level; a null member removes that key. */
            metadata?: components["schemas"]["FreeJson"] | null;
            /** @description Display name. */
            name?: string | null;
            /** @description Whether it is mailed. */
            notifyEmail?: boolean;
        };
        /** @description A delivery of one event to one webhook. */
        Delivery: {
            /**
             * Format: int64
             * @description Attempts so far.
             */
            attempts: number;
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description How long the last attempt took.
             */
            durationMs: number | null;
            /** @description Why the last attempt failed. */
            error: string | null;
            /** @description The type of the event. */
            event: string;
            /** @description The id of the event, the same on every delivery of it. */
            eventId: string;
            /** @description Its id. */
            id: components["schemas"]["DeliveryId"];
            /** @description Whether it is a test call. */
            isTest: boolean;
            /** @description When the last attempt began. */
            lastAttempt: components["schemas"]["Timestamp"] | null;
            /** @description When the next attempt is due. */
            nextAttempt: components["schemas"]["Timestamp"] | null;
            /** @description What is sent. */
            payload: components["schemas"]["JsonText"];
            /** @description The first 1 KB of the last answer. */
            responseBody: string | null;
            /**
             * Format: int64
             * @description The status code of the last answer.
             */
            responseCode: number | null;
            /** @description What has become of it. */
            status: components["schemas"]["DeliveryStatus"];
            /** @description Its webhook. */
            webhookId: components["schemas"]["WebhookId"];
        };
        /**
         * @description An opaque id that starts with `whd_`; ordered by time.
         * @example whd_01kdyak43d7trmct2jayyxcg7v
         */
        DeliveryId: string;
        /**
         * @description What has become of a delivery.
         * @enum {string}
         */
        DeliveryStatus: "PENDING" | "RETRYING" | "SUCCESS" | "FAILED";
        /** @description A delivery with every attempt. */
        DeliveryWithAttempts: components["schemas"]["Delivery"] & {
            /** @description Its attempts, oldest first; the newest 100. */
            attemptLog: components["schemas"]["Attempt"][];
        };
        /** @description An email address; kept in lower case. */
        EmailAddress: string;
        /** @description The body of every error. */
        Error: {
            /** @description What kind it is. */
            code: components["schemas"]["ErrorCode"];
            /** @description Every wrong field, at most 50. */
            errors?: components["schemas"]["FieldError"][];
            /** @description One plain sentence. */
            message: string;
            /** @description The id of the request, as in `X-Request-Id`. */
            requestId: string;
        };
        /**
         * @description - `validation_error` (400): Malformed JSON, wrong type, missing or bad value, unknown enum, unknown reference in a body.
         *     - `authentication_error` (401): No credential, or one that is unknown, revoked or expired.
         *     - `forbidden` (403): The role is too low, the request comes from another page than ours, or a signed link is altered or expired.
         *     - `not_found` (404): Unknown route or object, or outside the scope.
         *     - `conflict` (409): Duplicate unique value, or a state or a limit that forbids the action.
         *     - `idempotency_mismatch` (409): The idempotency key was used with another body.
         *     - `payload_too_large` (413): The body or the file is over its limit.
         *     - `unsupported_media_type` (415): A Content-Type that the route does not read.
         *     - `rate_limit_error` (429): The bucket is empty; see Retry-After.
         *     - `server_error` (500): A bug; nothing was committed.
         *     - `unavailable` (503): A dependency is down or busy; see Retry-After.
         * @enum {string}
         */
        ErrorCode: "validation_error" | "authentication_error" | "forbidden" | "not_found" | "conflict" | "idempotency_mismatch" | "payload_too_large" | "unsupported_media_type" | "rate_limit_error" | "server_error" | "unavailable";
        /** @description What happened in a brand: the envelope that every reader of the log sees. */
        Event: {
            /** @description Who did it. */
            actor: components["schemas"]["Actor"];
            /** @description The same as `brandId`. */
            brand_id: components["schemas"]["BrandId"];
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description The event whose automation caused it. */
            causedBy: string | null;
            /** @description What changed; only in `*.updated`. */
            changes: components["schemas"]["Changes"] | null;
            /** @description The same as `timestamp`. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description The thing itself as it was then, beside a few of its values: `ticket`, `comment`, `customer` and so on. Bodies are cut to 2,000 characters. */
            data: components["schemas"]["JsonText"];
            /**
             * Format: int64
             * @description How many automations led to it.
             */
            depth: number;
            /** @description The id of what it is about. */
            entityId: string;
            /** @description What kind of thing it is about: the part of `type` before the dot. */
            entityType: string;
            /** @description The same; comment events have their long name here. */
            event: components["schemas"]["LongEventName"];
            /** @description Its id. */
            id: string;
            /**
             * Format: int64
             * @description Its place in the brand's log, from 1 on without holes.
             */
            sequence: number;
            /** @description Through what it happened. */
            source: components["schemas"]["EventSource"];
            /** @description The ticket that it belongs to. */
            ticketId: components["schemas"]["TicketId"] | null;
            /** @description When it happened. */
            timestamp: components["schemas"]["Timestamp"];
            /** @description What happened. */
            type: components["schemas"]["EventName"];
        };
        /**
         * @description The name of an event of a brand. Some names belong to features that are not available yet.
         * @enum {string}
         */
        EventName: "ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.deleted" | "ticket.restored" | "ticket.spam_marked" | "ticket.spam_unmarked" | "ticket.merged" | "ticket.overdue" | "comment.created" | "comment.updated" | "comment.deleted" | "attachment.created" | "attachment.deleted" | "watcher.added" | "watcher.removed" | "customer.created" | "customer.updated" | "customer.deleted" | "company.created" | "company.updated" | "company.deleted" | "feedback.requested" | "feedback.submitted" | "brand.created" | "brand.updated" | "brand.deleted" | "status.created" | "status.updated" | "status.deleted" | "status.reordered" | "category.created" | "category.updated" | "category.deleted" | "category.reordered" | "tag.created" | "tag.updated" | "tag.deleted" | "tag.merged" | "field.created" | "field.updated" | "field.deleted" | "field.reordered" | "form.created" | "form.updated" | "form.deleted" | "view.created" | "view.updated" | "view.deleted" | "macro.created" | "macro.updated" | "macro.deleted" | "recurring.created" | "recurring.updated" | "recurring.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "webhook.disabled" | "automation.created" | "automation.updated" | "automation.deleted" | "automation.reordered" | "automation.failed" | "connection.created" | "connection.updated" | "connection.deleted" | "connection.failed" | "mailbox.created" | "mailbox.updated" | "mailbox.deleted" | "mail.quarantined" | "mail.failed" | "mail.relay_created" | "mail.relay_updated" | "mail.relay_deleted" | "domain.created" | "domain.updated" | "domain.deleted";
        /** @description A part of the log, oldest first. */
        EventPage: {
            /** @description The events. */
            data: components["schemas"]["Event"][];
            /** @description Whether there is more. */
            pagination: components["schemas"]["EventPagination"];
            /** @description The last event examined: pass it as `after` to poll for more. */
            position: string;
            /** @description True when events between `after` and the first one here are no longer kept; else left out. */
            truncated?: boolean;
        };
        /** @description The end of a part of the log. */
        EventPagination: {
            /** @description The position, while there is more. */
            cursor: string | null;
            /** @description Whether there is more. */
            hasMore: boolean;
            /** @description The position, while there is more. */
            nextCursor: string | null;
        };
        /**
         * @description Through what something happened.
         * @enum {string}
         */
        EventSource: "api" | "dashboard" | "portal" | "email" | "web" | "recurring" | "automation" | "system" | "import";
        /** @description What a customer is asked about a ticket, and the answer. */
        Feedback: {
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description What the customer wrote. */
            comment: string | null;
            /** @description When it was scheduled. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Who is asked. Empty when the customer was erased. */
            customerEmail: string;
            /** @description Until when it can be answered: 30 days after it is mailed. */
            expiresAt: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["FeedbackId"];
            /**
             * Format: int64
             * @description The rating: 1 or -1 for thumbs, else up to 5 or 10.
             */
            rating: number | null;
            /** @description How it is rated. */
            ratingType: components["schemas"]["CsatType"];
            /** @description The member who had resolved the ticket. */
            resolverEmail: string | null;
            /** @description When it is mailed. */
            sendAt: components["schemas"]["Timestamp"];
            /** @description When it was mailed. */
            sentAt: components["schemas"]["Timestamp"] | null;
            /** @description Where it stands. */
            state: components["schemas"]["FeedbackState"];
            /** @description When it was answered. */
            submittedAt: components["schemas"]["Timestamp"] | null;
            /** @description The ticket that it is about. */
            ticketId: components["schemas"]["TicketId"];
        };
        /** @description The answer to a survey. */
        FeedbackAnswer: {
            /** @description What the customer has to say. */
            comment?: string | null;
            /** @description 1 or -1 for thumbs, else 1 to 5 or 1 to 10. */
            rating: number;
        };
        /** @description Who asks. */
        FeedbackBrand: {
            /** @description Its icon. */
            iconUrl: string | null;
            /** @description Its name. */
            name: string;
        };
        /**
         * @description An opaque id that starts with `fb_`; ordered by time.
         * @example fb_01kdyak43d7trmct2jayyxcg7v
         */
        FeedbackId: string;
        /** @description A survey as whoever holds its link sees it. */
        FeedbackShown: {
            /** @description Who asks. */
            brand: components["schemas"]["FeedbackBrand"];
            /** @description Its id. */
            id: components["schemas"]["FeedbackId"];
            /** @description How it is rated. */
            ratingType: components["schemas"]["CsatType"];
            /** @description `sent`, `submitted` or `expired`. */
            state: components["schemas"]["FeedbackState"];
            /** @description What it is about. */
            ticket: components["schemas"]["FeedbackTicket"];
        };
        /**
         * @description Where a survey stands.
         * @enum {string}
         */
        FeedbackState: "scheduled" | "sent" | "submitted" | "expired" | "canceled";
        /** @description What whoever answers is told. */
        FeedbackTaken: {
            /** @description The survey. */
            id: components["schemas"]["FeedbackId"];
            /** @description A word of thanks. */
            message: string;
            /** @description Always true. */
            success: boolean;
        };
        /** @description What a survey is about. */
        FeedbackTicket: {
            /** @description Prefix and number. */
            ticketNumber: string;
            /** @description Short summary of the issue. */
            title: string;
        };
        /** @description The definition of a custom field. */
        FieldDefinition: {
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Any JSON that a form begins with. */
            defaultValue?: unknown;
            /** @description What it is for. */
            description: string | null;
            /** @description What it belongs to. */
            entity: components["schemas"]["FieldEntity"];
            /** @description Its id. */
            id: components["schemas"]["FieldId"];
            /** @description Its name in `customFields`; never changes. */
            key: string;
            /** @description What people call it. */
            label: string;
            /** @description What can be chosen. */
            options: string[];
            /** @description What stands in an empty input. */
            placeholder: string | null;
            /** @description Whether dashboard and forms insist on a value. */
            required: boolean;
            /** @description Whether the page of one thing shows it. */
            showInDetail: boolean;
            /** @description Whether lists show it. */
            showInTable: boolean;
            /** @description Whether dialogs and forms for something new show it. */
            showOnCreate: boolean;
            /**
             * Format: int64
             * @description Place in the display order, from 0.
             */
            sortOrder: number;
            /** @description What it holds; never changes. */
            type: components["schemas"]["FieldType"];
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
            /** @description Whether any of these three shows it. */
            visible: boolean;
        };
        /** @description The definitions of a brand by what they belong to, each list in its display order. */
        FieldDefinitions: {
            /** @description Those of companies. */
            company: components["schemas"]["FieldDefinition"][];
            /** @description Those of customers. */
            customer: components["schemas"]["FieldDefinition"][];
            /** @description Those of tickets. */
            ticket: components["schemas"]["FieldDefinition"][];
        };
        /**
         * @description What a custom field belongs to.
         * @enum {string}
         */
        FieldEntity: "ticket" | "customer" | "company";
        /** @description One problem: the path of the field and what is wrong with it. */
        FieldError: {
            /** @description Path of the field, such as `title`, `customFields.plan` or `tagIds[1]`; a query parameter by its name. */
            field: string;
            /** @description What is wrong with it. */
            message: string;
        };
        /**
         * @description An opaque id that starts with `fld_`; ordered by time.
         * @example fld_01kdyak43d7trmct2jayyxcg7v
         */
        FieldId: string;
        /** @description The display order of the definitions of one entity. */
        FieldOrder: {
            /** @description Every key once. */
            keys: components["schemas"]["Line"][];
        };
        /** @description A change of a definition of a custom field. */
        FieldPatch: {
            /** @description Any JSON that a form begins with. */
            defaultValue?: unknown;
            /** @description What it is for. */
            description?: string | null;
            /** @description The key never changes: another one is refused. */
            key?: components["schemas"]["Line"];
            /** @description What people call it. */
            label?: components["schemas"]["Line"];
            /** @description What can be chosen. */
            options?: components["schemas"]["Line"][];
            /** @description What stands in an empty input. */
            placeholder?: string | null;
            /** @description Whether dashboard and forms insist on a value. */
            required?: boolean;
            /** @description Whether the page of one thing shows it. */
            showInDetail?: boolean;
            /** @description Whether lists show it. */
            showInTable?: boolean;
            /** @description Whether dialogs and forms for something new show it. */
            showOnCreate?: boolean;
            /**
             * @description The type never changes: another one is refused.
             * @enum {string}
             */
            type?: "text" | "number" | "boolean" | "date" | "select" | "multiselect" | "url" | "array" | "object";
            /** @description Sets those of the three that are left out. */
            visible?: boolean;
        };
        /**
         * @description What a custom field holds.
         * @enum {string}
         */
        FieldType: "text" | "number" | "boolean" | "date" | "select" | "multiselect" | "url" | "array" | "object";
        /** @description A JSON object of your own of at most 64 KB. */
        FreeJson: {
            [key: string]: unknown;
        };
        /** @description The process runs. */
        Health: {
            /** @description Always `ok`. */
            status: components["schemas"]["Well"];
            /** @description The version of the server. */
            version: string;
        };
        /** @description The schema of `slaByPriority`. */
        HoursByPriority: {
            /**
             * Format: int64
             * @description Of high ones.
             */
            high: number;
            /**
             * Format: int64
             * @description Of low ones.
             */
            low: number;
            /**
             * Format: int64
             * @description Of normal ones.
             */
            normal: number;
            /**
             * Format: int64
             * @description Of urgent tickets.
             */
            urgent: number;
        };
        /** @description What is set of an HTTP connection. */
        HttpConfig: {
            /** @description JSON with placeholders inside of its strings. Null: the event as webhooks have it, unless the method is GET or DELETE. */
            bodyTemplate: string | null;
            /** @description How it calls. */
            method: components["schemas"]["HttpMethod"];
            /** @description How long an answer is waited for. */
            timeoutSeconds: number;
            /** @description Where it calls. */
            url: string;
        };
        /**
         * @description How an HTTP connection calls.
         * @enum {string}
         */
        HttpMethod: "POST" | "PUT" | "PATCH" | "GET" | "DELETE";
        /** @description An absolute http or https address. */
        HttpUrl: string;
        /** @description The credential of `POST /inbound/email`, shown once. */
        InboundToken: {
            /** @description When it was made. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Its text; null in a replay. */
            token: string | null;
        };
        /** @description An invitation to join the account. */
        Invite: {
            /** @description Whether they will reach every brand. */
            allBrands: boolean;
            /** @description The brands that they will reach otherwise. */
            brandIds: components["schemas"]["BrandId"][];
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Who is invited. */
            email: string;
            /** @description Until when it can be accepted. */
            expiresAt: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["InviteId"];
            /** @description What they will be. */
            role: components["schemas"]["Role"];
            /** @description When it was mailed; null when it is handed over otherwise. */
            sentAt: components["schemas"]["Timestamp"] | null;
            /** @description Always `pending`. */
            status: components["schemas"]["InviteStatus"];
        };
        /**
         * @description An opaque id that starts with `inv_`; ordered by time.
         * @example inv_01kdyak43d7trmct2jayyxcg7v
         */
        InviteId: string;
        /** @description An invitation with its link, which is shown once: only a hash of it is kept. */
        InviteReply: components["schemas"]["Invite"] & {
            /** @description Where it is accepted. Null when the answer is a replay. */
            inviteUrl: string | null;
        };
        /** @description An invitation as whoever holds its link sees it. */
        InviteShown: {
            /** @description Where it leads. */
            accountName: string;
            /** @description Who is invited. */
            email: string;
            /** @description Until when it can be accepted. */
            expiresAt: components["schemas"]["Timestamp"];
            /** @description Whether accepting it needs a password. */
            needsPassword: boolean;
            /** @description What they will be. */
            role: components["schemas"]["Role"];
        };
        /**
         * @description The state of an invitation: one that was accepted or withdrawn is gone.
         * @enum {string}
         */
        InviteStatus: "pending";
        /** @description What is set of a Jira connection. */
        JiraConfig: {
            /** @description The user whose API token it is. */
            email: string;
            /** @description What issues are. */
            issueType: string;
            /** @description Labels of every issue, beside the number of its ticket. */
            labels: string[];
            /** @description The project that issues are made in. */
            projectKey: string;
            /** @description Where Jira is, such as `https://acme.atlassian.net`. */
            siteUrl: string;
        };
        /** @description A JSON object of the caller's own making. */
        JsonText: {
            [key: string]: unknown;
        };
        /**
         * @description An opaque id that starts with `key_`; ordered by time.
         * @example key_01kdyak43d7trmct2jayyxcg7v
         */
        KeyId: string;
        /** @description One line without control characters: a name, or an id, key or number. */
        Line: string;
        /** @description A link (API 1.6). */
        Link: {
            /** @description What it is called. */
            title: string | null;
            /** @description What kind of thing it leads to. */
            type: string | null;
            /** @description Where it leads. */
            url: string;
        };
        /** @description Somebody who signs in. */
        Login: {
            /** @description The account, for people with several; the oldest one when left out. */
            accountId?: components["schemas"]["Line"] | null;
            /** @description Their address. */
            email: components["schemas"]["EmailAddress"];
            /**
             * @description How the session is handed over; `cookie` when left out.
             * @enum {string|null}
             */
            mode?: "cookie" | "token" | null;
            /** @description Their password. */
            password: string;
            /** @description The code of the second factor, or a recovery code, of those who have one. */
            totpCode?: string | null;
        };
        /** @description The end of a session. */
        Logout: {
            /** @description Whether all sessions of the person end; false when left out. */
            all?: boolean | null;
        };
        /**
         * @description The name of an event as `event` has it: those of comments are long.
         * @enum {string}
         */
        LongEventName: "ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.deleted" | "ticket.restored" | "ticket.spam_marked" | "ticket.spam_unmarked" | "ticket.merged" | "ticket.overdue" | "ticket.comment.created" | "ticket.comment.updated" | "ticket.comment.deleted" | "attachment.created" | "attachment.deleted" | "watcher.added" | "watcher.removed" | "customer.created" | "customer.updated" | "customer.deleted" | "company.created" | "company.updated" | "company.deleted" | "feedback.requested" | "feedback.submitted" | "brand.created" | "brand.updated" | "brand.deleted" | "status.created" | "status.updated" | "status.deleted" | "status.reordered" | "category.created" | "category.updated" | "category.deleted" | "category.reordered" | "tag.created" | "tag.updated" | "tag.deleted" | "tag.merged" | "field.created" | "field.updated" | "field.deleted" | "field.reordered" | "form.created" | "form.updated" | "form.deleted" | "view.created" | "view.updated" | "view.deleted" | "macro.created" | "macro.updated" | "macro.deleted" | "recurring.created" | "recurring.updated" | "recurring.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "webhook.disabled" | "automation.created" | "automation.updated" | "automation.deleted" | "automation.reordered" | "automation.failed" | "connection.created" | "connection.updated" | "connection.deleted" | "connection.failed" | "mailbox.created" | "mailbox.updated" | "mailbox.deleted" | "mail.quarantined" | "mail.failed" | "mail.relay_created" | "mail.relay_updated" | "mail.relay_deleted" | "domain.created" | "domain.updated" | "domain.deleted";
        /** @description Whether a message comes from where it says. */
        MailAuth: {
            /** @description Whether a domain has signed it. */
            dkim: components["schemas"]["AuthVerdict"];
            /** @description Whether one of the two holds for the domain of the visible sender. */
            dmarc: components["schemas"]["AuthVerdict"];
            /** @description Whether that machine may send for the domain of the envelope. */
            spf: components["schemas"]["AuthVerdict"];
        };
        /** @description The mailbox of a brand. */
        Mailbox: {
            /** @description What is done to a message once it was taken. */
            afterProcess: components["schemas"]["AfterProcess"];
            /** @description How the server knows who asks. */
            auth: components["schemas"]["MailboxAuth"];
            /** @description Whether it is looked into. */
            enabled: boolean;
            /** @description The folder that is looked into. */
            folder: string;
            /** @description The IMAP server. */
            host: string;
            /** @description What went wrong then; null when nothing did. */
            lastError: string | null;
            /** @description When it was last looked into. */
            lastPollAt: components["schemas"]["Timestamp"] | null;
            /**
             * Format: int64
             * @description The IMAP UID of the last message that was taken or skipped.
             */
            lastUid: number | null;
            /** @description The folder that it is moved to then. */
            moveTo: string | null;
            /** @description Where tokens come from; null unless `auth` is `xoauth2`. Its secrets are never shown. */
            oauth: components["schemas"]["MailboxOauth"] | null;
            /**
             * Format: int64
             * @description How often it is looked into.
             */
            pollSeconds: number;
            /**
             * Format: int32
             * @description Its port.
             */
            port: number;
            /** @description Whether the connection is encrypted from its beginning. */
            tls: boolean;
            /** @description Whose mailbox it is. */
            username: string;
        };
        /**
         * @description How a mailbox knows who looks into it.
         * @enum {string}
         */
        MailboxAuth: "password" | "xoauth2";
        /** @description Where tokens for a mailbox come from, without what is secret of it. */
        MailboxOauth: {
            /** @description Who asks for them. */
            clientId: string;
            /** @description What they are asked for. */
            scope: string | null;
            /** @description Where they are asked for. */
            tokenUrl: string;
        };
        /** @description What came of a test of a mailbox. */
        MailboxTest: {
            /** @description What came of it, in one line. */
            message: string;
            /** @description Whether it can be looked into. */
            ok: boolean;
        };
        /**
         * @description Which way a mail came or goes (API 20.3).
         * @enum {string}
         */
        MailChannel: "http" | "smtp" | "imap" | "relay";
        /**
         * @description Which way a mail goes (API 20.3).
         * @enum {string}
         */
        MailDirection: "in" | "out";
        /**
         * @description An opaque id that starts with `ml_`; ordered by time.
         * @example ml_01kdyak43d7trmct2jayyxcg7v
         */
        MailId: string;
        /** @description An address to mail a link to. */
        MailLink: {
            /** @description The address. */
            email: components["schemas"]["EmailAddress"];
        };
        /** @description A message that came in, or a mail to one person. */
        MailRecord: {
            /**
             * Format: int64
             * @description How often it was tried to send or read it.
             */
            attempts: number;
            /** @description Whether a message that came in comes from where it says. */
            auth: components["schemas"]["MailAuth"] | null;
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description In copy. */
            cc: string[];
            /** @description Through what. */
            channel: components["schemas"]["MailChannel"];
            /** @description The comment that it became, or that it tells of. */
            commentId: components["schemas"]["CommentId"] | null;
            /** @description Which way it goes. */
            direction: components["schemas"]["MailDirection"];
            /** @description Who wrote it; empty until it is read or sent. */
            from: string;
            /** @description Whether its bytes are kept. */
            hasRaw: boolean;
            /** @description Its id. */
            id: components["schemas"]["MailId"];
            /** @description Its Message-ID, with angle brackets; null until it is read or sent. */
            messageId: string | null;
            /** @description What has become of it. */
            outcome: components["schemas"]["MailState"];
            /** @description When it was over. */
            processedAt: components["schemas"]["Timestamp"] | null;
            /** @description Why. */
            reason: string | null;
            /** @description When it came in, or was written. */
            receivedAt: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description The bytes of a message that came in; 0 for others.
             */
            size: number;
            /** @description Its subject. */
            subject: string | null;
            /** @description The ticket that it belongs to. */
            ticketId: components["schemas"]["TicketId"] | null;
            /** @description The number of that ticket. */
            ticketNumber: string | null;
            /** @description To whom. */
            to: string[];
        };
        /** @description The relay of a brand. Its password is never shown. */
        MailRelay: {
            /** @description The address that the brand's mail comes from. */
            fromEmail: string;
            /** @description The SMTP server. */
            host: string;
            /**
             * Format: int32
             * @description Its port.
             */
            port: number;
            /** @description Whether mail is only handed over encrypted: from the beginning at port 465, by STARTTLS at any other. */
            tls: boolean;
            /** @description Who hands it over; null where nobody has to sign in. */
            username: string | null;
        };
        /** @description What came of a test of a relay. */
        MailRelayTest: {
            /** @description What came of it, in one line. */
            message: string;
            /** @description Whether mail can be handed over. */
            ok: boolean;
        };
        /**
         * @description What has become of a mail: its `outcome` (API 20.2, 20.3).
         * @enum {string}
         */
        MailState: "queued" | "sent" | "failed" | "bounced" | "suppressed" | "received" | "duplicate" | "quarantined" | "auto_reply_ignored" | "blocked" | "appended" | "created";
        /** @description A member as it is shown. */
        Member: {
            /** @description Whether it reaches every brand. */
            allBrands: boolean;
            /** @description Its picture. */
            avatarUrl: string | null;
            /** @description The brands that it reaches otherwise. */
            brandIds: components["schemas"]["BrandId"][];
            /** @description When it joined. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Its name, when given. */
            displayName: string | null;
            /** @description Its address, lowercase. */
            email: string;
            /** @description Its id. */
            id: components["schemas"]["MemberId"];
            /** @description When it last used the server, to the minute. */
            lastSeenAt: components["schemas"]["Timestamp"] | null;
            /** @description What it may do. */
            role: components["schemas"]["Role"];
            /** @description Whether it still is a member. */
            status: components["schemas"]["MemberStatus"];
        };
        /**
         * @description An opaque id that starts with `usr_`; ordered by time.
         * @example usr_01kdyak43d7trmct2jayyxcg7v
         */
        MemberId: string;
        /** @description What one member did. */
        MemberMetrics: {
            /**
             * Format: int64
             * @description 0 until surveys are available.
             */
            csatCount: number;
            /**
             * Format: int64
             * @description 0 until surveys are available.
             */
            csatPositive: number;
            /**
             * Format: int64
             * @description Null without answers.
             */
            csatScore: number | null;
            /** @description Its address. */
            memberEmail: string;
            /** @description The member. */
            memberId: components["schemas"]["MemberId"];
            /** @description Its name. */
            memberName: string | null;
            /**
             * Format: int64
             * @description Tickets that it closed.
             */
            ticketsClosed: number;
            /**
             * Format: int64
             * @description Tickets that it resolved.
             */
            ticketsResolved: number;
        };
        /** @description A change of a member or of an invitation. */
        MemberPatch: {
            /** @description Whether they reach every brand. */
            allBrands?: boolean;
            /** @description The brands that they reach otherwise. */
            brandIds?: components["schemas"]["Line"][];
            /**
             * @description What they may do.
             * @enum {string}
             */
            role?: "admin" | "member";
        };
        /**
         * @description Whether somebody still is a member.
         * @enum {string}
         */
        MemberStatus: "active" | "removed";
        /** @description The target of a merge. */
        MergedTag: components["schemas"]["Tag"] & {
            /** @description The tags that are gone. */
            mergedTagIds: components["schemas"]["TagId"][];
        };
        /** @description The ticket that others were merged into. */
        MergedTicket: components["schemas"]["Ticket"] & {
            /** @description How many. */
            mergedCount: number;
            /** @description The tickets that were merged into it. */
            mergedTicketIds: components["schemas"]["TicketId"][];
            /** @description Its id. */
            targetTicketId: components["schemas"]["TicketId"];
        };
        /** @description The tickets that are merged into another. */
        MergeSources: {
            /** @description Their ids or numbers. */
            sourceTicketIds: components["schemas"]["Line"][];
        };
        /**
         * @description Whether the schema of the database is that of this version.
         * @enum {string}
         */
        Migrations: "ok" | "other version" | "unknown";
        /** @description A time in a request: RFC 3339 with any offset, or a bare date, which means 00:00 UTC. */
        Moment: string;
        /** @description A new API key. */
        NewApiKey: {
            /** @description Whether it reaches every brand, those to come included; false when left out. */
            allBrands?: boolean | null;
            /** @description The brands that it reaches; at least one without `allBrands`. */
            brandIds?: components["schemas"]["Line"][] | null;
            /** @description When it stops working; in the future. */
            expiresAt?: components["schemas"]["Moment"] | null;
            /** @description What it is called. */
            name: components["schemas"]["Line"];
            /**
             * @description What it may do; `full` when left out.
             * @enum {string|null}
             */
            permissions?: "full" | "support" | "read" | null;
        } | {
            /** @constant */
            allBrands: true;
        } | {
            brandIds: unknown[];
        };
        /** @description A new API key, shown once with its text. */
        NewApiKeyReply: components["schemas"]["ApiKey"] & {
            /** @description The key itself. Null when the answer is a replay. */
            key: string | null;
        };
        /** @description A new automation. */
        NewAutomation: {
            /** @description What it does, in this order. */
            actions: ({
                /**
                 * @description Why it is closed; only with `closed`.
                 * @enum {string|null}
                 */
                closeReason?: "no_response" | "out_of_scope" | "customer_left" | "duplicate" | null;
                /** @description Key, id or `sts_<key>`. */
                status: components["schemas"]["Line"];
                /** @enum {string} */
                type: "set_status";
            } | {
                /**
                 * @description How urgent it is.
                 * @enum {string}
                 */
                priority: "low" | "normal" | "high" | "urgent" | "medium";
                /** @enum {string} */
                type: "set_priority";
            } | {
                /** @description Id or key of a category; null for none. */
                categoryId: components["schemas"]["Line"] | null;
                /** @enum {string} */
                type: "set_category";
            } | {
                /** @description The address of such a member, or of an outside assignee; null for nobody. */
                assigneeEmail?: components["schemas"]["EmailAddress"] | null;
                /** @description An active member with access to the brand; null for nobody. */
                assigneeId: components["schemas"]["Line"] | null;
                /** @enum {string} */
                type: "assign";
            } | {
                /** @description The address of such a member, or of an outside assignee; null for nobody. */
                assigneeEmail: components["schemas"]["EmailAddress"] | null;
                /** @description An active member with access to the brand; null for nobody. */
                assigneeId?: components["schemas"]["Line"] | null;
                /** @enum {string} */
                type: "assign";
            } | {
                /** @description Names or ids. */
                tags: components["schemas"]["Line"][];
                /** @enum {string} */
                type: "add_tags";
            } | {
                /** @description Names or ids. */
                tags: components["schemas"]["Line"][];
                /** @enum {string} */
                type: "remove_tags";
            } | {
                /** @description Its text, with placeholders. */
                body: string;
                /** @enum {string} */
                type: "add_note";
            } | {
                /** @description Its text, with placeholders. */
                body: string;
                /** @description The status that the ticket gets with it: key, id or `sts_<key>`. */
                setStatus?: components["schemas"]["Line"] | null;
                /** @enum {string} */
                type: "reply";
            } | {
                /** @description A connection to Slack. */
                connectionId: components["schemas"]["Line"];
                /** @description The message, with placeholders. */
                text: string;
                /** @enum {string} */
                type: "notify_slack";
            } | {
                /** @description A connection to Jira. */
                connectionId: components["schemas"]["Line"];
                /** @description What it says, with placeholders. */
                description?: string | null;
                /** @description Its type in Jira; that of the connection when left out. */
                issueType?: components["schemas"]["Line"] | null;
                /** @description Whether a ticket that has an issue of this connection gets no other; true when left out. */
                once?: boolean | null;
                /** @description What the issue is called, with placeholders; `[{{ticket.ticketNumber}}] {{ticket.title}}` when left out. */
                summary?: string | null;
                /** @enum {string} */
                type: "create_jira_issue";
            } | {
                /** @description How many minutes later; as the brand says when left out. */
                delayMinutes?: number | null;
                /** @enum {string} */
                type: "send_survey";
            } | {
                /** @description An HTTP connection. */
                connectionId: components["schemas"]["Line"];
                /** @enum {string} */
                type: "send_webhook";
            } | {
                /** @enum {string} */
                type: "send_webhook";
                /** @description A webhook. */
                webhookId: components["schemas"]["Line"];
            } | {
                /** @description Its text, with placeholders. */
                body: string;
                /** @description Its subject, with placeholders. */
                subject: components["schemas"]["Line"];
                /** @description Addresses, `assignee`, `watchers` or `customer`. */
                to: (("assignee" | "watchers" | "customer") | components["schemas"]["EmailAddress"])[];
                /** @enum {string} */
                type: "notify_email";
            })[];
            /** @description When it goes on; always when left out. */
            conditions?: {
                /** @description All of these hold. */
                all?: {
                    /** @description What it looks at. */
                    field: ("status" | "priority" | "title" | "body" | "source" | "createdBy" | "closeReason" | "isSpam" | "assigneeId" | "assigneeEmail" | "customerId" | "customerEmail" | "customerName" | "companyId" | "company.name" | "categoryId" | "category.key" | "tagIds" | "tags" | "dueAt" | "createdAt" | "comment.body" | "comment.authorType" | "comment.authorEmail" | "comment.isInternal" | "event.source" | "event.actorType" | "feedback.rating") | string;
                    /**
                     * @description What it asks.
                     * @enum {string}
                     */
                    op: "eq" | "ne" | "in" | "nin" | "contains" | "not_contains" | "starts_with" | "gt" | "gte" | "lt" | "lte" | "is_empty" | "is_not_empty" | "changed" | "changed_to" | "changed_from";
                    /** @description What it compares with: a text, a number, true or false, or a list of these. */
                    value?: (string | number | boolean) | (string | number | boolean)[] | null;
                }[] | null;
                /** @description At least one of these holds, unless there are none. */
                any?: {
                    /** @description What it looks at. */
                    field: ("status" | "priority" | "title" | "body" | "source" | "createdBy" | "closeReason" | "isSpam" | "assigneeId" | "assigneeEmail" | "customerId" | "customerEmail" | "customerName" | "companyId" | "company.name" | "categoryId" | "category.key" | "tagIds" | "tags" | "dueAt" | "createdAt" | "comment.body" | "comment.authorType" | "comment.authorEmail" | "comment.isInternal" | "event.source" | "event.actorType" | "feedback.rating") | string;
                    /**
                     * @description What it asks.
                     * @enum {string}
                     */
                    op: "eq" | "ne" | "in" | "nin" | "contains" | "not_contains" | "starts_with" | "gt" | "gte" | "lt" | "lte" | "is_empty" | "is_not_empty" | "changed" | "changed_to" | "changed_from";
                    /** @description What it compares with: a text, a number, true or false, or a list of these. */
                    value?: (string | number | boolean) | (string | number | boolean)[] | null;
                }[] | null;
            } | null;
            /** @description What it is for. */
            description?: string | null;
            /** @description Whether it runs; true when left out. */
            enabled?: boolean | null;
            /** @description What it is called. */
            name: components["schemas"]["Line"];
            /** @description What starts it. */
            trigger: {
                /** @description Any of these events. */
                events: ("ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.merged" | "ticket.overdue" | "ticket.spam_marked" | "comment.created" | "attachment.created" | "feedback.submitted" | "ticket.comment.created")[];
            };
        };
        /** @description A picture of the member that shall be uploaded. */
        NewAvatar: {
            /**
             * @description What it is: png, jpeg, gif or webp.
             * @enum {string}
             */
            contentType: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
            /** @description What the file is called. */
            filename: string;
            /** @description Its bytes, at most 5 MB. */
            size?: number | null;
        };
        /** @description A new brand. */
        NewBrand: {
            /** @description The text of that mail, with the same placeholders. */
            autoresponseBody?: string | null;
            /** @description Whether new tickets are answered by mail, which takes both texts; false when left out. */
            autoresponseEnabled?: boolean | null;
            /** @description The subject of that mail, with `{{ticketNumber}}`, `{{ticketTitle}}`, `{{customerName}}` and `{{brandName}}`. */
            autoresponseSubject?: string | null;
            /** @description Minutes between the resolution and the question; 60 when left out. */
            csatDelayMinutes?: number | null;
            /** @description The text of that mail, with the same placeholders; a built-in one when left out. */
            csatEmailBody?: string | null;
            /** @description The subject of that mail, with `{{ticketNumber}}`, `{{ticketTitle}}` and `{{brandName}}`; a built-in one when left out. */
            csatEmailSubject?: string | null;
            /** @description Whether the customers of resolved tickets are asked; false when left out. */
            csatEnabled?: boolean | null;
            /**
             * @description How they rate; `thumbs` when left out.
             * @enum {string|null}
             */
            csatType?: "thumbs" | "scale5" | "scale10" | null;
            /** @description The address that its mail comes from, in a domain that the server sends from; its own when left out. */
            fromEmail?: components["schemas"]["EmailAddress"] | null;
            /** @description The name that its mail comes from; its own when left out. */
            fromName?: string | null;
            /** @description Where its picture is. */
            iconUrl?: components["schemas"]["HttpUrl"] | null;
            /** @description Whether mail becomes tickets; true when left out. */
            inboundEmailEnabled?: boolean | null;
            /** @description Free JSON of your own. */
            metadata?: components["schemas"]["FreeJson"] | null;
            /** @description Its name. */
            name: components["schemas"]["Line"];
            /** @description Addresses that are told of new tickets, and of replies to those that nobody has. */
            newTicketNotifyEmails?: components["schemas"]["EmailAddress"][] | null;
            /** @description Origins whose pages may call the portal: `scheme://host[:port]`. */
            portalOrigins?: string[] | null;
            /** @description Whether unknown addresses may sign in to the portal; false when left out. */
            portalSignup?: boolean | null;
            /** @description Free JSON of your own. */
            settings?: components["schemas"]["FreeJson"] | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {object|null}
             */
            slaBusinessHours?: {
                start: "09:00";
                end: "17:00";
                days: [
                    1,
                    2,
                    3,
                    4,
                    5
                ];
                timezone: "UTC";
            } | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {boolean|null}
             */
            slaBusinessHoursOnly?: false | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {object|null}
             */
            slaByPriority?: {
                urgent: 4;
                high: 24;
                normal: 72;
                low: 168;
            } | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {integer|null}
             */
            slaDefaultHours?: 72 | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {boolean|null}
             */
            slaEnabled?: false | null;
            /**
             * @description Not available yet: nothing but this default (or null) is taken.
             * @enum {boolean|null}
             */
            slaNotifyOverdue?: true | null;
            /** @description Used in email addresses; made from the name when left out. */
            slug?: string | null;
            /** @description The number of the first ticket; 1001 when left out. */
            ticketNumberStart?: number | null;
            /** @description The letters in front of ticket numbers; `DT` when left out. */
            ticketPrefix?: string | null;
            /** @description A schema of your own, stored and never enforced. */
            ticketSchema?: components["schemas"]["FreeJson"] | null;
            /** @description Where its product is. */
            url?: components["schemas"]["HttpUrl"] | null;
        };
        /** @description A new category. */
        NewCategory: {
            /** @description Color for badges; `#6b7280` when left out. */
            color?: components["schemas"]["Color"] | null;
            /** @description What it is for. */
            description?: string | null;
            /** @description Unique identifier, never changes; made from the name when left out. */
            key?: string | null;
            /** @description Display name, unique in the brand whatever the case. */
            name: components["schemas"]["Line"];
        };
        /** @description A new comment. */
        NewComment: {
            /** @description Files: confirmed ones that nothing uses yet, or files of this ticket without a comment. */
            attachmentIds?: components["schemas"]["Line"][] | null;
            /** @description The address of who wrote it. */
            authorEmail?: components["schemas"]["EmailAddress"] | null;
            /** @description Who wrote it, in your own words. */
            authorId?: components["schemas"]["Line"] | null;
            /** @description The name of who wrote it. */
            authorName?: string | null;
            /** @description STAFF when left out. */
            authorType?: ("STAFF" | "CUSTOMER" | "SYSTEM") | string | null;
            /** @description Text, Markdown or HTML. */
            body: string;
            /** @description Addresses in copy. */
            cc?: components["schemas"]["EmailAddress"][] | null;
            /**
             * @description Why the ticket is closed; only with `setStatus` `closed`.
             * @enum {string|null}
             */
            closeReason?: "no_response" | "out_of_scope" | "customer_left" | "duplicate" | null;
            /** @description Whether only staff sees it; not with CUSTOMER. */
            isInternal?: boolean | null;
            /** @description Links that belong to the comment. */
            links?: (components["schemas"]["HttpUrl"] | {
                /** @description What it is called. */
                title?: string | null;
                /** @description What kind of thing it leads to. */
                type?: string | null;
                /** @description Where it leads: http or https. */
                url: components["schemas"]["HttpUrl"];
            })[] | null;
            /** @description Free JSON of your own. */
            metadata?: components["schemas"]["FreeJson"] | null;
            /** @description Whether the customer is mailed. No version up to this one sends mail. */
            notifyCustomer?: boolean | null;
            /** @description A comment of the same ticket that this one answers. */
            parentId?: components["schemas"]["Line"] | null;
            /** @description The status that the ticket gets with it: key, id or `sts_<key>`. */
            setStatus?: components["schemas"]["Line"] | null;
            /** @description The channel it came from: `api` when left out. */
            source?: string | null;
            /** @description What else the channel knows. */
            sourceData?: components["schemas"]["FreeJson"] | null;
            /** @description Its id in that channel. */
            sourceId?: string | null;
        };
        /** @description A new company. */
        NewCompany: {
            /** @description The domain of its customers' addresses: those without a company join it. Unique in the brand. */
            domain?: string | null;
            /** @description Free JSON of your own. */
            metadata?: components["schemas"]["FreeJson"] | null;
            /** @description Its name. */
            name: components["schemas"]["Line"];
            /** @description What its new tickets start with: `defaultPriority`, `defaultAssigneeEmail`, `defaultCategoryId`, `defaultTagIds`, `ccEmails`; other keys are kept as they are. */
            settings?: ({
                /** @description Addresses that are in copy of its tickets. */
                ccEmails?: components["schemas"]["EmailAddress"][] | null;
                /** @description The assignee of tickets that name none: a member, or an address outside. */
                defaultAssigneeEmail?: components["schemas"]["EmailAddress"] | null;
                /** @description The category of tickets that name none. */
                defaultCategoryId?: components["schemas"]["Line"] | null;
                /**
                 * @description The priority of tickets that name none.
                 * @enum {string|null}
                 */
                defaultPriority?: "low" | "normal" | "high" | "urgent" | "medium" | null;
                /** @description The tags of tickets that name none. */
                defaultTagIds?: components["schemas"]["Line"][] | null;
                /**
                 * @description Not available yet: nothing but this default (or null) is taken.
                 * @enum {object|null}
                 */
                slaHoursByPriority?: Record<string, never> | null;
            } & {
                [key: string]: unknown;
            }) | null;
        };
        /** @description A new connection. */
        NewConnection: {
            /** @description Whether automations call it; true when left out. */
            enabled?: boolean | null;
            /** @description What people call it. */
            name: components["schemas"]["Line"];
            /**
             * @description What it leads to; never changes.
             * @enum {string}
             */
            type: "SLACK" | "JIRA" | "HTTP";
        } & ({
            /** @description What is set of a new Slack connection. */
            config?: {
                /** @description Where its lines appear, for people: Slack itself decides it by the webhook. */
                channelLabel?: components["schemas"]["Line"] | null;
            } | null;
            /** @description The secrets of a new Slack connection. */
            secrets: {
                /** @description The address of the incoming webhook. */
                webhookUrl: components["schemas"]["HttpUrl"];
            };
            /** @enum {string} */
            type: "SLACK";
        } | {
            /** @description What is set of a new Jira connection. */
            config: {
                /** @description The user whose API token it is. */
                email: components["schemas"]["EmailAddress"];
                /** @description What issues are; `Task` when left out. */
                issueType?: string | null;
                /** @description Labels of every issue, beside the number of its ticket. */
                labels?: string[] | null;
                /** @description The project that issues are made in. */
                projectKey: string;
                /** @description Where Jira is, such as `https://acme.atlassian.net`. */
                siteUrl: string;
            };
            /** @description The secrets of a new Jira connection. */
            secrets: {
                /** @description The API token of the user. */
                apiToken: string;
            };
            /** @enum {string} */
            type: "JIRA";
        } | {
            /** @description What is set of a new HTTP connection. */
            config: {
                /** @description JSON with placeholders such as `{{ticket.title}}` inside of its strings. When left out the event is sent as webhooks have it, unless the method is GET or DELETE. */
                bodyTemplate?: string | null;
                /**
                 * @description How it calls; `POST` when left out.
                 * @enum {string|null}
                 */
                method?: "POST" | "PUT" | "PATCH" | "GET" | "DELETE" | null;
                /**
                 * Format: int64
                 * @description How long an answer is waited for; 15 when left out.
                 */
                timeoutSeconds?: number | null;
                /** @description Where it calls: https, and reachable from the public network. */
                url: components["schemas"]["HttpUrl"];
            };
            /** @description The secrets of a new HTTP connection. */
            secrets?: {
                /** @description Headers of every call, such as `Authorization`. Their values are never shown again, their names are. */
                headers?: {
                    [key: string]: string;
                } | null;
            } | null;
            /** @enum {string} */
            type: "HTTP";
        });
        /** @description A new customer. */
        NewCustomer: {
            /** @description Where its picture is. */
            avatarUrl?: components["schemas"]["HttpUrl"] | null;
            /** @description The same by id or name, as text or as `{ id }` or `{ name }`; an unknown name creates the company. */
            company?: components["schemas"]["Line"] | ({
                id: components["schemas"]["Line"];
            } & {
                [key: string]: unknown;
            }) | ({
                id?: null;
                name: components["schemas"]["Line"];
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description Its company; when no company is named, the one that has the domain of its address. */
            companyId?: components["schemas"]["Line"] | null;
            /** @description Fields of your own. */
            customFields?: components["schemas"]["FreeJson"] | null;
            /** @description Primary identifier, unique per brand. */
            email: components["schemas"]["EmailAddress"];
            /** @description Free JSON of your own. */
            metadata?: components["schemas"]["FreeJson"] | null;
            /** @description Display name. */
            name?: string | null;
            /** @description Whether it is mailed; true when left out. */
            notifyEmail?: boolean | null;
        };
        /** @description A new definition of a custom field. */
        NewField: {
            /** @description Any JSON that a form begins with. */
            defaultValue?: unknown;
            /** @description What it is for. */
            description?: string | null;
            /** @description Its name in `customFields`; never changes. */
            key: string;
            /** @description What people call it. */
            label: components["schemas"]["Line"];
            /** @description What can be chosen; select and multiselect need at least one. */
            options?: components["schemas"]["Line"][] | null;
            /** @description What stands in an empty input. */
            placeholder?: string | null;
            /** @description Whether dashboard and forms insist on a value; false when left out. */
            required?: boolean | null;
            /** @description Whether the page of one thing shows it; true when left out. */
            showInDetail?: boolean | null;
            /** @description Whether lists show it; true when left out. */
            showInTable?: boolean | null;
            /** @description Whether dialogs and forms for something new show it; true when left out. */
            showOnCreate?: boolean | null;
            /**
             * @description What it holds; never changes.
             * @enum {string}
             */
            type: "text" | "number" | "boolean" | "date" | "select" | "multiselect" | "url" | "array" | "object";
            /** @description Sets those of the three that are left out. */
            visible?: boolean | null;
        };
        /** @description An invitation to join the account. */
        NewInvite: {
            /** @description Whether they will reach every brand, those to come included; false when left out. */
            allBrands?: boolean | null;
            /** @description The brands that they will reach otherwise. */
            brandIds?: components["schemas"]["Line"][] | null;
            /** @description Who is invited. */
            email: components["schemas"]["EmailAddress"];
            /**
             * @description What they will be; `member` when left out.
             * @enum {string|null}
             */
            role?: "admin" | "member" | null;
        };
        /** @description A mailbox as a whole; only secrets that are left out stay as they are. */
        NewMailbox: {
            /**
             * @description What is done to a message once it was taken; `seen` when left out.
             * @enum {string|null}
             */
            afterProcess?: "seen" | "keep" | "move" | "delete" | null;
            /**
             * @description How the server knows who asks; `password` when left out.
             * @enum {string|null}
             */
            auth?: "password" | "xoauth2" | null;
            /** @description Whether it is looked into; true when left out. */
            enabled?: boolean | null;
            /** @description The folder that is looked into; `INBOX` when left out. */
            folder?: components["schemas"]["Line"] | null;
            /** @description The IMAP server, reachable from the public network. */
            host: string;
            /** @description The folder for `move`. */
            moveTo?: components["schemas"]["Line"] | null;
            /** @description Where tokens come from, for `xoauth2`. */
            oauth?: {
                /** @description Who asks for them. */
                clientId: string;
                /** @description What proves who asks, if anything does; never shown again. Left out: the present one stays, as long as `tokenUrl` and `clientId` do. */
                clientSecret?: string | null;
                /** @description What tokens are given for; never shown again. Left out: the present one stays. */
                refreshToken?: string | null;
                /** @description What they are asked for. */
                scope?: string | null;
                /** @description Where they are asked for: https, and reachable from the public network. */
                tokenUrl: components["schemas"]["HttpUrl"];
            } | null;
            /** @description The password, for `password`; never shown again. Left out: the present one stays. */
            password?: string | null;
            /** @description How often, in seconds; 60 when left out. */
            pollSeconds?: number | null;
            /** @description Its port; 993 when left out. */
            port?: number | null;
            /** @description Whether the connection is encrypted from its beginning; true when left out. Without, what is sent can be read on its way. */
            tls?: boolean | null;
            /** @description Whose mailbox it is. */
            username: string;
        };
        /** @description A file that shall be uploaded before its ticket exists. */
        NewPendingUpload: {
            /** @description The SHA-256 of its bytes in hexadecimal. With it the upload is taken only when it fits. */
            checksum?: string | null;
            /** @description What it is, `type/subtype`. */
            contentType: string;
            /** @description What it is called. Path separators and control characters become `_`. */
            filename: string;
            /** @description Free JSON of your own. */
            metadata?: components["schemas"]["FreeJson"] | null;
            /** @description Its bytes. With them the upload is taken only when it has exactly so many. */
            size?: number | null;
            /** @description Who uploads it, in your own words; a session is always its member. */
            uploadedBy?: string | null;
        };
        /** @description What a customer answers. */
        NewPortalComment: {
            /** @description Files: their own, confirmed, and used by nothing yet. */
            attachmentIds?: components["schemas"]["Line"][] | null;
            /** @description The text. */
            body: string;
        };
        /** @description A ticket that a customer writes. */
        NewPortalTicket: {
            /** @description Files: their own, confirmed, and used by nothing yet. */
            attachmentIds?: components["schemas"]["Line"][] | null;
            /** @description The issue itself. */
            body?: string | null;
            /** @description Fields of your own; no schema. */
            customFields?: components["schemas"]["FreeJson"] | null;
            /** @description Short summary of the issue. */
            title: string;
        };
        /** @description A customer who is to be signed in to the portal. */
        NewPortalToken: {
            /** @description The company of a customer who has none. */
            companyName?: components["schemas"]["Line"] | null;
            /** @description The address. */
            email: components["schemas"]["EmailAddress"];
            /** @description The name of a new customer, or of one without a name. */
            name?: string | null;
            /** @description What the caller's own system calls that company: `metadata.sourceOrgId`. */
            sourceOrgId?: components["schemas"]["Line"] | null;
        };
        /** @description A file that a customer wants to upload. */
        NewPortalUpload: {
            /** @description The SHA-256 of its bytes in hexadecimal. With it the upload is taken only when it fits. */
            checksum?: string | null;
            /** @description What it is, `type/subtype`. */
            contentType: string;
            /** @description What it is called. Path separators and control characters become `_`. */
            filename: string;
            /** @description Its bytes. With them the upload is taken only when it has exactly so many. */
            size?: number | null;
        };
        /** @description What the caller does at a ticket. */
        NewPresence: {
            /**
             * @description `viewing`, `replying` or `left`.
             * @enum {string}
             */
            state: "viewing" | "replying" | "left";
        };
        /** @description A relay as a whole; only a password that is left out stays as it is. */
        NewRelay: {
            /** @description The address that the brand's mail comes from. The relay has to let it through. */
            fromEmail: components["schemas"]["EmailAddress"];
            /** @description The SMTP server, reachable from the public network. */
            host: string;
            /** @description Their password; never shown again. Left out: the present one stays, as long as `host`, `port`, `tls` and `username` do. */
            password?: string | null;
            /** @description Its port; 587 when left out. */
            port?: number | null;
            /** @description Whether mail is only handed over encrypted: from the beginning at port 465, by STARTTLS at any other; true when left out. Without, what is sent can be read on its way, the password too. */
            tls?: boolean | null;
            /** @description Who hands it over; left out where nobody has to sign in. */
            username?: string | null;
        };
        /** @description A new custom status. */
        NewStatus: {
            /** @description Color for badges; `#6b7280` when left out. */
            color?: components["schemas"]["Color"] | null;
            /** @description Internal description. */
            description?: string | null;
            /** @description Whether its tickets need attention; true when left out. */
            isActive?: boolean | null;
            /** @description Unique identifier: lowercase with underscores; never changes. */
            key: string;
            /** @description Display name. */
            name: components["schemas"]["Line"];
        };
        /** @description A new tag. */
        NewTag: {
            /** @description Color for badges; `#6b7280` when left out. */
            color?: components["schemas"]["Color"] | null;
            /** @description Its name, unique in the brand whatever the case. */
            name: components["schemas"]["Line"];
        };
        /** @description A new ticket. */
        NewTicket: {
            /** @description The address of such a member, or of an outside assignee. */
            assigneeEmail?: components["schemas"]["EmailAddress"] | null;
            /** @description An active member with access to the brand. */
            assigneeId?: components["schemas"]["Line"] | null;
            /** @description Files: confirmed ones that nothing uses yet. */
            attachmentIds?: components["schemas"]["Line"][] | null;
            /** @description The issue itself: text, Markdown or HTML. */
            body?: string | null;
            /** @description Id or key of a category. */
            categoryId?: components["schemas"]["Line"] | null;
            /**
             * @description Why it is closed; only with the status `closed`.
             * @enum {string|null}
             */
            closeReason?: "no_response" | "out_of_scope" | "customer_left" | "duplicate" | null;
            /** @description Who created it, in your own words. */
            createdBy?: string | null;
            /** @description Creates the customer or links the existing one. */
            customerEmail?: components["schemas"]["EmailAddress"] | null;
            /** @description Links an existing customer. */
            customerId?: components["schemas"]["Line"] | null;
            /** @description The name of a new customer, or of one without a name. */
            customerName?: string | null;
            /** @description Fields of your own; no schema. */
            customFields?: components["schemas"]["FreeJson"] | null;
            /** @description When it is due. */
            dueAt?: components["schemas"]["Moment"] | null;
            /** @description Links that belong to the ticket. */
            links?: (components["schemas"]["HttpUrl"] | {
                /** @description What it is called. */
                title?: string | null;
                /** @description What kind of thing it leads to. */
                type?: string | null;
                /** @description Where it leads: http or https. */
                url: components["schemas"]["HttpUrl"];
            })[] | null;
            /** @description Free JSON of your own. */
            metadata?: components["schemas"]["FreeJson"] | null;
            /** @description Whether the customer is mailed a confirmation, as soon as outgoing mail is set up. */
            notifyCustomer?: boolean | null;
            /**
             * @description `normal` when left out (or what the customer's company says) and when null.
             * @enum {string|null}
             */
            priority?: "low" | "normal" | "high" | "urgent" | "medium" | null;
            /** @description The channel it came from: `api` when left out. */
            source?: string | null;
            /** @description What else the channel knows. */
            sourceData?: components["schemas"]["FreeJson"] | null;
            /** @description Its id in that channel. */
            sourceId?: string | null;
            /** @description Key, id or `sts_<key>` of a status; `open` when left out. */
            status?: components["schemas"]["Line"] | null;
            /** @description The same as `status`. */
            statusId?: components["schemas"]["Line"] | null;
            /** @description Ids of tags. */
            tagIds?: components["schemas"]["Line"][] | null;
            /** @description Tags by id or name; a new name makes a new tag. */
            tags?: components["schemas"]["Line"][] | null;
            /** @description Short summary of the issue. */
            title: string;
            /** @description Who watches it from the start. */
            watchers?: components["schemas"]["NewWatcher"][] | null;
        };
        /** @description A file that shall be uploaded to a ticket. */
        NewUpload: {
            /** @description The SHA-256 of its bytes in hexadecimal. With it the upload is taken only when it fits. */
            checksum?: string | null;
            /** @description A comment of the ticket that it belongs to. */
            commentId?: components["schemas"]["Line"] | null;
            /** @description What it is, `type/subtype`. */
            contentType: string;
            /** @description What it is called. Path separators and control characters become `_`. */
            filename: string;
            /** @description Free JSON of your own. */
            metadata?: components["schemas"]["FreeJson"] | null;
            /** @description Its bytes. With them the upload is taken only when it has exactly so many. */
            size?: number | null;
            /** @description Who uploads it, in your own words; a session is always its member. */
            uploadedBy?: string | null;
        };
        /** @description Somebody who shall watch a ticket: a member, or an address. */
        NewWatcher: {
            /** @description An address; that of a member becomes that member. */
            email?: components["schemas"]["EmailAddress"] | null;
            /** @description An active member with access to the brand. */
            memberId?: components["schemas"]["Line"] | null;
            /** @description The name that belongs to the address. */
            name?: string | null;
            /** @description Whether it hears of comments; true when left out. */
            notifyOnComment?: boolean | null;
            /** @description Whether it hears of changes of the status; true when left out. */
            notifyOnStatusChange?: boolean | null;
        } | {
            memberId: string;
        } | {
            email: string;
        };
        /** @description A new webhook. */
        NewWebhook: {
            /** @description What it is for. */
            description?: string | null;
            /** @description Whether events are sent; true when left out. */
            enabled?: boolean | null;
            /** @description The events that are sent: names, groups (`ticket.*`) or `*`. */
            events: ("ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.deleted" | "ticket.restored" | "ticket.spam_marked" | "ticket.spam_unmarked" | "ticket.merged" | "ticket.overdue" | "comment.created" | "comment.updated" | "comment.deleted" | "attachment.created" | "attachment.deleted" | "watcher.added" | "watcher.removed" | "customer.created" | "customer.updated" | "customer.deleted" | "company.created" | "company.updated" | "company.deleted" | "feedback.requested" | "feedback.submitted" | "automation.failed" | "connection.failed" | "mail.quarantined" | "mail.failed" | "webhook.disabled" | "ticket.comment.created" | "ticket.comment.updated" | "ticket.comment.deleted" | "ticket.*" | "comment.*" | "attachment.*" | "watcher.*" | "customer.*" | "company.*" | "feedback.*" | "automation.*" | "connection.*" | "mail.*" | "webhook.*" | "ticket.comment.*" | "*")[];
            /** @description What deliveries are signed with; made by the server when left out. */
            secret?: string | null;
            /** @description Where events are sent: https, and reachable from the public network. */
            url: components["schemas"]["HttpUrl"];
        };
        /**
         * @description What a condition asks.
         * @enum {string}
         */
        Op: "eq" | "ne" | "in" | "nin" | "contains" | "not_contains" | "starts_with" | "gt" | "gte" | "lt" | "lte" | "is_empty" | "is_not_empty" | "changed" | "changed_to" | "changed_from";
        /** @description The next owner. */
        OwnershipTransfer: {
            /** @description A member. */
            memberId: components["schemas"]["Line"];
        };
        /** @description The end of a page. */
        Pagination: {
            /** @description What to pass as `cursor` for it. */
            cursor: string | null;
            /** @description Whether there is another page. */
            hasMore: boolean;
            /** @description The same as `cursor`. */
            nextCursor: string | null;
            /** @description True when a very common word was searched and only its newest matches were looked at; else left out. */
            truncated?: boolean;
        };
        /** @description A new password, by the old one. */
        PasswordChange: {
            /** @description The present password. */
            currentPassword: string;
            /** @description The new password. */
            newPassword: string;
        };
        /** @description A new password, by the link of a mail. */
        PasswordReset: {
            /** @description The new password. */
            password: string;
            /** @description The token of the link. */
            token: string;
        };
        /** @description The people of an account. */
        People: {
            /** @description Its invitations, for those who may see them. */
            invites: components["schemas"]["Invite"][];
            /** @description Its members. */
            members: components["schemas"]["Member"][];
        };
        /**
         * @description What an API key may do within its scope.
         * @enum {string}
         */
        Permissions: "full" | "support" | "read";
        /** @description A file as a customer sees it. */
        PortalAttachment: {
            /** @description The comment that it belongs to. */
            commentId: components["schemas"]["CommentId"] | null;
            /** @description What it is. */
            contentType: string;
            /** @description When it was announced. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description What it is called. */
            filename: string;
            /** @description Its id. */
            id: components["schemas"]["AttachmentId"];
            /**
             * Format: int64
             * @description Its bytes.
             */
            size: number | null;
            /** @description Whether its bytes are there. */
            status: components["schemas"]["AttachmentStatus"];
        };
        /** @description A file with a fresh address to download it from. */
        PortalAttachmentWithUrl: components["schemas"]["PortalAttachment"] & {
            /** @description The same once more, as an object of its own. */
            attachment: components["schemas"]["PortalAttachment"];
            /** @description Where to download it; null until it is uploaded. */
            downloadUrl: string | null;
            /** @description Until when that works. */
            expiresAt: components["schemas"]["Timestamp"] | null;
        };
        /** @description A brand as its customers see it. */
        PortalBrand: {
            /** @description Its icon. */
            iconUrl: string | null;
            /** @description Its name. */
            name: string;
            /** @description What its ticket numbers begin with. */
            ticketPrefix: string;
        };
        /** @description A public comment. */
        PortalComment: {
            /** @description Its files. */
            attachments: components["schemas"]["PortalAttachment"][];
            /** @description The name of who wrote it. */
            authorName: string | null;
            /** @description CUSTOMER or STAFF. */
            authorType: components["schemas"]["AuthorType"];
            /** @description Text, Markdown or HTML, as it was written: show it sanitized. */
            body: string;
            /** @description When it was written. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["CommentId"];
        };
        /** @description Somebody who wants a link to the portal. */
        PortalLinkRequest: {
            /** @description The slug or the id of the brand. */
            brand: components["schemas"]["Line"];
            /** @description The address. */
            email: components["schemas"]["EmailAddress"];
            /** @description The page that the link leads to, where `?token=` is added: of an origin in `portalOrigins`, or of this server. */
            portalUrl: components["schemas"]["HttpUrl"];
        };
        /** @description Where a merged ticket went. */
        PortalMerged: {
            /** @description The ticket that goes on. */
            id: components["schemas"]["TicketId"];
            /** @description Its number. */
            ticketNumber: string;
        };
        /** @description A customer who is signed in to the portal. */
        PortalSession: {
            /** @description Who is signed in. */
            customerId: components["schemas"]["CustomerId"];
            /** @description The address. */
            email: string;
            /** @description When it ends unless it is renewed before. */
            expiresAt: components["schemas"]["Timestamp"];
            /** @description The name. */
            name: string | null;
            /** @description The portal token, to be sent as a bearer token to `/portal/*`. Null when the answer is a replay. */
            token: string | null;
        };
        /** @description A ticket as its customer sees it. */
        PortalTicket: {
            /**
             * Format: int64
             * @description Public comments.
             */
            commentCount: number;
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["TicketId"];
            /** @description Whether somebody still works on it. */
            isActive: boolean;
            /**
             * Format: int64
             * @description The number alone.
             */
            number: number;
            /** @description How urgent it is. */
            priority: components["schemas"]["Priority"];
            /** @description The key of its status. */
            status: string;
            /** @description The name of its status. */
            statusName: string;
            /** @description Prefix and number. */
            ticketNumber: string;
            /** @description Short summary of the issue. */
            title: string;
            /** @description When it last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /** @description A ticket with its conversation, as its customer sees it. */
        PortalTicketDetail: components["schemas"]["PortalTicket"] & {
            /** @description The issue itself: text, Markdown or HTML, as it was written: show it sanitized. */
            body: string | null;
            /** @description Whose ticket it is. */
            brand: components["schemas"]["PortalBrand"];
            /** @description The public comments, oldest first; of more than 1,000 the newest. */
            comments: components["schemas"]["PortalComment"][];
            /** @description The ticket that it was merged into, when that is the customer's own. */
            mergedInto: components["schemas"]["PortalMerged"] | null;
        };
        /** @description A mailed link that somebody followed. */
        PortalVerify: {
            /** @description What stands behind `?token=`. */
            token: string;
        };
        /** @description A member at a ticket. */
        Presence: {
            /** @description The member. */
            memberId: components["schemas"]["MemberId"];
            /** @description What the member is called. */
            name: string;
            /** @description What the member does. */
            state: components["schemas"]["PresenceState"];
        };
        /**
         * @description What somebody does at a ticket.
         * @enum {string}
         */
        PresenceState: "viewing" | "replying" | "left";
        /**
         * @description How urgent a ticket is.
         * @enum {string}
         */
        Priority: "low" | "normal" | "high" | "urgent";
        /** @description What a member sets for themself. */
        Profile: {
            /** @description Its picture. */
            avatarUrl: string | null;
            /** @description Its name. */
            displayName: string | null;
            /** @description Its address. */
            email: string;
            /** @description The member. */
            id: components["schemas"]["MemberId"];
            /** @description Whether it is told by the desktop. */
            notifyDesktop: boolean;
            /** @description Whether it is told by mail. */
            notifyEmail: boolean;
            /** @description Whether it is told in the page. */
            notifyToast: boolean;
            /** @description Whether a second factor is asked for when it signs in. */
            totpEnabled: boolean;
        };
        /** @description A change of what a member sets for themself. */
        ProfilePatch: {
            /** @description What they are called; null for their address. */
            displayName?: string | null;
            /** @description Whether they are told by the desktop. */
            notifyDesktop?: boolean;
            /** @description Whether they are told by mail. */
            notifyEmail?: boolean;
            /** @description Whether they are told in the page. */
            notifyToast?: boolean;
        };
        /**
         * @description Whether there is room in the queue of writes.
         * @enum {string}
         */
        Queues: "ok" | "full";
        /**
         * @description Whether something answers.
         * @enum {string}
         */
        Reach: "ok" | "unreachable";
        /**
         * @description Whether the process can do its work.
         * @enum {string}
         */
        Readiness: "ok" | "unavailable";
        /** @description Whether the process can do its work. */
        Ready: {
            /** @description One by one. */
            checks: components["schemas"]["Checks"];
            /** @description All in one. */
            status: components["schemas"]["Readiness"];
        };
        /** @description Codes that open in the place of a second factor. */
        RecoveryCodes: {
            /** @description Ten codes, each of which works once. They are not shown again. */
            recoveryCodes: string[];
        };
        /** @description Which events are to be delivered once more. */
        Replay: {
            /** @description Only events whose last delivery to this webhook has failed; false when left out. */
            onlyFailed?: boolean | null;
            /** @description Events from this time on. */
            since: components["schemas"]["Moment"];
            /** @description Events of these types; those of the webhook when left out. */
            types?: ("ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.deleted" | "ticket.restored" | "ticket.spam_marked" | "ticket.spam_unmarked" | "ticket.merged" | "ticket.overdue" | "comment.created" | "comment.updated" | "comment.deleted" | "attachment.created" | "attachment.deleted" | "watcher.added" | "watcher.removed" | "customer.created" | "customer.updated" | "customer.deleted" | "company.created" | "company.updated" | "company.deleted" | "feedback.requested" | "feedback.submitted" | "automation.failed" | "connection.failed" | "mail.quarantined" | "mail.failed" | "webhook.disabled" | "ticket.comment.created" | "ticket.comment.updated" | "ticket.comment.deleted" | "ticket.*" | "comment.*" | "attachment.*" | "watcher.*" | "customer.*" | "company.*" | "feedback.*" | "automation.*" | "connection.*" | "mail.*" | "webhook.*" | "ticket.comment.*" | "*")[] | null;
            /** @description Events before this time; all when left out. */
            until?: components["schemas"]["Moment"] | null;
        };
        /** @description What a replay has made. */
        Replayed: {
            /**
             * Format: int64
             * @description New deliveries.
             */
            count: number;
            /** @description Whether there are more events than one call takes. */
            hasMore: boolean;
        };
        /** @description What is to become of a message that is looked at again. */
        Reprocess: {
            /**
             * @description `auto` when left out.
             * @enum {string|null}
             */
            action?: "auto" | "create" | "append" | null;
            /** @description The ticket for `append`: id or number. */
            ticketId?: components["schemas"]["Line"] | null;
        };
        /** @description How fast tickets were answered and resolved. */
        ResponseMetrics: {
            /**
             * Format: double
             * @description From the creation to the first public comment by staff; one decimal.
             */
            avgFirstResponseMinutes: number | null;
            /**
             * Format: double
             * @description From the creation to the resolution; one decimal.
             */
            avgResolutionMinutes: number | null;
            /**
             * Format: int64
             * @description Tickets that are resolved or closed.
             */
            ticketsResolved: number;
            /**
             * Format: int64
             * @description Tickets with such a comment.
             */
            ticketsWithResponse: number;
        };
        /**
         * @description What a member may do.
         * @enum {string}
         */
        Role: "owner" | "admin" | "member";
        /** @description One run of an automation. */
        Run: {
            /** @description What has become of its actions; empty when it did not begin. */
            actions: components["schemas"]["ActionRun"][];
            /** @description The automation. */
            automationId: components["schemas"]["AutomationId"];
            /**
             * Format: int64
             * @description How many automations led to its event.
             */
            depth: number;
            /** @description The event that started it. */
            eventId: string;
            /** @description When its last action ended; null while a call is still to be made. */
            finishedAt: components["schemas"]["Timestamp"] | null;
            /** @description Its id. */
            id: components["schemas"]["RunId"];
            /** @description Why it did not begin. */
            reason: components["schemas"]["SkipReason"] | null;
            /** @description When it began. */
            startedAt: components["schemas"]["Timestamp"];
            /** @description What has become of it. */
            status: components["schemas"]["RunStatus"];
            /** @description The ticket that it is about. */
            ticketId: components["schemas"]["TicketId"];
        };
        /**
         * @description An opaque id that starts with `run_`; ordered by time.
         * @example run_01kdyak43d7trmct2jayyxcg7v
         */
        RunId: string;
        /**
         * @description What has become of a run. While a call is under way it counts as done; `finishedAt` says that it is not over.
         * @enum {string}
         */
        RunStatus: "success" | "partial" | "failed" | "skipped";
        /** @description A schema of your own: any JSON object of at most 64 KB. It is stored and never enforced. */
        SchemaInput: {
            [key: string]: unknown;
        };
        /** @description A change of what an API key reaches. */
        ScopePatch: {
            /** @description Whether it reaches every brand. */
            allBrands?: boolean;
            /** @description The brands that it reaches. */
            brandIds?: components["schemas"]["Line"][];
        };
        /** @description The new secret of a webhook, shown once. */
        SecretRotated: {
            /** @description The webhook. */
            id: components["schemas"]["WebhookId"];
            /** @description Until when the secret before also signs. */
            previousSecretExpiresAt: components["schemas"]["Timestamp"];
            /** @description What deliveries are signed with from now on. */
            secret: string;
        };
        /** @description A new secret, with which the one before also signs for 24 hours. */
        SecretRotation: {
            /** @description The new secret; made by the server when left out. */
            secret?: string | null;
        };
        /** @description A session, told to whoever holds it. */
        Session: {
            /** @description Where. */
            account: components["schemas"]["Account"];
            /** @description What `X-CSRF-Token` must say in every request of the cookie that is no GET. */
            csrfToken: string;
            /** @description When it ends unless it is used before. */
            expiresAt: components["schemas"]["Timestamp"];
            /** @description Who is signed in. */
            member: components["schemas"]["Member"];
            /** @description The session token, only with `mode: "token"` and only in the reply that makes it. */
            sessionToken?: string;
            /** @description Always true. */
            valid: boolean;
        };
        /** @description The first owner, with the token of the setup link. */
        Setup: {
            /** @description What the account is called. */
            accountName: components["schemas"]["Line"];
            /** @description The owner's name. */
            displayName?: string | null;
            /** @description The owner's address. */
            email: components["schemas"]["EmailAddress"];
            /**
             * @description How the session is handed over; `cookie` when left out.
             * @enum {string|null}
             */
            mode?: "cookie" | "token" | null;
            /** @description The owner's password. */
            password: string;
            /** @description The token of the setup link. */
            setupToken: string;
        };
        /**
         * @description Why a run did not begin.
         * @enum {string}
         */
        SkipReason: "depth_limit" | "own_event" | "rate_limit" | "ticket_gone";
        /** @description What is set of a Slack connection. */
        SlackConfig: {
            /** @description Where its lines appear, for people: Slack itself decides it by the webhook. */
            channelLabel: string | null;
        };
        /** @description Marks a ticket as spam, or takes it back. */
        SpamMark: {
            /** @description Whether its customer is blocked with it; true when left out. */
            blockCustomer?: boolean | null;
            /** @description Whether it is spam. */
            isSpam: boolean;
        };
        /** @description Whom a link to the portal is mailed to. */
        StaffPortalLink: {
            /** @description The address. */
            email: components["schemas"]["EmailAddress"];
            /** @description The page that the link leads to, where `?token=` is added: of an origin in `portalOrigins`, or of this server. */
            portalUrl: components["schemas"]["HttpUrl"];
        };
        /** @description Totals by status and brand. */
        Stats: {
            /**
             * Format: int64
             * @description Those whose status is active, custom statuses included.
             */
            active: number;
            /** @description By the id of the brand. */
            byBrand: {
                [key: string]: components["schemas"]["BrandStats"];
            };
            /** @description By the key of the status. */
            byStatus: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Those with the status `closed`.
             */
            closed: number;
            /**
             * Format: int64
             * @description Those with the status `open`.
             */
            open: number;
            /**
             * Format: int64
             * @description Those with the status `pending`.
             */
            pending: number;
            /**
             * Format: int64
             * @description Those with the status `resolved`.
             */
            resolved: number;
            /** @description How fast they were answered and resolved. */
            responseMetrics: components["schemas"]["ResponseMetrics"];
            /**
             * Format: int64
             * @description Tickets.
             */
            total: number;
        };
        /** @description A status of a brand. */
        Status: {
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description Color for badges, `#rrggbb`. */
            color: string;
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Internal description. */
            description: string | null;
            /** @description Its id. */
            id: components["schemas"]["StatusId"];
            /** @description Whether its tickets need attention. */
            isActive: boolean;
            /** @description Whether it is one of the four that every brand has. */
            isSystem: boolean;
            /** @description Unique identifier; never changes. */
            key: string;
            /** @description Display name. */
            name: string;
            /**
             * Format: int64
             * @description Place in the display order, from 0.
             */
            sortOrder: number;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /** @description How many tickets a status has. */
        StatusCount: {
            /** @description Its color. */
            color: string;
            /**
             * Format: int64
             * @description Tickets that are neither spam nor deleted.
             */
            count: number;
            /** @description Whether its tickets need attention. */
            isActive: boolean;
            /** @description Whether it is a system status. */
            isSystem: boolean;
            /** @description Its id. */
            statusId: components["schemas"]["StatusId"];
            /** @description Its key. */
            statusKey: string;
            /** @description Its name. */
            statusName: string;
        };
        /** @description The report on a deleted status. */
        StatusDeleted: {
            /**
             * Format: int64
             * @description How many tickets moved.
             */
            movedTickets: number;
            /** @description The status that its tickets have now. */
            replacementStatusId: components["schemas"]["StatusId"] | null;
            /** @description The status that is gone. */
            statusId: components["schemas"]["StatusId"];
            /** @description Always true. */
            success: boolean;
        };
        /**
         * @description An opaque id that starts with `sts_`; ordered by time.
         * @example sts_01kdyak43d7trmct2jayyxcg7v
         */
        StatusId: string;
        /** @description The display order of all statuses. */
        StatusOrder: {
            /** @description Every status of the brand once: ids, keys or `sts_<key>`. */
            statusIds: components["schemas"]["Line"][];
        };
        /** @description A change of a status. */
        StatusPatch: {
            /** @description Color for badges. */
            color?: components["schemas"]["Color"];
            /** @description Internal description. */
            description?: string | null;
            /** @description Whether its tickets need attention; fixed for system statuses. */
            isActive?: boolean;
            /** @description The key never changes: another one is refused. */
            key?: components["schemas"]["Line"];
            /** @description Display name. */
            name?: components["schemas"]["Line"];
        };
        /** @description What becomes of the tickets of a deleted status. */
        StatusReplacement: {
            /** @description The status that they get: id, key or `sts_<key>`. */
            replacementStatusId?: components["schemas"]["Line"] | null;
        };
        /** @description The answer of an action that has nothing else to say. */
        Success: {
            /** @description Always true. */
            success: boolean;
        };
        /** @description The wish for a survey. */
        SurveyRequest: {
            /** @description Minutes before it is mailed; 0 when left out. */
            delayMinutes?: number | null;
        };
        /** @description Another account of the same person. */
        SwitchAccount: {
            /** @description The account. */
            accountId: components["schemas"]["Line"];
        };
        /** @description A tag of a brand. */
        Tag: {
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description Color for badges, `#rrggbb`. */
            color: string;
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Its id. */
            id: components["schemas"]["TagId"];
            /** @description Its name, unique in the brand whatever the case. */
            name: string;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /** @description How many tickets a tag has. */
        TagCount: {
            /**
             * Format: int64
             * @description Those of them whose status is active.
             */
            activeCount: number;
            /** @description Its color. */
            color: string;
            /**
             * Format: int64
             * @description Tickets that are neither spam nor deleted.
             */
            count: number;
            /** @description Its id. */
            tagId: components["schemas"]["TagId"];
            /** @description Its name. */
            tagName: string;
        };
        /**
         * @description An opaque id that starts with `tag_`; ordered by time.
         * @example tag_01kdyak43d7trmct2jayyxcg7v
         */
        TagId: string;
        /** @description The tags that another one takes in. */
        TagMerge: {
            /** @description 1 to 50 tags: their tickets get the target, and they vanish. */
            sourceTagIds: components["schemas"]["Line"][];
        };
        /** @description A change of a tag. */
        TagPatch: {
            /** @description Color for badges. */
            color?: components["schemas"]["Color"];
            /** @description Its name, unique in the brand whatever the case. */
            name?: components["schemas"]["Line"];
        };
        /** @description What the members did. */
        TeamMetrics: {
            /** @description Every member who resolved or closed something. */
            members: components["schemas"]["MemberMetrics"][];
        };
        /** @description A ticket, as it is shown. */
        Ticket: {
            /** @description The assignee's address: that member's, or one outside, such as a team mailbox. */
            assigneeEmail: string | null;
            /** @description The member who works on it; null for nobody and for an outside address. */
            assigneeId: components["schemas"]["MemberId"] | null;
            /** @description The member's name. */
            assigneeName: string | null;
            /**
             * Format: int64
             * @description Files that hang on it; 0 until attachments are available.
             */
            attachmentCount: number;
            /** @description As it was sent: text, Markdown or HTML. Lists and events cut it to 2,000 characters. */
            body: string | null;
            /** @description Whether `body` was cut. */
            bodyTruncated: boolean;
            /** @description Its brand; only in lists across brands. */
            brand?: components["schemas"]["BrandOfTicket"];
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description Its category. */
            category: components["schemas"]["Category"] | null;
            /** @description Its category. */
            categoryId: components["schemas"]["CategoryId"] | null;
            /** @description When it became `closed`. */
            closedAt: components["schemas"]["Timestamp"] | null;
            /** @description Why it was closed; only while its status is `closed`. */
            closeReason: components["schemas"]["CloseReason"] | null;
            /**
             * Format: int64
             * @description Comments by staff and customers, internal ones included; not SYSTEM ones.
             */
            commentCount: number;
            /** @description The customer's company, as of now. */
            companyId: components["schemas"]["CompanyId"] | null;
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Who created it: the address of a member, or what the caller said. */
            createdBy: string | null;
            /** @description Its customer, with its company. */
            customer: components["schemas"]["Customer"] | null;
            /** @description Also known when the customer was deleted. */
            customerEmail: string | null;
            /** @description Its customer; null when there is none or it was deleted. */
            customerId: components["schemas"]["CustomerId"] | null;
            /** @description The customer's name. */
            customerName: string | null;
            /** @description Fields of the caller's own; definitions describe them and never refuse a value. */
            customFields: components["schemas"]["JsonText"];
            /** @description When it was deleted. */
            deletedAt: components["schemas"]["Timestamp"] | null;
            /** @description When it is due. */
            dueAt: components["schemas"]["Timestamp"] | null;
            /** @description When the first public STAFF comment was written. */
            firstResponseAt: components["schemas"]["Timestamp"] | null;
            /** @description Its id. */
            id: components["schemas"]["TicketId"];
            /** @description Whether it is spam. */
            isSpam: boolean;
            /** @description Links that belong to it. */
            links: components["schemas"]["Link"][];
            /** @description The ticket that this one was merged into. */
            mergedIntoId: components["schemas"]["TicketId"] | null;
            /** @description Free JSON of the caller's own. */
            metadata: components["schemas"]["JsonText"];
            /**
             * Format: int64
             * @description The number alone.
             */
            number: number;
            /** @description When it was found past `dueAt` while it was active; null again when `dueAt` changes. */
            overdueAt: components["schemas"]["Timestamp"] | null;
            /** @description How urgent it is. */
            priority: components["schemas"]["Priority"];
            /** @description When it left the active statuses; null while it is active. */
            resolvedAt: components["schemas"]["Timestamp"] | null;
            /** @description The member who resolved or closed it. */
            resolvedById: components["schemas"]["MemberId"] | null;
            /** @description The channel it came from, such as `api`, `dashboard`, `email` or a word of your own. */
            source: string;
            /** @description What else the channel told. */
            sourceData: components["schemas"]["JsonText"] | null;
            /** @description Its id in that channel. */
            sourceId: string | null;
            /** @description The key of its status. */
            status: string;
            /** @description The id of its status. */
            statusId: components["schemas"]["StatusId"];
            /** @description Its status. */
            statusRef: components["schemas"]["Status"];
            /** @description Its tags, by name. */
            tagIds: components["schemas"]["TagId"][];
            /** @description By name. */
            tags: components["schemas"]["Tag"][];
            /** @description Prefix and number, such as `DT-1042`; never changes. */
            ticketNumber: string;
            /** @description The prefix that the brand had when it was created. */
            ticketPrefix: string;
            /** @description Short summary of the issue. */
            title: string;
            /** @description When a field changed or a comment came last. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /** @description How many tickets a filter finds. */
        TicketCount: {
            /** @description Whether there may be more. */
            capped: boolean;
            /**
             * Format: int64
             * @description As many as were counted.
             */
            count: number;
        };
        /**
         * @description An opaque id that starts with `tkt_`; ordered by time.
         * @example tkt_01kdyak43d7trmct2jayyxcg7v
         */
        TicketId: string;
        /** @description A change of a ticket. */
        TicketPatch: {
            /** @description Ids of tags that come to those there are. */
            addTagIds?: components["schemas"]["Line"][];
            /** @description The address of such a member, or of an outside assignee; null for nobody. */
            assigneeEmail?: components["schemas"]["EmailAddress"] | null;
            /** @description An active member with access to the brand; null for nobody. */
            assigneeId?: components["schemas"]["Line"] | null;
            /** @description The issue itself. */
            body?: string | null;
            /** @description Id or key of a category; null for none. */
            categoryId?: components["schemas"]["Line"] | null;
            /**
             * @description Why it is closed; only with the status `closed`.
             * @enum {string|null}
             */
            closeReason?: "no_response" | "out_of_scope" | "customer_left" | "duplicate" | null;
            /** @description Creates the customer or links the existing one. */
            customerEmail?: components["schemas"]["EmailAddress"];
            /** @description Links an existing customer; null unlinks. */
            customerId?: components["schemas"]["Line"] | null;
            /** @description The name of a new customer, or of one without a name. */
            customerName?: string;
            /** @description Merged at the top level; a null member removes that key. */
            customFields?: components["schemas"]["FreeJson"] | null;
            /** @description When it is due; null for never. */
            dueAt?: components["schemas"]["Moment"] | null;
            /** @description Refuses the change when the ticket has another `updatedAt`. */
            expectedUpdatedAt?: components["schemas"]["Moment"];
            /** @description Marks it as spam and blocks its customer, or takes both back. */
            isSpam?: boolean;
            /** @description Replaced as a whole. */
            links?: (components["schemas"]["HttpUrl"] | {
                /** @description What it is called. */
                title?: string | null;
                /** @description What kind of thing it leads to. */
                type?: string | null;
                /** @description Where it leads: http or https. */
                url: components["schemas"]["HttpUrl"];
            })[] | null;
            /** @description Merged at the top level; a null member removes that key. */
            metadata?: components["schemas"]["FreeJson"] | null;
            /**
             * @description How urgent it is.
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent" | "medium";
            /** @description Ids of tags that leave. */
            removeTagIds?: components["schemas"]["Line"][];
            /** @description Key, id or `sts_<key>` of a status. */
            status?: components["schemas"]["Line"];
            /** @description The same as `status`. */
            statusId?: components["schemas"]["Line"];
            /** @description Ids of tags; replaces those there are. */
            tagIds?: components["schemas"]["Line"][];
            /** @description Tags by id or name; replaces those there are, a new name makes a new tag. */
            tags?: components["schemas"]["Line"][];
            /** @description Short summary of the issue. */
            title?: string;
        };
        /**
         * Format: date-time
         * @description UTC with milliseconds.
         * @example 2026-01-02T03:04:05.678Z
         */
        Timestamp: string;
        /** @description A code that shows that the new secret has arrived. */
        TotpConfirm: {
            /** @description What the app shows now. */
            code: string;
        };
        /** @description The end of a second factor. */
        TotpDisable: {
            /** @description What the app shows now, or a recovery code. */
            code: string;
            /** @description The present password. */
            password: string;
        };
        /** @description A secret for an authenticator app. */
        TotpEnrolled: {
            /** @description The same as an address, to be shown as a QR code. */
            otpauthUrl: string;
            /** @description The secret in base32, to be typed. */
            secret: string;
        };
        /** @description One day (UTC). */
        TrendDay: {
            /**
             * Format: int64
             * @description Tickets created on it.
             */
            created: number;
            /** @description `2026-01-02`. */
            date: string;
            /**
             * Format: int64
             * @description Tickets resolved on it that are resolved still.
             */
            resolved: number;
        };
        /** @description Created against resolved, day by day. */
        Trends: {
            /** @description Every day (UTC), the oldest first. */
            data: components["schemas"]["TrendDay"][];
            /** @description The time that they cover. */
            period: components["schemas"]["TrendsPeriod"];
        };
        /** @description A span of time. */
        TrendsPeriod: {
            /** @description Its last. */
            end: components["schemas"]["Timestamp"];
            /** @description Its first moment. */
            start: components["schemas"]["Timestamp"];
        };
        /** @description What starts an automation. */
        Trigger: {
            /** @description Any of these events. */
            events: components["schemas"]["TriggerEvent"][];
        };
        /**
         * @description An event that can start an automation.
         * @enum {string}
         */
        TriggerEvent: "ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.merged" | "ticket.overdue" | "ticket.spam_marked" | "comment.created" | "attachment.created" | "feedback.submitted";
        /** @description Where to upload the bytes of an attachment. */
        Upload: {
            /** @description The attachment, which waits for its bytes. */
            attachment: components["schemas"]["Attachment"];
            /** @description The same. */
            attachmentId: components["schemas"]["AttachmentId"];
            /** @description What it is. */
            contentType: string;
            /** @description Until when it works. */
            expiresAt: components["schemas"]["Timestamp"];
            /**
             * Format: int64
             * @description For how many seconds the address works.
             */
            expiresIn: number;
            /** @description What the file is called. */
            filename: string;
            /** @description The headers to send with them, exactly as they stand here. */
            headers: {
                [key: string]: string;
            };
            /** @description The attachment. */
            id: components["schemas"]["AttachmentId"];
            /** @description How to send them: PUT. */
            method: string;
            /** @description PENDING. */
            status: components["schemas"]["AttachmentStatus"];
            /** @description Where to send the bytes, without a credential. */
            uploadUrl: string;
        };
        /** @description What the reachable brands hold. */
        Usage: {
            /**
             * Format: int64
             * @description Brands.
             */
            brandsCount: number;
            /**
             * Format: int64
             * @description Customers.
             */
            customersTotal: number;
            /**
             * Format: int64
             * @description Bytes of stored files.
             */
            storageBytes: number;
            /**
             * Format: int64
             * @description Tickets created since the start of the month, UTC.
             */
            ticketsThisMonth: number;
            /**
             * Format: int64
             * @description Tickets in all that are not deleted.
             */
            ticketsTotal: number;
        };
        /** @description Somebody who follows a sign-in link. */
        Verify: {
            /**
             * @description How the session is handed over; `cookie` when left out.
             * @enum {string|null}
             */
            mode?: "cookie" | "token" | null;
            /** @description The token of the link. */
            token: string;
            /** @description The code of the second factor, or a recovery code, of those who have one. */
            totpCode?: string | null;
        };
        /** @description Somebody who watches a ticket. */
        Watcher: {
            /** @description When it was added. */
            addedAt: components["schemas"]["Timestamp"];
            /** @description Who added it: the address of a member, or the name of an API key. */
            addedBy: string | null;
            /** @description The address. */
            email: string;
            /** @description Its id. */
            id: components["schemas"]["WatcherId"];
            /** @description The member, when it is one. */
            memberId: components["schemas"]["MemberId"] | null;
            /** @description The name. */
            name: string | null;
            /** @description Whether it hears of comments. */
            notifyOnComment: boolean;
            /** @description Whether it hears of changes of the status. */
            notifyOnStatusChange: boolean;
            /** @description The ticket. */
            ticketId: components["schemas"]["TicketId"];
        };
        /**
         * @description An opaque id that starts with `wat_`; ordered by time.
         * @example wat_01kdyak43d7trmct2jayyxcg7v
         */
        WatcherId: string;
        /** @description What a watcher hears of. */
        WatcherPatch: {
            /** @description Whether it hears of comments. */
            notifyOnComment?: boolean;
            /** @description Whether it hears of changes of the status. */
            notifyOnStatusChange?: boolean;
        };
        /** @description A webhook of a brand. */
        Webhook: {
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description What it is for. */
            description: string | null;
            /** @description Why the server has disabled it. */
            disabledReason: string | null;
            /** @description Whether events are sent. */
            enabled: boolean;
            /** @description The events that are sent: names, groups (`ticket.*`) and `*`. */
            events: string[];
            /**
             * Format: int64
             * @description Failed attempts in a row.
             */
            failureCount: number;
            /** @description Its id. */
            id: components["schemas"]["WebhookId"];
            /** @description When the last attempt that failed ended. */
            lastFailure: components["schemas"]["Timestamp"] | null;
            /** @description When the last attempt that succeeded ended. */
            lastSuccess: components["schemas"]["Timestamp"] | null;
            /** @description When the last attempt began. */
            lastTriggered: components["schemas"]["Timestamp"] | null;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
            /** @description Where events are sent. */
            url: string;
        };
        /** @description A new webhook, shown once with its secret. */
        WebhookCreated: components["schemas"]["Webhook"] & {
            /** @description What deliveries are signed with. Null when the answer is a replay. */
            secret: string | null;
        };
        /**
         * @description An opaque id that starts with `wh_`; ordered by time.
         * @example wh_01kdyak43d7trmct2jayyxcg7v
         */
        WebhookId: string;
        /** @description A change of a webhook. */
        WebhookPatch: {
            /** @description What it is for. */
            description?: string | null;
            /** @description Whether events are sent. Enabling begins with what happens from then on, and forgets the failures. */
            enabled?: boolean;
            /** @description The events that are sent, as a whole. */
            events?: ("ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.deleted" | "ticket.restored" | "ticket.spam_marked" | "ticket.spam_unmarked" | "ticket.merged" | "ticket.overdue" | "comment.created" | "comment.updated" | "comment.deleted" | "attachment.created" | "attachment.deleted" | "watcher.added" | "watcher.removed" | "customer.created" | "customer.updated" | "customer.deleted" | "company.created" | "company.updated" | "company.deleted" | "feedback.requested" | "feedback.submitted" | "automation.failed" | "connection.failed" | "mail.quarantined" | "mail.failed" | "webhook.disabled" | "ticket.comment.created" | "ticket.comment.updated" | "ticket.comment.deleted" | "ticket.*" | "comment.*" | "attachment.*" | "watcher.*" | "customer.*" | "company.*" | "feedback.*" | "automation.*" | "connection.*" | "mail.*" | "webhook.*" | "ticket.comment.*" | "*")[];
            /** @description Another secret, which replaces the present one at once. */
            secret?: string;
            /** @description Where events are sent. */
            url?: components["schemas"]["HttpUrl"];
        };
        /**
         * @description That all is well.
         * @enum {string}
         */
        Well: "ok";
    };
    responses: {
        /** @description `conflict`: Duplicate unique value, or a state or a limit that forbids the action. */
        Conflict: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "conflict",
                 *       "message": "The key in_progress is taken.",
                 *       "requestId": "req_01kdyak43d7trmct2jayyxcg7v"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description `forbidden`: The role is too low, the request comes from another page than ours, or a signed link is altered or expired. */
        Forbidden: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "forbidden",
                 *       "message": "This credential may not write.",
                 *       "requestId": "req_01kdyak43d7trmct2jayyxcg7v"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description `validation_error`: Malformed JSON, wrong type, missing or bad value, unknown enum, unknown reference in a body. */
        Invalid: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "validation_error",
                 *       "message": "The request has 1 invalid field.",
                 *       "errors": [
                 *         {
                 *           "field": "priority",
                 *           "message": "must be one of: low, normal, high, urgent"
                 *         }
                 *       ],
                 *       "requestId": "req_01kdyak43d7trmct2jayyxcg7v"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description `conflict`: Duplicate unique value, or a state or a limit that forbids the action. `idempotency_mismatch`: The idempotency key was used with another body. */
        KeyConflict: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "idempotency_mismatch",
                 *       "message": "This idempotency key was used with another body.",
                 *       "requestId": "req_01kdyak43d7trmct2jayyxcg7v"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description `not_found`: Unknown route or object, or outside the scope. */
        NotFound: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "not_found",
                 *       "message": "There is nothing here, or nothing that this credential reaches.",
                 *       "requestId": "req_01kdyak43d7trmct2jayyxcg7v"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description `payload_too_large`: The body or the file is over its limit. */
        PayloadTooLarge: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "payload_too_large",
                 *       "message": "The body is larger than 4 MB.",
                 *       "requestId": "req_01kdyak43d7trmct2jayyxcg7v"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description `rate_limit_error`: The bucket is empty; see Retry-After. */
        RateLimited: {
            headers: {
                /**
                 * @description Whole seconds after which to try again.
                 * @example 2
                 */
                "Retry-After": number;
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "rate_limit_error",
                 *       "message": "Too many requests; try again in 2 s.",
                 *       "requestId": "req_01kdyak43d7trmct2jayyxcg7v"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description `server_error`: A bug; nothing was committed. */
        ServerError: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "server_error",
                 *       "message": "Something went wrong here; nothing was changed.",
                 *       "requestId": "req_01kdyak43d7trmct2jayyxcg7v"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description `authentication_error`: No credential, or one that is unknown, revoked or expired. */
        Unauthenticated: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "authentication_error",
                 *       "message": "A valid credential is needed: Authorization: Bearer sk_live_..., or a session that has not ended.",
                 *       "requestId": "req_01kdyak43d7trmct2jayyxcg7v"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description `unavailable`: A dependency is down or busy; see Retry-After. */
        Unavailable: {
            headers: {
                /**
                 * @description Whole seconds after which to try again.
                 * @example 2
                 */
                "Retry-After": number;
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "unavailable",
                 *       "message": "The database is unavailable; try again soon.",
                 *       "requestId": "req_01kdyak43d7trmct2jayyxcg7v"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description `unsupported_media_type`: A Content-Type that the route does not read. */
        UnsupportedMediaType: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                "X-Request-Id": components["headers"]["X-Request-Id"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "code": "unsupported_media_type",
                 *       "message": "This route reads application/json.",
                 *       "requestId": "req_01kdyak43d7trmct2jayyxcg7v"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /** @description The address of an assignee. */
        assigneeEmail: string;
        /** @description A member's id; `me` with a session; `null` or `unassigned` for nobody; `all`. */
        assigneeId: string;
        /**
         * @description The id of an attachment of this ticket, or of one that waits for its ticket.
         * @example att_01kdyak43d7trmct2jayyxcg7v
         */
        attachmentId: string;
        /**
         * @description The id of an automation.
         * @example aut_01kdyak43d7trmct2jayyxcg7v
         */
        automationId: string;
        /**
         * @description The id of a brand.
         * @example br_01kdyak43d7trmct2jayyxcg7v
         */
        brandId: string;
        /** @description Only these brands, by id, as far as the caller reaches them; all of those when left out. */
        brandIds: string[];
        /** @description Id or key of a category; `null` for none; `all`. */
        categoryId: string;
        /**
         * @description A category by its id or its key.
         * @example billing
         */
        "categoryId.categories": string;
        /**
         * @description The id of a comment of this ticket.
         * @example cmt_01kdyak43d7trmct2jayyxcg7v
         */
        commentId: string;
        /** @description The id of a company: tickets of all its customers. */
        companyId: string;
        /**
         * @description The id of a company.
         * @example co_01kdyak43d7trmct2jayyxcg7v
         */
        "companyId.companies": string;
        /**
         * @description The id of a connection.
         * @example con_01kdyak43d7trmct2jayyxcg7v
         */
        connectionId: string;
        /** @description Created at this time or later. */
        createdAfter: components["schemas"]["Moment"];
        /** @description Created before this time. */
        createdBefore: components["schemas"]["Moment"];
        /** @description Who created them. */
        createdBy: string[];
        /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
        cursor: string;
        /** @description `X-Next-Cursor` of the reply before. */
        "cursor.comments": string;
        /** @description The address of a customer. */
        customerEmail: string;
        /** @description The id of a customer. */
        customerId: string;
        /**
         * @description The id of a customer.
         * @example cus_01kdyak43d7trmct2jayyxcg7v
         */
        "customerId.customers": string;
        /** @description `customFields.<key>=<text>`, one parameter per key: equality with the text of a top-level scalar. */
        customFields: {
            [key: string]: string;
        };
        /** @description Only deleted ones; for admins. */
        deleted: boolean;
        /**
         * @description The id of a delivery of this webhook.
         * @example whd_01kdyak43d7trmct2jayyxcg7v
         */
        deliveryId: string;
        /** @description Due at this time or later. */
        dueAfter: components["schemas"]["Moment"];
        /** @description Due before this time. */
        dueBefore: components["schemas"]["Moment"];
        /** @description Before this moment; a bare date includes that day. */
        endDate: components["schemas"]["Moment"];
        /**
         * @description What the custom field belongs to.
         * @example ticket
         */
        entity: "ticket" | "customer" | "company";
        /** @description Only about the thing with this id. */
        entityId: string;
        /** @description Only about this kind of thing. */
        entityType: "ticket" | "comment" | "attachment" | "watcher" | "customer" | "company" | "feedback" | "brand" | "status" | "category" | "tag" | "field" | "form" | "view" | "macro" | "recurring" | "webhook" | "automation" | "connection" | "mailbox" | "mail" | "domain";
        /** @description Only these: names of events, groups (`ticket.*`) or `*`. */
        event: ("*" | "ticket.*" | "comment.*" | "attachment.*" | "watcher.*" | "customer.*" | "company.*" | "feedback.*" | "brand.*" | "status.*" | "category.*" | "tag.*" | "field.*" | "form.*" | "view.*" | "macro.*" | "recurring.*" | "webhook.*" | "automation.*" | "connection.*" | "mailbox.*" | "mail.*" | "domain.*" | "ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.deleted" | "ticket.restored" | "ticket.spam_marked" | "ticket.spam_unmarked" | "ticket.merged" | "ticket.overdue" | "comment.created" | "comment.updated" | "comment.deleted" | "attachment.created" | "attachment.deleted" | "watcher.added" | "watcher.removed" | "customer.created" | "customer.updated" | "customer.deleted" | "company.created" | "company.updated" | "company.deleted" | "feedback.requested" | "feedback.submitted" | "brand.created" | "brand.updated" | "brand.deleted" | "status.created" | "status.updated" | "status.deleted" | "status.reordered" | "category.created" | "category.updated" | "category.deleted" | "category.reordered" | "tag.created" | "tag.updated" | "tag.deleted" | "tag.merged" | "field.created" | "field.updated" | "field.deleted" | "field.reordered" | "form.created" | "form.updated" | "form.deleted" | "view.created" | "view.updated" | "view.deleted" | "macro.created" | "macro.updated" | "macro.deleted" | "recurring.created" | "recurring.updated" | "recurring.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "webhook.disabled" | "automation.created" | "automation.updated" | "automation.deleted" | "automation.reordered" | "automation.failed" | "connection.created" | "connection.updated" | "connection.deleted" | "connection.failed" | "mailbox.created" | "mailbox.updated" | "mailbox.deleted" | "mail.quarantined" | "mail.failed" | "mail.relay_created" | "mail.relay_updated" | "mail.relay_deleted" | "domain.created" | "domain.updated" | "domain.deleted" | "ticket.comment.*" | "ticket.comment.created" | "ticket.comment.updated" | "ticket.comment.deleted")[];
        /** @description The id of a form; finds nothing until forms are available. */
        formId: string;
        /** @description Whether files hang on it. */
        hasAttachments: boolean;
        /**
         * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
         * @example order-1234-created
         */
        "Idempotency-Key": string;
        /** @description Without spam, only spam, or both. */
        isSpam: "true" | "false" | "any" | "1" | "0";
        /**
         * @description The key of a definition.
         * @example orderId
         */
        key: string;
        /**
         * @description The id of an API key.
         * @example key_01kdyak43d7trmct2jayyxcg7v
         */
        keyId: string;
        /** @description Items of the page. */
        limit: number;
        /**
         * @description The id of a mail, sent or received.
         * @example ml_01kdyak43d7trmct2jayyxcg7v
         */
        mailId: string;
        /**
         * @description The id of a member; where members are changed or removed, also that of an invitation.
         * @example usr_01kdyak43d7trmct2jayyxcg7v
         */
        memberId: string;
        /** @description Whether it was merged into another. */
        merged: boolean;
        /** @description For priorities `desc` begins with urgent. Empty values come last in both. */
        order: "asc" | "desc";
        /** @description Newest or oldest first. */
        "order.accounts": "asc" | "desc";
        /** @description Whether it is active and was due before now. */
        overdue: boolean;
        /** @description Only by the actor with this id. */
        performerId: string;
        /** @description Only by this kind of actor. */
        performerType: "user" | "api" | "customer" | "automation" | "system";
        /** @description `medium` means `normal`; `all` is no filter. */
        priority: ("low" | "normal" | "high" | "urgent" | "medium" | "all")[];
        /**
         * @description Every word must begin a word of the title, the body, the number, a comment or the customer's name or address, whatever its case and accents.
         * @example invoice download
         */
        search: string;
        /** @description What they are sorted by. */
        sort: "createdAt" | "updatedAt" | "priority" | "ticketNumber" | "title" | "status" | "customer" | "company" | "assignee" | "category" | "dueAt";
        /** @description The channels that they came from; `all` is no filter. */
        source: string[];
        /** @description Their id in the channel that they came from. */
        sourceId: string;
        /** @description From this moment on. */
        startDate: components["schemas"]["Moment"];
        /**
         * @description Keys or ids; `active` (custom statuses included), `inactive`, or `all`.
         * @example [
         *       "active"
         *     ]
         */
        status: string[];
        /** @description Only these. */
        "status.automations": "success" | "partial" | "failed" | "skipped";
        /**
         * @description A status by its id, its key or `sts_<key>`.
         * @example sts_in_progress
         */
        statusId: string;
        /**
         * @description The id of a tag.
         * @example tag_01kdyak43d7trmct2jayyxcg7v
         */
        tagId: string;
        /** @description Ids of tags. */
        tagIds: string[];
        /** @description Whether one of the tags is enough, or all of them must be there. */
        tagMatch: "any" | "all";
        /**
         * @description The id of a ticket, or its number, such as `DT-1042` in any case.
         * @example DT-1042
         */
        ticketId: string;
        /** @description About this ticket alone: its id or its number. */
        "ticketId.automations": string;
        /**
         * @description Only of this ticket, by id or number, and of its parts.
         * @example DT-1042
         */
        "ticketId.events": string;
        /**
         * @description The token of an invitation: the end of its link.
         * @example 7v3k1n8q0s5w2x9y4z6a
         */
        token: string;
        /** @description Only these: names of events, groups (`ticket.*`) or `*`. */
        types: ("*" | "ticket.*" | "comment.*" | "attachment.*" | "watcher.*" | "customer.*" | "company.*" | "feedback.*" | "brand.*" | "status.*" | "category.*" | "tag.*" | "field.*" | "form.*" | "view.*" | "macro.*" | "recurring.*" | "webhook.*" | "automation.*" | "connection.*" | "mailbox.*" | "mail.*" | "domain.*" | "ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.deleted" | "ticket.restored" | "ticket.spam_marked" | "ticket.spam_unmarked" | "ticket.merged" | "ticket.overdue" | "comment.created" | "comment.updated" | "comment.deleted" | "attachment.created" | "attachment.deleted" | "watcher.added" | "watcher.removed" | "customer.created" | "customer.updated" | "customer.deleted" | "company.created" | "company.updated" | "company.deleted" | "feedback.requested" | "feedback.submitted" | "brand.created" | "brand.updated" | "brand.deleted" | "status.created" | "status.updated" | "status.deleted" | "status.reordered" | "category.created" | "category.updated" | "category.deleted" | "category.reordered" | "tag.created" | "tag.updated" | "tag.deleted" | "tag.merged" | "field.created" | "field.updated" | "field.deleted" | "field.reordered" | "form.created" | "form.updated" | "form.deleted" | "view.created" | "view.updated" | "view.deleted" | "macro.created" | "macro.updated" | "macro.deleted" | "recurring.created" | "recurring.updated" | "recurring.deleted" | "webhook.created" | "webhook.updated" | "webhook.deleted" | "webhook.disabled" | "automation.created" | "automation.updated" | "automation.deleted" | "automation.reordered" | "automation.failed" | "connection.created" | "connection.updated" | "connection.deleted" | "connection.failed" | "mailbox.created" | "mailbox.updated" | "mailbox.deleted" | "mail.quarantined" | "mail.failed" | "mail.relay_created" | "mail.relay_updated" | "mail.relay_deleted" | "domain.created" | "domain.updated" | "domain.deleted" | "ticket.comment.*" | "ticket.comment.created" | "ticket.comment.updated" | "ticket.comment.deleted")[];
        /** @description Changed at this time or later. */
        updatedAfter: components["schemas"]["Moment"];
        /** @description Last changed before this time. */
        updatedBefore: components["schemas"]["Moment"];
        /**
         * @description The id of a watcher of this ticket, or its member's id or address.
         * @example wat_01kdyak43d7trmct2jayyxcg7v
         */
        watcherId: string;
        /**
         * @description The id of a webhook.
         * @example wh_01kdyak43d7trmct2jayyxcg7v
         */
        webhookId: string;
        /**
         * @description The same under another name. When both are there, they say the same.
         * @example order-1234-created
         */
        "X-Idempotency-Key": string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description There when this is the first answer again and nothing was done.
         * @example true
         */
        "Idempotency-Replayed": "true";
        /**
         * @description Whole seconds after which to try again.
         * @example 2
         */
        "Retry-After": number;
        /** @description The session's cookie, or its end. Not with mode `token`. */
        "Set-Cookie": string;
        /**
         * @description How to authenticate.
         * @example Bearer
         */
        "WWW-Authenticate": "Bearer";
        /** @description Fields of the body that are not known, percent-encoded, with commas between them. */
        "X-Ignored-Fields": string;
        /** @description There when more exist: pass it as `cursor`. */
        "X-Next-Cursor": string;
        /**
         * @description Tokens of a full bucket. Missing when the limits are switched off.
         * @example 1000
         */
        "X-RateLimit-Limit": number;
        /**
         * @description Whole tokens left.
         * @example 1000
         */
        "X-RateLimit-Remaining": number;
        /**
         * @description Unix seconds when the bucket is full again.
         * @example 1000
         */
        "X-RateLimit-Reset": number;
        /**
         * @description The id of the request, for the log and for whoever helps.
         * @example req_01kdyak43d7trmct2jayyxcg7v
         */
        "X-Request-Id": string;
    };
    pathItems: never;
}
export interface operations {
    "accounts.me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    "accounts.delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The end of the account. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountDeletion"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountDeleted"];
                };
            };
        };
    };
    "accounts.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A change of the account. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    "apiKeys.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"][];
                };
            };
        };
    };
    "apiKeys.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A new API key. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKeyReply"];
                };
            };
        };
    };
    "apiKeys.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an API key.
                 * @example key_01kdyak43d7trmct2jayyxcg7v
                 */
                keyId: components["parameters"]["keyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "apiKeys.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an API key.
                 * @example key_01kdyak43d7trmct2jayyxcg7v
                 */
                keyId: components["parameters"]["keyId"];
            };
            cookie?: never;
        };
        /** @description A change of an API key; it applies to the next request. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApiKeyPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
        };
    };
    "apiKeys.setScope": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an API key.
                 * @example key_01kdyak43d7trmct2jayyxcg7v
                 */
                keyId: components["parameters"]["keyId"];
            };
            cookie?: never;
        };
        /** @description A change of what an API key reaches. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ScopePatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Success"];
                };
            };
        };
    };
    "accounts.logs": {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description Before this moment; a bare date includes that day. */
                endDate?: components["parameters"]["endDate"];
                /** @description Only about the thing with this id. */
                entityId?: components["parameters"]["entityId"];
                /** @description Only about this kind of thing. */
                entityType?: "account" | "api_key" | "member" | "brand";
                /** @description Only these: names of events, groups (`ticket.*`) or `*`. */
                event?: ("*" | "account.*" | "api_key.*" | "member.*" | "brand.*" | "account.updated" | "api_key.created" | "api_key.updated" | "api_key.deleted" | "member.invited" | "member.joined" | "member.updated" | "member.removed" | "brand.created" | "brand.deleted")[];
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /** @description Newest or oldest first. */
                order?: components["parameters"]["order.accounts"];
                /** @description Only by the actor with this id. */
                performerId?: components["parameters"]["performerId"];
                /** @description Only by this kind of actor. */
                performerType?: components["parameters"]["performerType"];
                /** @description From this moment on. */
                startDate?: components["parameters"]["startDate"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditLog"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "accounts.usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
        };
    };
    "auth.acceptInvite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Somebody who joins the account. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvite"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    "auth.accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountChoice"][];
                };
            };
        };
    };
    "auth.config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthConfig"];
                };
            };
        };
    };
    "auth.invite": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The token of an invitation: the end of its link.
                 * @example 7v3k1n8q0s5w2x9y4z6a
                 */
                token: components["parameters"]["token"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteShown"];
                };
            };
        };
    };
    "auth.login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Somebody who signs in. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    "auth.logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The end of a session. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Logout"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Success"];
                };
            };
        };
    };
    "auth.magicLink": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description An address to mail a link to. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailLink"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Success"];
                };
            };
        };
    };
    "auth.changePassword": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A new password, by the old one. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Success"];
                };
            };
        };
    };
    "auth.forgotPassword": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description An address to mail a link to. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailLink"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Success"];
                };
            };
        };
    };
    "auth.resetPassword": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A new password, by the link of a mail. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordReset"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Success"];
                };
            };
        };
    };
    "profile.get": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    "profile.update": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A change of what a member sets for themself. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProfilePatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    "profile.requestAvatar": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A picture of the member that shall be uploaded. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAvatar"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
        };
    };
    "profile.deleteAvatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    "profile.confirmAvatar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A picture that has been uploaded. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AvatarUploaded"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Profile"];
                };
            };
        };
    };
    "auth.session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    "auth.setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The first owner, with the token of the setup link. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Setup"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    "auth.switchAccount": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Another account of the same person. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwitchAccount"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    "auth.confirmTotp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A code that shows that the new secret has arrived. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpConfirm"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
        };
    };
    "auth.disableTotp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The end of a second factor. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TotpDisable"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Success"];
                };
            };
        };
    };
    "auth.enrollTotp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TotpEnrolled"];
                };
            };
        };
    };
    "auth.transferOwnership": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The next owner. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnershipTransfer"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Success"];
                };
            };
        };
    };
    "auth.verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Somebody who follows a sign-in link. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Verify"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["Set-Cookie"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    "brands.list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brand"][];
                };
            };
        };
    };
    "brands.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A new brand. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBrand"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brand"];
                };
            };
        };
    };
    "brands.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brand"];
                };
            };
        };
    };
    "brands.delete": {
        parameters: {
            query?: {
                /** @description Deletes when it is true. */
                confirm?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brand"] | components["schemas"]["BrandContents"];
                };
            };
        };
    };
    "brands.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A change of a brand. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BrandPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brand"];
                };
            };
        };
    };
    "attachments.requestPendingUpload": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A file that shall be uploaded before its ticket exists. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPendingUpload"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
        };
    };
    "attachments.confirmPending": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an attachment of this ticket, or of one that waits for its ticket.
                 * @example att_01kdyak43d7trmct2jayyxcg7v
                 */
                attachmentId: components["parameters"]["attachmentId"];
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
        };
    };
    "attachments.urls": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description Attachments whose addresses are asked for. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachmentsAsked"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentUrls"];
                };
            };
        };
    };
    "automations.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Automation"][];
                };
            };
        };
    };
    "automations.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A new automation. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewAutomation"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Automation"];
                };
            };
        };
    };
    "automations.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an automation.
                 * @example aut_01kdyak43d7trmct2jayyxcg7v
                 */
                automationId: components["parameters"]["automationId"];
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Automation"];
                };
            };
        };
    };
    "automations.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an automation.
                 * @example aut_01kdyak43d7trmct2jayyxcg7v
                 */
                automationId: components["parameters"]["automationId"];
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "automations.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an automation.
                 * @example aut_01kdyak43d7trmct2jayyxcg7v
                 */
                automationId: components["parameters"]["automationId"];
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A change of an automation. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AutomationPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Automation"];
                };
            };
        };
    };
    "automations.runsOf": {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /** @description Only these. */
                status?: components["parameters"]["status.automations"];
                /** @description About this ticket alone: its id or its number. */
                ticketId?: components["parameters"]["ticketId.automations"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of an automation.
                 * @example aut_01kdyak43d7trmct2jayyxcg7v
                 */
                automationId: components["parameters"]["automationId"];
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Run"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "automations.test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an automation.
                 * @example aut_01kdyak43d7trmct2jayyxcg7v
                 */
                automationId: components["parameters"]["automationId"];
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A dry run of an automation. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AutomationTest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationTested"];
                };
            };
        };
    };
    "automations.reorder": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description The order of execution of all automations. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AutomationOrder"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Automation"][];
                };
            };
        };
    };
    "automations.runs": {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /** @description Only these. */
                status?: components["parameters"]["status.automations"];
                /** @description About this ticket alone: its id or its number. */
                ticketId?: components["parameters"]["ticketId.automations"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Run"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "automations.retryRun": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a run of an automation.
                 * @example run_01kdyak43d7trmct2jayyxcg7v
                 */
                runId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Run"];
                };
            };
        };
    };
    "categories.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"][];
                };
            };
        };
    };
    "categories.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A new category. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCategory"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
        };
    };
    "categories.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description A category by its id or its key.
                 * @example billing
                 */
                categoryId: components["parameters"]["categoryId.categories"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
        };
    };
    "categories.delete": {
        parameters: {
            query?: {
                /** @description The category that its tickets get, by id or key; may also stand in the body. */
                replacementCategoryId?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description A category by its id or its key.
                 * @example billing
                 */
                categoryId: components["parameters"]["categoryId.categories"];
            };
            cookie?: never;
        };
        /** @description What becomes of the tickets of a deleted category. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CategoryReplacement"];
            };
        };
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "categories.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description A category by its id or its key.
                 * @example billing
                 */
                categoryId: components["parameters"]["categoryId.categories"];
            };
            cookie?: never;
        };
        /** @description A change of a category. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CategoryPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"];
                };
            };
        };
    };
    "categories.reorder": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description The display order of all categories. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CategoryOrder"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Category"][];
                };
            };
        };
    };
    "categories.stats": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CategoryStats"];
                };
            };
        };
    };
    "companies.list": {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /** @description Up or down. */
                order?: "asc" | "desc";
                /** @description Only those in whose name or domain each of these words begins a word. */
                search?: string;
                /** @description What they are sorted by. */
                sort?: "name" | "createdAt";
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Company"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "companies.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A new company. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCompany"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
        };
    };
    "companies.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a company.
                 * @example co_01kdyak43d7trmct2jayyxcg7v
                 */
                companyId: components["parameters"]["companyId.companies"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
        };
    };
    "companies.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a company.
                 * @example co_01kdyak43d7trmct2jayyxcg7v
                 */
                companyId: components["parameters"]["companyId.companies"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
        };
    };
    "companies.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a company.
                 * @example co_01kdyak43d7trmct2jayyxcg7v
                 */
                companyId: components["parameters"]["companyId.companies"];
            };
            cookie?: never;
        };
        /** @description A change of a company. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CompanyPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Company"];
                };
            };
        };
    };
    "companies.tickets": {
        parameters: {
            query?: {
                /** @description The address of an assignee. */
                assigneeEmail?: components["parameters"]["assigneeEmail"];
                /** @description A member's id; `me` with a session; `null` or `unassigned` for nobody; `all`. */
                assigneeId?: components["parameters"]["assigneeId"];
                /** @description Id or key of a category; `null` for none; `all`. */
                categoryId?: components["parameters"]["categoryId"];
                /** @description The id of a company: tickets of all its customers. */
                companyId?: components["parameters"]["companyId"];
                /** @description Created at this time or later. */
                createdAfter?: components["parameters"]["createdAfter"];
                /** @description Created before this time. */
                createdBefore?: components["parameters"]["createdBefore"];
                /** @description Who created them. */
                createdBy?: components["parameters"]["createdBy"];
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description The address of a customer. */
                customerEmail?: components["parameters"]["customerEmail"];
                /** @description The id of a customer. */
                customerId?: components["parameters"]["customerId"];
                /** @description `customFields.<key>=<text>`, one parameter per key: equality with the text of a top-level scalar. */
                customFields?: components["parameters"]["customFields"];
                /** @description Only deleted ones; for admins. */
                deleted?: components["parameters"]["deleted"];
                /** @description Due at this time or later. */
                dueAfter?: components["parameters"]["dueAfter"];
                /** @description Due before this time. */
                dueBefore?: components["parameters"]["dueBefore"];
                /** @description The id of a form; finds nothing until forms are available. */
                formId?: components["parameters"]["formId"];
                /** @description Whether files hang on it. */
                hasAttachments?: components["parameters"]["hasAttachments"];
                /** @description Without spam, only spam, or both. */
                isSpam?: components["parameters"]["isSpam"];
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /** @description Whether it was merged into another. */
                merged?: components["parameters"]["merged"];
                /** @description For priorities `desc` begins with urgent. Empty values come last in both. */
                order?: components["parameters"]["order"];
                /** @description Whether it is active and was due before now. */
                overdue?: components["parameters"]["overdue"];
                /** @description `medium` means `normal`; `all` is no filter. */
                priority?: components["parameters"]["priority"];
                /**
                 * @description Every word must begin a word of the title, the body, the number, a comment or the customer's name or address, whatever its case and accents.
                 * @example invoice download
                 */
                search?: components["parameters"]["search"];
                /** @description What they are sorted by. */
                sort?: components["parameters"]["sort"];
                /** @description The channels that they came from; `all` is no filter. */
                source?: components["parameters"]["source"];
                /** @description Their id in the channel that they came from. */
                sourceId?: components["parameters"]["sourceId"];
                /**
                 * @description Keys or ids; `active` (custom statuses included), `inactive`, or `all`.
                 * @example [
                 *       "active"
                 *     ]
                 */
                status?: components["parameters"]["status"];
                /** @description Ids of tags. */
                tagIds?: components["parameters"]["tagIds"];
                /** @description Whether one of the tags is enough, or all of them must be there. */
                tagMatch?: components["parameters"]["tagMatch"];
                /** @description Changed at this time or later. */
                updatedAfter?: components["parameters"]["updatedAfter"];
                /** @description Last changed before this time. */
                updatedBefore?: components["parameters"]["updatedBefore"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a company.
                 * @example co_01kdyak43d7trmct2jayyxcg7v
                 */
                companyId: components["parameters"]["companyId.companies"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Ticket"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "connections.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"][];
                };
            };
        };
    };
    "connections.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A new connection. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewConnection"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
        };
    };
    "connections.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a connection.
                 * @example con_01kdyak43d7trmct2jayyxcg7v
                 */
                connectionId: components["parameters"]["connectionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
        };
    };
    "connections.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a connection.
                 * @example con_01kdyak43d7trmct2jayyxcg7v
                 */
                connectionId: components["parameters"]["connectionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "connections.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a connection.
                 * @example con_01kdyak43d7trmct2jayyxcg7v
                 */
                connectionId: components["parameters"]["connectionId"];
            };
            cookie?: never;
        };
        /** @description A change of a connection. `config` and `secrets` hold fields of its type; those that are left out stay. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ConnectionPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
        };
    };
    "connections.test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a connection.
                 * @example con_01kdyak43d7trmct2jayyxcg7v
                 */
                connectionId: components["parameters"]["connectionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
        };
    };
    "customers.list": {
        parameters: {
            query?: {
                /** @description Only those of this company. */
                companyId?: string;
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description Only the one with this address, in any case. */
                email?: string;
                /** @description Whether its mail is treated as spam; `any` for both. */
                isBlocked?: "true" | "false" | "any" | "1" | "0";
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /** @description Empty values come last in both. */
                order?: "asc" | "desc";
                /**
                 * @description Only those of whom each of these words begins a word of the name or the address.
                 * @example jane
                 */
                search?: string;
                /** @description What they are sorted by. */
                sort?: "createdAt" | "name" | "email";
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Customer"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "customers.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A new customer. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCustomer"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
        };
    };
    "customers.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a customer.
                 * @example cus_01kdyak43d7trmct2jayyxcg7v
                 */
                customerId: components["parameters"]["customerId.customers"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
        };
    };
    "customers.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a customer.
                 * @example cus_01kdyak43d7trmct2jayyxcg7v
                 */
                customerId: components["parameters"]["customerId.customers"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
        };
    };
    "customers.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a customer.
                 * @example cus_01kdyak43d7trmct2jayyxcg7v
                 */
                customerId: components["parameters"]["customerId.customers"];
            };
            cookie?: never;
        };
        /** @description A change of a customer. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CustomerPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
        };
    };
    "customers.erase": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a customer.
                 * @example cus_01kdyak43d7trmct2jayyxcg7v
                 */
                customerId: components["parameters"]["customerId.customers"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerErased"];
                };
            };
        };
    };
    "customers.search": {
        parameters: {
            query: {
                /** @description Customers at most. */
                limit?: number;
                /**
                 * @description What is typed so far: the beginnings of words of the name or the address.
                 * @example jane
                 */
                q: string;
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"][];
                };
            };
        };
    };
    "events.list": {
        parameters: {
            query?: {
                /**
                 * @description A position or an event id: what comes behind it. `now` for only the position; the oldest event when left out.
                 * @example 17
                 */
                after?: string;
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /**
                 * @description Only of this ticket, by id or number, and of its parts.
                 * @example DT-1042
                 */
                ticketId?: components["parameters"]["ticketId.events"];
                /** @description Only these: names of events, groups (`ticket.*`) or `*`. */
                types?: components["parameters"]["types"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
        };
    };
    "events.stream": {
        parameters: {
            query?: {
                /**
                 * @description A position or an event id: what comes behind it. `now`, or nothing, for what happens from now on.
                 * @example 17
                 */
                after?: string;
                /**
                 * @description Only of this ticket, by id or number, and of its parts.
                 * @example DT-1042
                 */
                ticketId?: components["parameters"]["ticketId.events"];
                /** @description Only these: names of events, groups (`ticket.*`) or `*`. */
                types?: components["parameters"]["types"];
            };
            header?: {
                /**
                 * @description `id` of the last frame that was seen: the stream goes on behind it. Counts more than `after`.
                 * @example 17
                 */
                "Last-Event-ID"?: string;
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
        };
    };
    "fields.listAll": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldDefinitions"];
                };
            };
        };
    };
    "fields.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description What the custom field belongs to.
                 * @example ticket
                 */
                entity: components["parameters"]["entity"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldDefinition"][];
                };
            };
        };
    };
    "fields.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description What the custom field belongs to.
                 * @example ticket
                 */
                entity: components["parameters"]["entity"];
            };
            cookie?: never;
        };
        /** @description A new definition of a custom field. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewField"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldDefinition"];
                };
            };
        };
    };
    "fields.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description What the custom field belongs to.
                 * @example ticket
                 */
                entity: components["parameters"]["entity"];
                /**
                 * @description The key of a definition.
                 * @example orderId
                 */
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "fields.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description What the custom field belongs to.
                 * @example ticket
                 */
                entity: components["parameters"]["entity"];
                /**
                 * @description The key of a definition.
                 * @example orderId
                 */
                key: components["parameters"]["key"];
            };
            cookie?: never;
        };
        /** @description A change of a definition of a custom field. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["FieldPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldDefinition"];
                };
            };
        };
    };
    "fields.reorder": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description What the custom field belongs to.
                 * @example ticket
                 */
                entity: components["parameters"]["entity"];
            };
            cookie?: never;
        };
        /** @description The display order of the definitions of one entity. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["FieldOrder"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldDefinition"][];
                };
            };
        };
    };
    "mail.createInboundToken": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboundToken"];
                };
            };
        };
    };
    "mail.deleteInboundToken": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "logs.list": {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description Before this moment; a bare date includes that day. */
                endDate?: components["parameters"]["endDate"];
                /** @description Only about the thing with this id. */
                entityId?: components["parameters"]["entityId"];
                /** @description Only about this kind of thing. */
                entityType?: components["parameters"]["entityType"];
                /** @description Only these: names of events, groups (`ticket.*`) or `*`. */
                event?: components["parameters"]["event"];
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /** @description Newest or oldest first. */
                order?: components["parameters"]["order.accounts"];
                /** @description Only by the actor with this id. */
                performerId?: components["parameters"]["performerId"];
                /** @description Only by this kind of actor. */
                performerType?: components["parameters"]["performerType"];
                /** @description From this moment on. */
                startDate?: components["parameters"]["startDate"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["AuditLog"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "logs.csv": {
        parameters: {
            query?: {
                /** @description Before this moment; a bare date includes that day. */
                endDate?: components["parameters"]["endDate"];
                /** @description Only about the thing with this id. */
                entityId?: components["parameters"]["entityId"];
                /** @description Only about this kind of thing. */
                entityType?: components["parameters"]["entityType"];
                /** @description Only these: names of events, groups (`ticket.*`) or `*`. */
                event?: components["parameters"]["event"];
                /** @description Newest or oldest first. */
                order?: components["parameters"]["order.accounts"];
                /** @description Only by the actor with this id. */
                performerId?: components["parameters"]["performerId"];
                /** @description Only by this kind of actor. */
                performerType?: components["parameters"]["performerType"];
                /** @description From this moment on. */
                startDate?: components["parameters"]["startDate"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    "mail.list": {
        parameters: {
            query?: {
                /** @description Only from then on. */
                createdAfter?: components["schemas"]["Moment"];
                /** @description Only before then. */
                createdBefore?: components["schemas"]["Moment"];
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description Only that way. */
                direction?: ("in" | "out")[];
                /** @description Only from this address. */
                from?: string;
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /** @description Only with these outcomes. */
                outcome?: ("queued" | "sent" | "failed" | "bounced" | "suppressed" | "received" | "duplicate" | "quarantined" | "auto_reply_ignored" | "blocked" | "appended" | "created")[];
                /** @description Only with this in the subject. */
                search?: string;
                /** @description Only of this ticket: id or number. */
                ticketId?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["MailRecord"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "mail.getRelay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailRelay"];
                };
            };
        };
    };
    "mail.setRelay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A relay as a whole; only a password that is left out stays as it is. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewRelay"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailRelay"];
                };
            };
        };
    };
    "mail.deleteRelay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "mail.testRelay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailRelayTest"];
                };
            };
        };
    };
    "mail.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a mail, sent or received.
                 * @example ml_01kdyak43d7trmct2jayyxcg7v
                 */
                mailId: components["parameters"]["mailId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailRecord"];
                };
            };
        };
    };
    "mail.raw": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a mail, sent or received.
                 * @example ml_01kdyak43d7trmct2jayyxcg7v
                 */
                mailId: components["parameters"]["mailId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "message/rfc822": string;
                };
            };
        };
    };
    "mail.reprocess": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a mail, sent or received.
                 * @example ml_01kdyak43d7trmct2jayyxcg7v
                 */
                mailId: components["parameters"]["mailId"];
            };
            cookie?: never;
        };
        /** @description What is to become of a message that is looked at again. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Reprocess"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailRecord"];
                };
            };
        };
    };
    "mail.resend": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a mail, sent or received.
                 * @example ml_01kdyak43d7trmct2jayyxcg7v
                 */
                mailId: components["parameters"]["mailId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailRecord"];
                };
            };
        };
    };
    "mail.getMailbox": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mailbox"];
                };
            };
        };
    };
    "mail.setMailbox": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A mailbox as a whole; only secrets that are left out stay as they are. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewMailbox"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Mailbox"];
                };
            };
        };
    };
    "mail.deleteMailbox": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "mail.testMailbox": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailboxTest"];
                };
            };
        };
    };
    "brands.sendPortalLink": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description Whom a link to the portal is mailed to. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["StaffPortalLink"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Success"];
                };
            };
        };
    };
    "brands.createPortalToken": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A customer who is to be signed in to the portal. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPortalToken"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalSession"];
                };
            };
        };
    };
    "brands.getSchema": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonText"] | null;
                };
            };
        };
    };
    "brands.updateSchema": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A schema of your own: any JSON object of at most 64 KB. It is stored and never enforced. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SchemaInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonText"];
                };
            };
        };
    };
    "statuses.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"][];
                };
            };
        };
    };
    "statuses.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A new custom status. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStatus"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
        };
    };
    "statuses.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description A status by its id, its key or `sts_<key>`.
                 * @example sts_in_progress
                 */
                statusId: components["parameters"]["statusId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
        };
    };
    "statuses.delete": {
        parameters: {
            query?: {
                /** @description The status that its tickets get; may also stand in the body. */
                replacementStatusId?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description A status by its id, its key or `sts_<key>`.
                 * @example sts_in_progress
                 */
                statusId: components["parameters"]["statusId"];
            };
            cookie?: never;
        };
        /** @description What becomes of the tickets of a deleted status. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StatusReplacement"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusDeleted"];
                };
            };
        };
    };
    "statuses.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description A status by its id, its key or `sts_<key>`.
                 * @example sts_in_progress
                 */
                statusId: components["parameters"]["statusId"];
            };
            cookie?: never;
        };
        /** @description A change of a status. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StatusPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
        };
    };
    "statuses.reorder": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description The display order of all statuses. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusOrder"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"][];
                };
            };
        };
    };
    "statuses.stats": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatusCount"][];
                };
            };
        };
    };
    "tags.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"][];
                };
            };
        };
    };
    "tags.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A new tag. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTag"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
        };
    };
    "tags.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a tag.
                 * @example tag_01kdyak43d7trmct2jayyxcg7v
                 */
                tagId: components["parameters"]["tagId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
        };
    };
    "tags.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a tag.
                 * @example tag_01kdyak43d7trmct2jayyxcg7v
                 */
                tagId: components["parameters"]["tagId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "tags.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a tag.
                 * @example tag_01kdyak43d7trmct2jayyxcg7v
                 */
                tagId: components["parameters"]["tagId"];
            };
            cookie?: never;
        };
        /** @description A change of a tag. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TagPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
        };
    };
    "tags.merge": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a tag.
                 * @example tag_01kdyak43d7trmct2jayyxcg7v
                 */
                tagId: components["parameters"]["tagId"];
            };
            cookie?: never;
        };
        /** @description The tags that another one takes in. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagMerge"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergedTag"];
                };
            };
        };
    };
    "tags.stats": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagCount"][];
                };
            };
        };
    };
    "tickets.list": {
        parameters: {
            query?: {
                /** @description The address of an assignee. */
                assigneeEmail?: components["parameters"]["assigneeEmail"];
                /** @description A member's id; `me` with a session; `null` or `unassigned` for nobody; `all`. */
                assigneeId?: components["parameters"]["assigneeId"];
                /** @description Id or key of a category; `null` for none; `all`. */
                categoryId?: components["parameters"]["categoryId"];
                /** @description The id of a company: tickets of all its customers. */
                companyId?: components["parameters"]["companyId"];
                /** @description Created at this time or later. */
                createdAfter?: components["parameters"]["createdAfter"];
                /** @description Created before this time. */
                createdBefore?: components["parameters"]["createdBefore"];
                /** @description Who created them. */
                createdBy?: components["parameters"]["createdBy"];
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description The address of a customer. */
                customerEmail?: components["parameters"]["customerEmail"];
                /** @description The id of a customer. */
                customerId?: components["parameters"]["customerId"];
                /** @description `customFields.<key>=<text>`, one parameter per key: equality with the text of a top-level scalar. */
                customFields?: components["parameters"]["customFields"];
                /** @description Only deleted ones; for admins. */
                deleted?: components["parameters"]["deleted"];
                /** @description Due at this time or later. */
                dueAfter?: components["parameters"]["dueAfter"];
                /** @description Due before this time. */
                dueBefore?: components["parameters"]["dueBefore"];
                /** @description The id of a form; finds nothing until forms are available. */
                formId?: components["parameters"]["formId"];
                /** @description Whether files hang on it. */
                hasAttachments?: components["parameters"]["hasAttachments"];
                /** @description Without spam, only spam, or both. */
                isSpam?: components["parameters"]["isSpam"];
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /** @description Whether it was merged into another. */
                merged?: components["parameters"]["merged"];
                /** @description For priorities `desc` begins with urgent. Empty values come last in both. */
                order?: components["parameters"]["order"];
                /** @description Whether it is active and was due before now. */
                overdue?: components["parameters"]["overdue"];
                /** @description `medium` means `normal`; `all` is no filter. */
                priority?: components["parameters"]["priority"];
                /**
                 * @description Every word must begin a word of the title, the body, the number, a comment or the customer's name or address, whatever its case and accents.
                 * @example invoice download
                 */
                search?: components["parameters"]["search"];
                /** @description What they are sorted by. */
                sort?: components["parameters"]["sort"];
                /** @description The channels that they came from; `all` is no filter. */
                source?: components["parameters"]["source"];
                /** @description Their id in the channel that they came from. */
                sourceId?: components["parameters"]["sourceId"];
                /**
                 * @description Keys or ids; `active` (custom statuses included), `inactive`, or `all`.
                 * @example [
                 *       "active"
                 *     ]
                 */
                status?: components["parameters"]["status"];
                /** @description Ids of tags. */
                tagIds?: components["parameters"]["tagIds"];
                /** @description Whether one of the tags is enough, or all of them must be there. */
                tagMatch?: components["parameters"]["tagMatch"];
                /** @description Changed at this time or later. */
                updatedAfter?: components["parameters"]["updatedAfter"];
                /** @description Last changed before this time. */
                updatedBefore?: components["parameters"]["updatedBefore"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Ticket"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "tickets.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A new ticket. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTicket"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
        };
    };
    "tickets.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
        };
    };
    "tickets.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
        };
    };
    "tickets.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        /** @description A change of a ticket. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TicketPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
        };
    };
    "tickets.activity": {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /** @description Newest or oldest first. */
                order?: components["parameters"]["order.accounts"];
                /** @description Only these: names of events, groups (`ticket.*`) or `*`. */
                types?: components["parameters"]["types"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Activity"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "attachments.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"][];
                };
            };
        };
    };
    "attachments.requestUpload": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        /** @description A file that shall be uploaded to a ticket. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUpload"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
        };
    };
    "attachments.get": {
        parameters: {
            query?: {
                /** @description Whether a browser may show it; for png, jpeg, gif and webp alone. */
                inline?: boolean;
            };
            header?: never;
            path: {
                /**
                 * @description The id of an attachment of this ticket, or of one that waits for its ticket.
                 * @example att_01kdyak43d7trmct2jayyxcg7v
                 */
                attachmentId: components["parameters"]["attachmentId"];
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentWithUrl"];
                };
            };
        };
    };
    "attachments.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an attachment of this ticket, or of one that waits for its ticket.
                 * @example att_01kdyak43d7trmct2jayyxcg7v
                 */
                attachmentId: components["parameters"]["attachmentId"];
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "attachments.confirm": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an attachment of this ticket, or of one that waits for its ticket.
                 * @example att_01kdyak43d7trmct2jayyxcg7v
                 */
                attachmentId: components["parameters"]["attachmentId"];
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attachment"];
                };
            };
        };
    };
    "comments.list": {
        parameters: {
            query?: {
                /** @description Only by these. */
                authorType?: (("STAFF" | "CUSTOMER" | "SYSTEM") | string)[];
                /** @description `X-Next-Cursor` of the reply before. */
                cursor?: components["parameters"]["cursor.comments"];
                /** @description Comments at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-Next-Cursor": components["headers"]["X-Next-Cursor"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"][];
                };
            };
        };
    };
    "comments.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        /** @description A new comment. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
        };
    };
    "comments.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a comment of this ticket.
                 * @example cmt_01kdyak43d7trmct2jayyxcg7v
                 */
                commentId: components["parameters"]["commentId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentWithReplies"];
                };
            };
        };
    };
    "comments.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a comment of this ticket.
                 * @example cmt_01kdyak43d7trmct2jayyxcg7v
                 */
                commentId: components["parameters"]["commentId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
        };
    };
    "comments.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a comment of this ticket.
                 * @example cmt_01kdyak43d7trmct2jayyxcg7v
                 */
                commentId: components["parameters"]["commentId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        /** @description A change of a comment. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CommentPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
        };
    };
    "tickets.feedback": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"][];
                };
            };
        };
    };
    "tickets.logs": {
        parameters: {
            query?: {
                /** @description `X-Next-Cursor` of the reply before. */
                cursor?: components["parameters"]["cursor.comments"];
                /** @description Entries at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-Next-Cursor": components["headers"]["X-Next-Cursor"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditLog"][];
                };
            };
        };
    };
    "tickets.merge": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        /** @description The tickets that are merged into another. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeSources"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergedTicket"];
                };
            };
        };
    };
    "tickets.presence": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        /** @description What the caller does at a ticket. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPresence"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Presence"][];
                };
            };
        };
    };
    "tickets.restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
        };
    };
    "tickets.setSpam": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        /** @description Marks a ticket as spam, or takes it back. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["SpamMark"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
        };
    };
    "tickets.sendSurvey": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        /** @description The wish for a survey. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SurveyRequest"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
        };
    };
    "watchers.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watcher"][];
                };
            };
        };
    };
    "watchers.add": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        /** @description Somebody who shall watch a ticket: a member, or an address. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWatcher"];
            };
        };
        responses: {
            /** @description It was there already. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watcher"];
                };
            };
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watcher"];
                };
            };
        };
    };
    "watchers.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
                /**
                 * @description The id of a watcher of this ticket, or its member's id or address.
                 * @example wat_01kdyak43d7trmct2jayyxcg7v
                 */
                watcherId: components["parameters"]["watcherId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "watchers.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
                /**
                 * @description The id of a watcher of this ticket, or its member's id or address.
                 * @example wat_01kdyak43d7trmct2jayyxcg7v
                 */
                watcherId: components["parameters"]["watcherId"];
            };
            cookie?: never;
        };
        /** @description What a watcher hears of. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WatcherPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Watcher"];
                };
            };
        };
    };
    "tickets.bulk": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description One action on many tickets. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkReport"];
                };
            };
        };
    };
    "tickets.count": {
        parameters: {
            query?: {
                /** @description The address of an assignee. */
                assigneeEmail?: components["parameters"]["assigneeEmail"];
                /** @description A member's id; `me` with a session; `null` or `unassigned` for nobody; `all`. */
                assigneeId?: components["parameters"]["assigneeId"];
                /** @description Id or key of a category; `null` for none; `all`. */
                categoryId?: components["parameters"]["categoryId"];
                /** @description The id of a company: tickets of all its customers. */
                companyId?: components["parameters"]["companyId"];
                /** @description Created at this time or later. */
                createdAfter?: components["parameters"]["createdAfter"];
                /** @description Created before this time. */
                createdBefore?: components["parameters"]["createdBefore"];
                /** @description Who created them. */
                createdBy?: components["parameters"]["createdBy"];
                /** @description The address of a customer. */
                customerEmail?: components["parameters"]["customerEmail"];
                /** @description The id of a customer. */
                customerId?: components["parameters"]["customerId"];
                /** @description `customFields.<key>=<text>`, one parameter per key: equality with the text of a top-level scalar. */
                customFields?: components["parameters"]["customFields"];
                /** @description Only deleted ones; for admins. */
                deleted?: components["parameters"]["deleted"];
                /** @description Due at this time or later. */
                dueAfter?: components["parameters"]["dueAfter"];
                /** @description Due before this time. */
                dueBefore?: components["parameters"]["dueBefore"];
                /** @description The id of a form; finds nothing until forms are available. */
                formId?: components["parameters"]["formId"];
                /** @description Whether files hang on it. */
                hasAttachments?: components["parameters"]["hasAttachments"];
                /** @description Without spam, only spam, or both. */
                isSpam?: components["parameters"]["isSpam"];
                /** @description Whether it was merged into another. */
                merged?: components["parameters"]["merged"];
                /** @description For priorities `desc` begins with urgent. Empty values come last in both. */
                order?: components["parameters"]["order"];
                /** @description Whether it is active and was due before now. */
                overdue?: components["parameters"]["overdue"];
                /** @description `medium` means `normal`; `all` is no filter. */
                priority?: components["parameters"]["priority"];
                /**
                 * @description Every word must begin a word of the title, the body, the number, a comment or the customer's name or address, whatever its case and accents.
                 * @example invoice download
                 */
                search?: components["parameters"]["search"];
                /** @description What they are sorted by. */
                sort?: components["parameters"]["sort"];
                /** @description The channels that they came from; `all` is no filter. */
                source?: components["parameters"]["source"];
                /** @description Their id in the channel that they came from. */
                sourceId?: components["parameters"]["sourceId"];
                /**
                 * @description Keys or ids; `active` (custom statuses included), `inactive`, or `all`.
                 * @example [
                 *       "active"
                 *     ]
                 */
                status?: components["parameters"]["status"];
                /** @description Ids of tags. */
                tagIds?: components["parameters"]["tagIds"];
                /** @description Whether one of the tags is enough, or all of them must be there. */
                tagMatch?: components["parameters"]["tagMatch"];
                /** @description Changed at this time or later. */
                updatedAfter?: components["parameters"]["updatedAfter"];
                /** @description Last changed before this time. */
                updatedBefore?: components["parameters"]["updatedBefore"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCount"];
                };
            };
        };
    };
    "webhooks.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"][];
                };
            };
        };
    };
    "webhooks.create": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
            };
            cookie?: never;
        };
        /** @description A new webhook. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookCreated"];
                };
            };
        };
    };
    "webhooks.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a webhook.
                 * @example wh_01kdyak43d7trmct2jayyxcg7v
                 */
                webhookId: components["parameters"]["webhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    "webhooks.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a webhook.
                 * @example wh_01kdyak43d7trmct2jayyxcg7v
                 */
                webhookId: components["parameters"]["webhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gone; there is no body. */
            204: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    "webhooks.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a webhook.
                 * @example wh_01kdyak43d7trmct2jayyxcg7v
                 */
                webhookId: components["parameters"]["webhookId"];
            };
            cookie?: never;
        };
        /** @description A change of a webhook. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WebhookPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
        };
    };
    "webhooks.deliveries": {
        parameters: {
            query?: {
                /** @description `X-Next-Cursor` of the reply before. */
                cursor?: components["parameters"]["cursor.comments"];
                /** @description Only these: names of events, groups (`ticket.*`) or `*`. */
                event?: ("*" | "ticket.*" | "comment.*" | "attachment.*" | "watcher.*" | "customer.*" | "company.*" | "feedback.*" | "automation.*" | "connection.*" | "mail.*" | "webhook.*" | "ticket.created" | "ticket.updated" | "ticket.closed" | "ticket.reopened" | "ticket.deleted" | "ticket.restored" | "ticket.spam_marked" | "ticket.spam_unmarked" | "ticket.merged" | "ticket.overdue" | "comment.created" | "comment.updated" | "comment.deleted" | "attachment.created" | "attachment.deleted" | "watcher.added" | "watcher.removed" | "customer.created" | "customer.updated" | "customer.deleted" | "company.created" | "company.updated" | "company.deleted" | "feedback.requested" | "feedback.submitted" | "automation.failed" | "connection.failed" | "mail.quarantined" | "mail.failed" | "webhook.disabled" | "webhook.ping" | "ticket.comment.*" | "ticket.comment.created" | "ticket.comment.updated" | "ticket.comment.deleted")[];
                /** @description Deliveries at most. */
                limit?: number;
                /** @description Only these. */
                status?: "PENDING" | "RETRYING" | "SUCCESS" | "FAILED";
            };
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a webhook.
                 * @example wh_01kdyak43d7trmct2jayyxcg7v
                 */
                webhookId: components["parameters"]["webhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-Next-Cursor": components["headers"]["X-Next-Cursor"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"][];
                };
            };
        };
    };
    "webhooks.getDelivery": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a delivery of this webhook.
                 * @example whd_01kdyak43d7trmct2jayyxcg7v
                 */
                deliveryId: components["parameters"]["deliveryId"];
                /**
                 * @description The id of a webhook.
                 * @example wh_01kdyak43d7trmct2jayyxcg7v
                 */
                webhookId: components["parameters"]["webhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryWithAttempts"];
                };
            };
        };
    };
    "webhooks.retryDelivery": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a delivery of this webhook.
                 * @example whd_01kdyak43d7trmct2jayyxcg7v
                 */
                deliveryId: components["parameters"]["deliveryId"];
                /**
                 * @description The id of a webhook.
                 * @example wh_01kdyak43d7trmct2jayyxcg7v
                 */
                webhookId: components["parameters"]["webhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
        };
    };
    "webhooks.replay": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a webhook.
                 * @example wh_01kdyak43d7trmct2jayyxcg7v
                 */
                webhookId: components["parameters"]["webhookId"];
            };
            cookie?: never;
        };
        /** @description Which events are to be delivered once more. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Replay"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Replayed"];
                };
            };
        };
    };
    "webhooks.rotateSecret": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a webhook.
                 * @example wh_01kdyak43d7trmct2jayyxcg7v
                 */
                webhookId: components["parameters"]["webhookId"];
            };
            cookie?: never;
        };
        /** @description A new secret, with which the one before also signs for 24 hours. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SecretRotation"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecretRotated"];
                };
            };
        };
    };
    "webhooks.test": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a brand.
                 * @example br_01kdyak43d7trmct2jayyxcg7v
                 */
                brandId: components["parameters"]["brandId"];
                /**
                 * @description The id of a webhook.
                 * @example wh_01kdyak43d7trmct2jayyxcg7v
                 */
                webhookId: components["parameters"]["webhookId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
        };
    };
    "feedback.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The token of an invitation: the end of its link.
                 * @example 7v3k1n8q0s5w2x9y4z6a
                 */
                token: components["parameters"]["token"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackShown"];
                };
            };
        };
    };
    "feedback.submit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The token of an invitation: the end of its link.
                 * @example 7v3k1n8q0s5w2x9y4z6a
                 */
                token: components["parameters"]["token"];
            };
            cookie?: never;
        };
        /** @description The answer to a survey. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedbackAnswer"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FeedbackTaken"];
                };
            };
        };
    };
    "operations.health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It runs. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    "mail.deliver": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The sender of the envelope, for SPF; `<>` for a null sender.
                 * @example jane@example.com
                 */
                "X-Envelope-From"?: string;
                /**
                 * @description The recipients of the envelope, with commas between them.
                 * @example acme@mail.example
                 */
                "X-Envelope-To"?: string;
                /**
                 * @description The address of the machine that delivered the message, for SPF.
                 * @example 192.0.2.7
                 */
                "X-Remote-IP"?: string;
            };
            path: {
                /**
                 * @description The slug of a brand, one that it had before, or its id.
                 * @example acme
                 */
                brandSlug: string;
            };
            cookie?: never;
        };
        /** @description The message as it came (RFC 5322). */
        requestBody: {
            content: {
                "message/rfc822": unknown;
            };
        };
        responses: {
            /** @description It was there already. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailRecord"];
                };
            };
            /** @description Created. */
            201: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailRecord"];
                };
            };
        };
    };
    "members.list": {
        parameters: {
            query?: {
                /** @description Only those with access to this brand. */
                brandId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
                };
            };
        };
    };
    "members.resendInvite": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an invitation.
                 * @example inv_01kdyak43d7trmct2jayyxcg7v
                 */
                inviteId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteReply"];
                };
            };
        };
    };
    "members.get": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a member; where members are changed or removed, also that of an invitation.
                 * @example usr_01kdyak43d7trmct2jayyxcg7v
                 */
                memberId: components["parameters"]["memberId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    "members.remove": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a member; where members are changed or removed, also that of an invitation.
                 * @example usr_01kdyak43d7trmct2jayyxcg7v
                 */
                memberId: components["parameters"]["memberId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"] | components["schemas"]["Invite"];
                };
            };
        };
    };
    "members.update": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a member; where members are changed or removed, also that of an invitation.
                 * @example usr_01kdyak43d7trmct2jayyxcg7v
                 */
                memberId: components["parameters"]["memberId"];
            };
            cookie?: never;
        };
        /** @description A change of a member or of an invitation. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MemberPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"] | components["schemas"]["Invite"];
                };
            };
        };
    };
    "members.invite": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description An invitation to join the account. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvite"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteReply"];
                };
            };
        };
    };
    "portal.sendLink": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Somebody who wants a link to the portal. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalLinkRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Success"];
                };
            };
        };
    };
    "portal.refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalSession"];
                };
            };
        };
    };
    "portal.listTickets": {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description Items of the page. */
                limit?: number;
                /** @description Which way. */
                order?: "asc" | "desc";
                /** @description What they are sorted by. */
                sort?: "createdAt" | "updatedAt";
                /**
                 * @description Keys or ids; `active` (custom statuses included), `inactive`, or `all`.
                 * @example [
                 *       "active"
                 *     ]
                 */
                status?: components["parameters"]["status"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["PortalTicket"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "portal.createTicket": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A ticket that a customer writes. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPortalTicket"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalTicket"];
                };
            };
        };
    };
    "portal.getTicket": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalTicketDetail"];
                };
            };
        };
    };
    "portal.listAttachments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalAttachment"][];
                };
            };
        };
    };
    "portal.requestUpload": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        /** @description A file that a customer wants to upload. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPortalUpload"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
        };
    };
    "portal.getAttachment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an attachment of this ticket, or of one that waits for its ticket.
                 * @example att_01kdyak43d7trmct2jayyxcg7v
                 */
                attachmentId: components["parameters"]["attachmentId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalAttachmentWithUrl"];
                };
            };
        };
    };
    "portal.confirmUpload": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an attachment of this ticket, or of one that waits for its ticket.
                 * @example att_01kdyak43d7trmct2jayyxcg7v
                 */
                attachmentId: components["parameters"]["attachmentId"];
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalAttachment"];
                };
            };
        };
    };
    "portal.createComment": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path: {
                /**
                 * @description The id of a ticket, or its number, such as `DT-1042` in any case.
                 * @example DT-1042
                 */
                ticketId: components["parameters"]["ticketId"];
            };
            cookie?: never;
        };
        /** @description What a customer answers. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPortalComment"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalComment"];
                };
            };
        };
    };
    "portal.requestPendingUpload": {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a repeat safe: with the same key and the same body it gets the first answer again, with `Idempotency-Replayed`, and nothing is done twice. Another body is refused with `idempotency_mismatch`. A key belongs to its credential and path and is kept for 24 hours; a request that failed keeps none. What is shown only once is null in a repeat.
                 * @example order-1234-created
                 */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /**
                 * @description The same under another name. When both are there, they say the same.
                 * @example order-1234-created
                 */
                "X-Idempotency-Key"?: components["parameters"]["X-Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description A file that a customer wants to upload. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPortalUpload"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
        };
    };
    "portal.confirmPendingUpload": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an attachment of this ticket, or of one that waits for its ticket.
                 * @example att_01kdyak43d7trmct2jayyxcg7v
                 */
                attachmentId: components["parameters"]["attachmentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalAttachment"];
                };
            };
        };
    };
    "portal.verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description A mailed link that somebody followed. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalVerify"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    "X-Ignored-Fields": components["headers"]["X-Ignored-Fields"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalSession"];
                };
            };
        };
    };
    "operations.ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
        };
    };
    "queue.tickets": {
        parameters: {
            query?: {
                /** @description The address of an assignee. */
                assigneeEmail?: components["parameters"]["assigneeEmail"];
                /** @description A member's id; `me` with a session; `null` or `unassigned` for nobody; `all`. */
                assigneeId?: components["parameters"]["assigneeId"];
                /** @description Only these brands, by id, as far as the caller reaches them; all of those when left out. */
                brandIds?: components["parameters"]["brandIds"];
                /** @description Id or key of a category; `null` for none; `all`. */
                categoryId?: components["parameters"]["categoryId"];
                /** @description The id of a company: tickets of all its customers. */
                companyId?: components["parameters"]["companyId"];
                /** @description Created at this time or later. */
                createdAfter?: components["parameters"]["createdAfter"];
                /** @description Created before this time. */
                createdBefore?: components["parameters"]["createdBefore"];
                /** @description Who created them. */
                createdBy?: components["parameters"]["createdBy"];
                /** @description Where the page begins: `nextCursor` of the page before, with the same filters and order. */
                cursor?: components["parameters"]["cursor"];
                /** @description The address of a customer. */
                customerEmail?: components["parameters"]["customerEmail"];
                /** @description The id of a customer. */
                customerId?: components["parameters"]["customerId"];
                /** @description `customFields.<key>=<text>`, one parameter per key: equality with the text of a top-level scalar. */
                customFields?: components["parameters"]["customFields"];
                /** @description Only deleted ones; for admins. */
                deleted?: components["parameters"]["deleted"];
                /** @description Due at this time or later. */
                dueAfter?: components["parameters"]["dueAfter"];
                /** @description Due before this time. */
                dueBefore?: components["parameters"]["dueBefore"];
                /** @description The id of a form; finds nothing until forms are available. */
                formId?: components["parameters"]["formId"];
                /** @description Whether files hang on it. */
                hasAttachments?: components["parameters"]["hasAttachments"];
                /** @description Without spam, only spam, or both. */
                isSpam?: components["parameters"]["isSpam"];
                /** @description Items of the page. */
                limit?: components["parameters"]["limit"];
                /** @description Whether it was merged into another. */
                merged?: components["parameters"]["merged"];
                /** @description For priorities `desc` begins with urgent. Empty values come last in both. */
                order?: components["parameters"]["order"];
                /** @description Whether it is active and was due before now. */
                overdue?: components["parameters"]["overdue"];
                /** @description `medium` means `normal`; `all` is no filter. */
                priority?: components["parameters"]["priority"];
                /**
                 * @description Every word must begin a word of the title, the body, the number, a comment or the customer's name or address, whatever its case and accents.
                 * @example invoice download
                 */
                search?: components["parameters"]["search"];
                /** @description What they are sorted by. */
                sort?: components["parameters"]["sort"];
                /** @description The channels that they came from; `all` is no filter. */
                source?: components["parameters"]["source"];
                /** @description Their id in the channel that they came from. */
                sourceId?: components["parameters"]["sourceId"];
                /**
                 * @description Keys or ids; `active` (custom statuses included), `inactive`, or `all`.
                 * @example [
                 *       "active"
                 *     ]
                 */
                status?: components["parameters"]["status"];
                /** @description Ids of tags. */
                tagIds?: components["parameters"]["tagIds"];
                /** @description Whether one of the tags is enough, or all of them must be there. */
                tagMatch?: components["parameters"]["tagMatch"];
                /** @description Changed at this time or later. */
                updatedAfter?: components["parameters"]["updatedAfter"];
                /** @description Last changed before this time. */
                updatedBefore?: components["parameters"]["updatedBefore"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        data: components["schemas"]["Ticket"][];
                        pagination: components["schemas"]["Pagination"];
                    };
                };
            };
        };
    };
    "queue.count": {
        parameters: {
            query?: {
                /** @description The address of an assignee. */
                assigneeEmail?: components["parameters"]["assigneeEmail"];
                /** @description A member's id; `me` with a session; `null` or `unassigned` for nobody; `all`. */
                assigneeId?: components["parameters"]["assigneeId"];
                /** @description Only these brands, by id, as far as the caller reaches them; all of those when left out. */
                brandIds?: components["parameters"]["brandIds"];
                /** @description Id or key of a category; `null` for none; `all`. */
                categoryId?: components["parameters"]["categoryId"];
                /** @description The id of a company: tickets of all its customers. */
                companyId?: components["parameters"]["companyId"];
                /** @description Created at this time or later. */
                createdAfter?: components["parameters"]["createdAfter"];
                /** @description Created before this time. */
                createdBefore?: components["parameters"]["createdBefore"];
                /** @description Who created them. */
                createdBy?: components["parameters"]["createdBy"];
                /** @description The address of a customer. */
                customerEmail?: components["parameters"]["customerEmail"];
                /** @description The id of a customer. */
                customerId?: components["parameters"]["customerId"];
                /** @description `customFields.<key>=<text>`, one parameter per key: equality with the text of a top-level scalar. */
                customFields?: components["parameters"]["customFields"];
                /** @description Only deleted ones; for admins. */
                deleted?: components["parameters"]["deleted"];
                /** @description Due at this time or later. */
                dueAfter?: components["parameters"]["dueAfter"];
                /** @description Due before this time. */
                dueBefore?: components["parameters"]["dueBefore"];
                /** @description The id of a form; finds nothing until forms are available. */
                formId?: components["parameters"]["formId"];
                /** @description Whether files hang on it. */
                hasAttachments?: components["parameters"]["hasAttachments"];
                /** @description Without spam, only spam, or both. */
                isSpam?: components["parameters"]["isSpam"];
                /** @description Whether it was merged into another. */
                merged?: components["parameters"]["merged"];
                /** @description For priorities `desc` begins with urgent. Empty values come last in both. */
                order?: components["parameters"]["order"];
                /** @description Whether it is active and was due before now. */
                overdue?: components["parameters"]["overdue"];
                /** @description `medium` means `normal`; `all` is no filter. */
                priority?: components["parameters"]["priority"];
                /**
                 * @description Every word must begin a word of the title, the body, the number, a comment or the customer's name or address, whatever its case and accents.
                 * @example invoice download
                 */
                search?: components["parameters"]["search"];
                /** @description What they are sorted by. */
                sort?: components["parameters"]["sort"];
                /** @description The channels that they came from; `all` is no filter. */
                source?: components["parameters"]["source"];
                /** @description Their id in the channel that they came from. */
                sourceId?: components["parameters"]["sourceId"];
                /**
                 * @description Keys or ids; `active` (custom statuses included), `inactive`, or `all`.
                 * @example [
                 *       "active"
                 *     ]
                 */
                status?: components["parameters"]["status"];
                /** @description Ids of tags. */
                tagIds?: components["parameters"]["tagIds"];
                /** @description Whether one of the tags is enough, or all of them must be there. */
                tagMatch?: components["parameters"]["tagMatch"];
                /** @description Changed at this time or later. */
                updatedAfter?: components["parameters"]["updatedAfter"];
                /** @description Last changed before this time. */
                updatedBefore?: components["parameters"]["updatedBefore"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCount"];
                };
            };
        };
    };
    "queue.stats": {
        parameters: {
            query?: {
                /** @description Only these brands, by id, as far as the caller reaches them; all of those when left out. */
                brandIds?: components["parameters"]["brandIds"];
                /** @description Only tickets created within so many days, today included. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
        };
    };
    "queue.teamMetrics": {
        parameters: {
            query?: {
                /** @description Only these brands, by id, as far as the caller reaches them; all of those when left out. */
                brandIds?: components["parameters"]["brandIds"];
                /** @description Up to this time, by whole days (UTC); a bare date includes that day. */
                endDate?: components["schemas"]["Moment"];
                /** @description From this time on, by whole days (UTC). */
                startDate?: components["schemas"]["Moment"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamMetrics"];
                };
            };
        };
    };
    "queue.trends": {
        parameters: {
            query?: {
                /** @description Only these brands, by id, as far as the caller reaches them; all of those when left out. */
                brandIds?: components["parameters"]["brandIds"];
                /** @description So many days, today included. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Found. */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["X-RateLimit-Limit"];
                    "X-RateLimit-Remaining": components["headers"]["X-RateLimit-Remaining"];
                    "X-RateLimit-Reset": components["headers"]["X-RateLimit-Reset"];
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trends"];
                };
            };
        };
    };
}
