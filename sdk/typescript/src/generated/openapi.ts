// Written by scripts/generate.mjs from openapi.json. Do not edit: change the server, then `npm run generate`.
export interface components {
    schemas: {
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
        AccountDeletion: {
            /**
             * @description `DELETE`, so that nobody does it by mistake.
             * @enum {string}
             */
            confirmation: "DELETE";
        };
        /** @description An opaque id that starts with `acc_`. */
        AccountId: string;
        AccountPatch: {
            /** @description What it is called. */
            name?: string;
        };
        /** @description What happened to a ticket, for people (API 15.3). */
        Activity: {
            actor: components["schemas"]["Actor"];
            attachmentId: string | null;
            changes: components["schemas"]["JsonText"] | null;
            commentId: string | null;
            id: string;
            /** Format: int64 */
            sequence: number;
            source: string;
            /** @description One English sentence. */
            summary: string;
            timestamp: components["schemas"]["Timestamp"];
            type: string;
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
        /** @enum {string} */
        ActorType: "user" | "api" | "customer" | "automation" | "system";
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
            expiresAt: components["schemas"]["Timestamp"] | null;
            /** @description Its id. */
            id: components["schemas"]["KeyId"];
            /** @description First and last characters, to recognise it by. */
            keyPreview: string;
            lastUsedAt: components["schemas"]["Timestamp"] | null;
            /** @description Its name. */
            name: string;
            /** @description What it may do. */
            permissions: components["schemas"]["Permissions"];
            /** @description Its first 12 characters. */
            prefix: string;
        };
        ApiKeyPatch: {
            /** @description Whether it reaches every brand. */
            allBrands?: boolean;
            /** @description The brands that it reaches. */
            brandIds?: string[];
            /**
             * Format: date-time
             * @description When it stops working; null for never.
             */
            expiresAt?: string | null;
            /** @description What it is called. */
            name?: string;
        };
        /** @description One entry of an audit log. */
        AuditLog: {
            brandId: components["schemas"]["BrandId"] | null;
            changes: components["schemas"]["JsonText"] | null;
            /** @description When it happened. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description The id of what it is about. */
            entityId: string;
            /** @description What kind of thing it is about. */
            entityType: string;
            /** @description What happened, such as `ticket.updated`. */
            event: string;
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
            source: string;
            ticketId: components["schemas"]["TicketId"] | null;
        };
        /** @description What a sign-in page needs to know. */
        AuthConfig: {
            /** @description Whether sign-in links can be mailed. */
            magicLink: boolean;
            /** @description Whether the account has no owner yet. */
            setupRequired: boolean;
            /** @description The version of the server. */
            version: string;
        };
        /** @enum {string} */
        AuthorType: "STAFF" | "CUSTOMER" | "SYSTEM";
        /** @description A brand as it is shown. Fields behind `inboundAddress` belong to later features and hold their defaults. */
        Brand: {
            accountId: components["schemas"]["AccountId"];
            autoresponseBody: components["schemas"]["NullForNow"];
            autoresponseEnabled: boolean;
            autoresponseSubject: components["schemas"]["NullForNow"];
            createdAt: components["schemas"]["Timestamp"];
            /** Format: int64 */
            csatDelayMinutes: number;
            csatEmailBody: components["schemas"]["NullForNow"];
            csatEmailSubject: components["schemas"]["NullForNow"];
            csatEnabled: boolean;
            csatType: string;
            deletedAt: components["schemas"]["Timestamp"] | null;
            fieldDefinitions: components["schemas"]["FieldDefinitions"];
            fromEmail: components["schemas"]["NullForNow"];
            fromName: components["schemas"]["NullForNow"];
            iconUrl: string | null;
            id: components["schemas"]["BrandId"];
            inboundAddress: string;
            inboundEmailEnabled: boolean;
            metadata: components["schemas"]["JsonText"];
            name: string;
            newTicketNotifyEmails: components["schemas"]["EmptyForNow"];
            /** Format: int64 */
            nextTicketNumber: number;
            portalOrigins: components["schemas"]["EmptyForNow"];
            portalSignup: boolean;
            settings: components["schemas"]["JsonText"];
            slaBusinessHours: components["schemas"]["JsonText"];
            slaBusinessHoursOnly: boolean;
            slaByPriority: components["schemas"]["JsonText"];
            /** Format: int64 */
            slaDefaultHours: number;
            slaEnabled: boolean;
            slaNotifyOverdue: boolean;
            slug: string;
            ticketPrefix: string;
            ticketSchema: components["schemas"]["JsonText"] | null;
            updatedAt: components["schemas"]["Timestamp"];
            url: string | null;
        };
        /** @description What would go with a brand. */
        BrandContents: {
            /** Format: int64 */
            categoryCount: number;
            /** Format: int64 */
            companyCount: number;
            /** Format: int64 */
            customerCount: number;
            /** Format: int64 */
            statusCount: number;
            /** Format: int64 */
            tagCount: number;
            /** Format: int64 */
            ticketCount: number;
            /** Format: int64 */
            webhookCount: number;
        };
        /** @description An opaque id that starts with `br_`. */
        BrandId: string;
        /** @description The brand of a ticket, in lists across brands. */
        BrandOfTicket: {
            iconUrl: string | null;
            id: components["schemas"]["BrandId"];
            name: string;
            slug: string;
            ticketPrefix: string;
        };
        BrandPatch: {
            /** @description Where its picture is. */
            iconUrl?: string | null;
            /** @description Merged at the top level; a null member removes that key. */
            metadata?: Record<string, unknown> | null;
            /** @description Its name. */
            name?: string;
            /** @description Merged at the top level; a null member removes that key. */
            settings?: Record<string, unknown> | null;
            /** @description Used in email addresses; the old one stays reserved. */
            slug?: string;
            /**
             * Format: int64
             * @description The number of the next ticket; not below the present one.
             */
            ticketNumberStart?: number;
            /** @description The letters in front of the numbers of new tickets. */
            ticketPrefix?: string;
            /** @description A schema of your own, stored and never enforced; replaced as a whole. */
            ticketSchema?: Record<string, unknown> | null;
            /** @description Where its product is. */
            url?: string | null;
        };
        /** @description The totals of one brand. */
        BrandStats: {
            /** Format: int64 */
            active: number;
            name: string;
            /** Format: int64 */
            open: number;
            /** Format: int64 */
            pending: number;
            prefix: string;
            /** Format: int64 */
            total: number;
        };
        BulkChange: {
            /**
             * @description What is done.
             * @enum {string}
             */
            action: "resolve" | "close" | "setStatus" | "setPriority" | "assign" | "setCategory" | "setTags" | "addTags" | "removeTags" | "spam" | "notSpam" | "delete";
            /** @description For `assign`; null for nobody. */
            assigneeEmail?: string | null;
            /** @description For `assign`; null for nobody. */
            assigneeId?: string | null;
            /** @description For `setCategory`; null for none. */
            categoryId?: string | null;
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
            priority?: "low" | "normal" | "high" | "urgent" | null;
            /** @description For `setStatus`: key, id or `sts_<key>`. */
            status?: string | null;
            /** @description For the actions on tags: ids. */
            tagIds?: string[] | null;
            /** @description For the actions on tags: ids or names. */
            tags?: string[] | null;
            /** @description Ids or numbers. */
            ticketIds: string[];
        };
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
            code: string | null;
            /** @description The ticket's id; what was asked for when there is none. */
            id: string;
            /** @description Why not, in words. */
            message: string | null;
            /** @description Whether it was done. */
            ok: boolean;
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
        /** @description An opaque id that starts with `cat_`. */
        CategoryId: string;
        CategoryOrder: {
            /** @description Every category of the brand once: ids or keys. */
            categoryIds: string[];
        };
        CategoryPatch: {
            /** @description Color for badges. */
            color?: string;
            /** @description What it is for. */
            description?: string | null;
            /** @description The key never changes: another one is refused. */
            key?: string;
            /** @description Display name; the key stays. */
            name?: string;
        };
        CategoryReplacement: {
            /** @description The category that they get, by id or key; none when left out. */
            replacementCategoryId?: string | null;
        };
        /** @description How many tickets each category has, by the category's id. */
        CategoryStats: {
            [key: string]: components["schemas"]["CategoryCount"];
        };
        /** @enum {string} */
        CloseReason: "no_response" | "out_of_scope" | "customer_left" | "duplicate";
        /** @description A comment, as it is shown. */
        Comment: {
            attachments: components["schemas"]["EmptyForNow"];
            authorEmail: string | null;
            /** @description A member's id, a customer's id, or the caller's value. */
            authorId: string | null;
            authorName: string | null;
            authorType: components["schemas"]["AuthorType"];
            /** @description As it was sent: text, Markdown or HTML. */
            body: string;
            cc: string[];
            createdAt: components["schemas"]["Timestamp"];
            deletedAt: components["schemas"]["Timestamp"] | null;
            id: components["schemas"]["CommentId"];
            /** @description Whether only staff sees it. */
            isInternal: boolean;
            links: components["schemas"]["Link"][];
            metadata: components["schemas"]["JsonText"];
            parentId: components["schemas"]["CommentId"] | null;
            source: string;
            sourceData: components["schemas"]["JsonText"] | null;
            sourceId: string | null;
            ticketId: components["schemas"]["TicketId"];
            updatedAt: components["schemas"]["Timestamp"];
        };
        /** @description An opaque id that starts with `cmt_`. */
        CommentId: string;
        CommentPatch: {
            /** @description Text, Markdown or HTML. */
            body?: string;
            /** @description Replaced as a whole. */
            links?: {
                /** @description What it is called. */
                title?: string | null;
                /** @description What kind of thing it leads to. */
                type?: string | null;
                /** @description Where it leads: http or https. */
                url: string;
            }[] | null;
            /** @description Merged at the top level; a null member removes that key. */
            metadata?: Record<string, unknown> | null;
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
            settings: components["schemas"]["JsonText"];
            /**
             * Format: int64
             * @description Their tickets that are not deleted; only on the company routes themselves.
             */
            ticketCount?: number;
            /** @description When it was last changed. */
            updatedAt: components["schemas"]["Timestamp"];
        };
        /** @description An opaque id that starts with `co_`. */
        CompanyId: string;
        CompanyPatch: {
            /** @description The domain of its customers' addresses: those without a company join it. Null for none. */
            domain?: string | null;
            /** @description Merged at the top level; a null member removes that key. */
            metadata?: Record<string, unknown> | null;
            /** @description Its name. */
            name?: string;
            /** @description Merged at the top level; a null member removes that key. */
            settings?: Record<string, unknown> | null;
        };
        /** @description A customer of a brand. */
        Customer: {
            /** @description Where its picture is. */
            avatarUrl: string | null;
            /** @description Its brand. */
            brandId: components["schemas"]["BrandId"];
            company: components["schemas"]["Company"] | null;
            companyId: components["schemas"]["CompanyId"] | null;
            /** @description When it was created. */
            createdAt: components["schemas"]["Timestamp"];
            /** @description Fields of the caller's own. */
            customFields: components["schemas"]["JsonText"];
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
        /** @description An opaque id that starts with `cus_`. */
        CustomerId: string;
        CustomerPatch: {
            /** @description Where its picture is. */
            avatarUrl?: string | null;
            /** @description The same by id or name, as text or as `{ id }` or `{ name }`; an unknown name creates the company. */
            company?: (string | {
                id?: string;
                name?: string;
            }) | null;
            /** @description Its company; null for none. */
            companyId?: string | null;
            /** @description Merged at the top level; a null member removes that key. */
            customFields?: Record<string, unknown> | null;
            /** @description Primary identifier, unique per brand. */
            email?: string;
            /** @description Whether its mail is treated as spam. */
            isBlocked?: boolean;
            /** @description Merged at the top level; a null member removes that key. */
            metadata?: Record<string, unknown> | null;
            /** @description Display name. */
            name?: string | null;
            /** @description Whether it is mailed. */
            notifyEmail?: boolean;
        };
        /** @description Always empty until its feature is available. */
        EmptyForNow: unknown[];
        /** @description The body of every error. */
        Error: {
            /** @description What kind it is. */
            code: string;
            /** @description Every wrong field, at most 50. */
            errors?: components["schemas"]["FieldError"][];
            /** @description One plain sentence. */
            message: string;
            /** @description The id of the request, as in `X-Request-Id`. */
            requestId: string;
        };
        /** @description The schema of [`Event`], whose writing is by hand. */
        Event: {
            actor: components["schemas"]["Actor"];
            brand_id: components["schemas"]["BrandId"];
            brandId: components["schemas"]["BrandId"];
            causedBy: string | null;
            changes: components["schemas"]["JsonText"] | null;
            createdAt: components["schemas"]["Timestamp"];
            data: components["schemas"]["JsonText"];
            /** Format: int64 */
            depth: number;
            entityId: string;
            entityType: string;
            event: string;
            id: string;
            /** Format: int64 */
            sequence: number;
            source: string;
            ticketId: components["schemas"]["TicketId"] | null;
            timestamp: components["schemas"]["Timestamp"];
            type: string;
        };
        /** @description A part of the log, oldest first. */
        EventPage: {
            /** @description The events. */
            data: components["schemas"]["Event"][];
            /** @description Whether there is more. */
            pagination: components["schemas"]["EventPagination"];
            /** @description The last event examined: pass it as `after` to poll for more. */
            position: string;
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
        /** @enum {string} */
        FieldEntity: "ticket" | "customer" | "company";
        /** @description One problem: the path of the field and what is wrong with it. */
        FieldError: {
            /** @description Path of the field, such as `title`, `customFields.plan` or `tagIds[1]`; a query parameter by its name. */
            field: string;
            /** @description What is wrong with it. */
            message: string;
        };
        /** @description An opaque id that starts with `fld_`. */
        FieldId: string;
        FieldOrder: {
            /** @description Every key once. */
            keys: string[];
        };
        FieldPatch: {
            /** @description Any JSON that a form begins with. */
            defaultValue?: unknown;
            /** @description What it is for. */
            description?: string | null;
            /** @description The key never changes: another one is refused. */
            key?: string;
            /** @description What people call it. */
            label?: string;
            /** @description What can be chosen. */
            options?: string[];
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
        /** @enum {string} */
        FieldType: "text" | "number" | "boolean" | "date" | "select" | "multiselect" | "url" | "array" | "object";
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
            sentAt: components["schemas"]["Timestamp"] | null;
            /** @description Always `pending`. */
            status: components["schemas"]["InviteStatus"];
        };
        /** @description An opaque id that starts with `inv_`. */
        InviteId: string;
        /** @description An invitation with its link, which is shown once: only a hash of it is kept. */
        InviteReply: components["schemas"]["Invite"] & {
            /** @description Where it is accepted. Null when the answer is a replay. */
            inviteUrl?: string | null;
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
        /** @enum {string} */
        InviteStatus: "pending";
        JsonText: Record<string, unknown>;
        /** @description An opaque id that starts with `key_`. */
        KeyId: string;
        /** @description A link (API 1.6). */
        Link: {
            /** @description What it is called. */
            title: string | null;
            /** @description What kind of thing it leads to. */
            type: string | null;
            /** @description Where it leads. */
            url: string;
        };
        Login: {
            /** @description The account, for people with several; the oldest one when left out. */
            accountId?: string | null;
            /** @description Their address. */
            email: string;
            /**
             * @description How the session is handed over; `cookie` when left out.
             * @enum {string|null}
             */
            mode?: "cookie" | "token" | null;
            /** @description Their password. */
            password: string;
        };
        Logout: {
            /** @description Whether all sessions of the person end; false when left out. */
            all?: boolean | null;
        };
        MailLink: {
            /** @description The address. */
            email: string;
        };
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
            lastSeenAt: components["schemas"]["Timestamp"] | null;
            /** @description What it may do. */
            role: components["schemas"]["Role"];
            /** @description Whether it still is a member. */
            status: components["schemas"]["MemberStatus"];
        };
        /** @description An opaque id that starts with `usr_`. */
        MemberId: string;
        /** @description What one member did. */
        MemberMetrics: {
            /**
             * Format: int64
             * @description 0 until surveys are available.
             */
            csatCount: number;
            /** Format: int64 */
            csatPositive: number;
            /**
             * Format: int64
             * @description Null without answers.
             */
            csatScore: number | null;
            memberEmail: string;
            memberId: components["schemas"]["MemberId"];
            memberName: string | null;
            /** Format: int64 */
            ticketsClosed: number;
            /** Format: int64 */
            ticketsResolved: number;
        };
        MemberPatch: {
            /** @description Whether they reach every brand. */
            allBrands?: boolean;
            /** @description The brands that they reach otherwise. */
            brandIds?: string[];
            /**
             * @description What they may do.
             * @enum {string}
             */
            role?: "admin" | "member";
        };
        /** @enum {string} */
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
        MergeSources: {
            /** @description Their ids or numbers. */
            sourceTicketIds: string[];
        };
        NewApiKey: {
            /** @description Whether it reaches every brand, those to come included; false when left out. */
            allBrands?: boolean | null;
            /** @description The brands that it reaches; at least one without `allBrands`. */
            brandIds?: string[] | null;
            /**
             * Format: date-time
             * @description When it stops working; in the future.
             */
            expiresAt?: string | null;
            /** @description What it is called. */
            name: string;
            /**
             * @description What it may do; `full` when left out.
             * @enum {string|null}
             */
            permissions?: "full" | "support" | "read" | null;
        };
        /** @description A new API key, shown once with its text. */
        NewApiKeyReply: components["schemas"]["ApiKey"] & {
            /** @description The key itself. Null when the answer is a replay. */
            key?: string | null;
        };
        NewBrand: {
            /** @description Where its picture is. */
            iconUrl?: string | null;
            /** @description Free JSON of your own. */
            metadata?: Record<string, unknown> | null;
            /** @description Its name. */
            name: string;
            /** @description Free JSON of your own. */
            settings?: Record<string, unknown> | null;
            /** @description Used in email addresses; made from the name when left out. */
            slug?: string | null;
            /**
             * Format: int64
             * @description The number of the first ticket; 1001 when left out.
             */
            ticketNumberStart?: number | null;
            /** @description The letters in front of ticket numbers; `DT` when left out. */
            ticketPrefix?: string | null;
            /** @description A schema of your own, stored and never enforced. */
            ticketSchema?: Record<string, unknown> | null;
            /** @description Where its product is. */
            url?: string | null;
        };
        NewCategory: {
            /** @description Color for badges; `#6b7280` when left out. */
            color?: string | null;
            /** @description What it is for. */
            description?: string | null;
            /** @description Unique identifier, never changes; made from the name when left out. */
            key?: string | null;
            /** @description Display name, unique in the brand whatever the case. */
            name: string;
        };
        NewComment: {
            /** @description The address of who wrote it. */
            authorEmail?: string | null;
            /** @description Who wrote it, in your own words. */
            authorId?: string | null;
            /** @description The name of who wrote it. */
            authorName?: string | null;
            /**
             * @description STAFF when left out.
             * @enum {string|null}
             */
            authorType?: "STAFF" | "CUSTOMER" | "SYSTEM" | null;
            /** @description Text, Markdown or HTML. */
            body: string;
            /** @description Addresses in copy. */
            cc?: string[] | null;
            /**
             * @description Why the ticket is closed; only with `setStatus` `closed`.
             * @enum {string|null}
             */
            closeReason?: "no_response" | "out_of_scope" | "customer_left" | "duplicate" | null;
            /** @description Whether only staff sees it; not with CUSTOMER. */
            isInternal?: boolean | null;
            /** @description Links that belong to the comment. */
            links?: {
                /** @description What it is called. */
                title?: string | null;
                /** @description What kind of thing it leads to. */
                type?: string | null;
                /** @description Where it leads: http or https. */
                url: string;
            }[] | null;
            /** @description Free JSON of your own. */
            metadata?: Record<string, unknown> | null;
            /** @description Whether the customer is mailed. No version up to this one sends mail. */
            notifyCustomer?: boolean | null;
            /** @description A comment of the same ticket that this one answers. */
            parentId?: string | null;
            /** @description The status that the ticket gets with it: key, id or `sts_<key>`. */
            setStatus?: string | null;
            /** @description The channel it came from: `api` when left out. */
            source?: string | null;
            /** @description What else the channel knows. */
            sourceData?: Record<string, unknown> | null;
            /** @description Its id in that channel. */
            sourceId?: string | null;
        };
        NewCompany: {
            /** @description The domain of its customers' addresses: those without a company join it. Unique in the brand. */
            domain?: string | null;
            /** @description Free JSON of your own. */
            metadata?: Record<string, unknown> | null;
            /** @description Its name. */
            name: string;
            /** @description What its new tickets start with: `defaultPriority`, `defaultAssigneeEmail`, `defaultCategoryId`, `defaultTagIds`, `ccEmails`; other keys are kept as they are. */
            settings?: Record<string, unknown> | null;
        };
        NewCustomer: {
            /** @description Where its picture is. */
            avatarUrl?: string | null;
            /** @description The same by id or name, as text or as `{ id }` or `{ name }`; an unknown name creates the company. */
            company?: (string | {
                id?: string;
                name?: string;
            }) | null;
            /** @description Its company; when no company is named, the one that has the domain of its address. */
            companyId?: string | null;
            /** @description Fields of your own. */
            customFields?: Record<string, unknown> | null;
            /** @description Primary identifier, unique per brand. */
            email: string;
            /** @description Free JSON of your own. */
            metadata?: Record<string, unknown> | null;
            /** @description Display name. */
            name?: string | null;
            /** @description Whether it is mailed; true when left out. */
            notifyEmail?: boolean | null;
        };
        NewField: {
            /** @description Any JSON that a form begins with. */
            defaultValue?: unknown;
            /** @description What it is for. */
            description?: string | null;
            /** @description Its name in `customFields`; never changes. */
            key: string;
            /** @description What people call it. */
            label: string;
            /** @description What can be chosen; select and multiselect need at least one. */
            options?: string[] | null;
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
        NewInvite: {
            /** @description Whether they will reach every brand, those to come included; false when left out. */
            allBrands?: boolean | null;
            /** @description The brands that they will reach otherwise. */
            brandIds?: string[] | null;
            /** @description Who is invited. */
            email: string;
            /**
             * @description What they will be; `member` when left out.
             * @enum {string|null}
             */
            role?: "admin" | "member" | null;
        };
        NewStatus: {
            /** @description Color for badges; `#6b7280` when left out. */
            color?: string | null;
            /** @description Internal description. */
            description?: string | null;
            /** @description Whether its tickets need attention; true when left out. */
            isActive?: boolean | null;
            /** @description Unique identifier: lowercase with underscores; never changes. */
            key: string;
            /** @description Display name. */
            name: string;
        };
        NewTag: {
            /** @description Color for badges; `#6b7280` when left out. */
            color?: string | null;
            /** @description Its name, unique in the brand whatever the case. */
            name: string;
        };
        NewTicket: {
            /** @description The address of such a member, or of an outside assignee. */
            assigneeEmail?: string | null;
            /** @description An active member with access to the brand. */
            assigneeId?: string | null;
            /** @description The issue itself: text, Markdown or HTML. */
            body?: string | null;
            /** @description Id or key of a category. */
            categoryId?: string | null;
            /**
             * @description Why it is closed; only with the status `closed`.
             * @enum {string|null}
             */
            closeReason?: "no_response" | "out_of_scope" | "customer_left" | "duplicate" | null;
            /** @description Who created it, in your own words. */
            createdBy?: string | null;
            /** @description Creates the customer or links the existing one. */
            customerEmail?: string | null;
            /** @description Links an existing customer. */
            customerId?: string | null;
            /** @description The name of a new customer, or of one without a name. */
            customerName?: string | null;
            /** @description Fields of your own; no schema. */
            customFields?: Record<string, unknown> | null;
            /**
             * Format: date-time
             * @description When it is due.
             */
            dueAt?: string | null;
            /** @description Links that belong to the ticket. */
            links?: {
                /** @description What it is called. */
                title?: string | null;
                /** @description What kind of thing it leads to. */
                type?: string | null;
                /** @description Where it leads: http or https. */
                url: string;
            }[] | null;
            /** @description Free JSON of your own. */
            metadata?: Record<string, unknown> | null;
            /** @description Whether the customer is mailed a confirmation, as soon as outgoing mail is set up. */
            notifyCustomer?: boolean | null;
            /**
             * @description `normal` when left out (or what the customer's company says) and when null.
             * @enum {string|null}
             */
            priority?: "low" | "normal" | "high" | "urgent" | null;
            /** @description The channel it came from: `api` when left out. */
            source?: string | null;
            /** @description What else the channel knows. */
            sourceData?: Record<string, unknown> | null;
            /** @description Its id in that channel. */
            sourceId?: string | null;
            /** @description Key, id or `sts_<key>` of a status; `open` when left out. */
            status?: string | null;
            /** @description The same as `status`. */
            statusId?: string | null;
            /** @description Ids of tags. */
            tagIds?: string[] | null;
            /** @description Tags by id or name; a new name makes a new tag. */
            tags?: string[] | null;
            /** @description Short summary of the issue. */
            title: string;
            /** @description Who watches it from the start. */
            watchers?: {
                /** @description An address; that of a member becomes that member. */
                email?: string | null;
                /** @description An active member with access to the brand. */
                memberId?: string | null;
                /** @description The name that belongs to the address. */
                name?: string | null;
                /** @description Whether it hears of comments; true when left out. */
                notifyOnComment?: boolean | null;
                /** @description Whether it hears of changes of the status; true when left out. */
                notifyOnStatusChange?: boolean | null;
            }[] | null;
        };
        NewWatcher: {
            /** @description An address; that of a member becomes that member. */
            email?: string | null;
            /** @description An active member with access to the brand. */
            memberId?: string | null;
            /** @description The name that belongs to the address. */
            name?: string | null;
            /** @description Whether it hears of comments; true when left out. */
            notifyOnComment?: boolean | null;
            /** @description Whether it hears of changes of the status; true when left out. */
            notifyOnStatusChange?: boolean | null;
        };
        /** @description Always null until its feature is available. */
        NullForNow: null;
        OwnershipTransfer: {
            /** @description A member. */
            memberId: string;
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
        PasswordChange: {
            /** @description The present password. */
            currentPassword: string;
            /** @description The new password. */
            newPassword: string;
        };
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
        /** @enum {string} */
        Permissions: "full" | "support" | "read";
        /** @enum {string} */
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
        };
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
        /** @enum {string} */
        Role: "owner" | "admin" | "member";
        SchemaInput: Record<string, unknown>;
        ScopePatch: {
            /** @description Whether it reaches every brand. */
            allBrands?: boolean;
            /** @description The brands that it reaches. */
            brandIds?: string[];
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
        Setup: {
            /** @description What the account is called. */
            accountName: string;
            /** @description The owner's name. */
            displayName?: string | null;
            /** @description The owner's address. */
            email: string;
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
        SpamMark: {
            /** @description Whether its customer is blocked with it; true when left out. */
            blockCustomer?: boolean | null;
            /** @description Whether it is spam. */
            isSpam: boolean;
        };
        /** @description Totals by status and brand. */
        Stats: {
            /** Format: int64 */
            active: number;
            /** @description By the id of the brand. */
            byBrand: {
                [key: string]: components["schemas"]["BrandStats"];
            };
            /** @description By the key of the status. */
            byStatus: {
                [key: string]: number;
            };
            /** Format: int64 */
            closed: number;
            /** Format: int64 */
            open: number;
            /** Format: int64 */
            pending: number;
            /** Format: int64 */
            resolved: number;
            responseMetrics: components["schemas"]["ResponseMetrics"];
            /** Format: int64 */
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
            replacementStatusId: components["schemas"]["StatusId"] | null;
            /** @description The status that is gone. */
            statusId: components["schemas"]["StatusId"];
            /** @description Always true. */
            success: boolean;
        };
        /** @description An opaque id that starts with `sts_`. */
        StatusId: string;
        StatusOrder: {
            /** @description Every status of the brand once: ids, keys or `sts_<key>`. */
            statusIds: string[];
        };
        StatusPatch: {
            /** @description Color for badges. */
            color?: string;
            /** @description Internal description. */
            description?: string | null;
            /** @description Whether its tickets need attention; fixed for system statuses. */
            isActive?: boolean;
            /** @description The key never changes: another one is refused. */
            key?: string;
            /** @description Display name. */
            name?: string;
        };
        StatusReplacement: {
            /** @description The status that they get: id, key or `sts_<key>`. */
            replacementStatusId?: string | null;
        };
        /** @description The answer of an action that has nothing else to say. */
        Success: {
            /** @description Always true. */
            success: boolean;
        };
        SwitchAccount: {
            /** @description The account. */
            accountId: string;
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
        /** @description An opaque id that starts with `tag_`. */
        TagId: string;
        TagMerge: {
            /** @description 1 to 50 tags: their tickets get the target, and they vanish. */
            sourceTagIds: string[];
        };
        TagPatch: {
            /** @description Color for badges. */
            color?: string;
            /** @description Its name, unique in the brand whatever the case. */
            name?: string;
        };
        /** @description What the members did. */
        TeamMetrics: {
            /** @description Every member who resolved or closed something. */
            members: components["schemas"]["MemberMetrics"][];
        };
        /** @description A ticket, as it is shown. */
        Ticket: {
            assigneeEmail: string | null;
            assigneeId: components["schemas"]["MemberId"] | null;
            assigneeName: string | null;
            /** Format: int64 */
            attachmentCount: number;
            /** @description As it was sent: text, Markdown or HTML. Lists and events cut it to 2,000 characters. */
            body: string | null;
            /** @description Whether `body` was cut. */
            bodyTruncated: boolean;
            /** @description Its brand; only in lists across brands. */
            brand?: components["schemas"]["BrandOfTicket"];
            brandId: components["schemas"]["BrandId"];
            category: components["schemas"]["Category"] | null;
            categoryId: components["schemas"]["CategoryId"] | null;
            closedAt: components["schemas"]["Timestamp"] | null;
            closeReason: components["schemas"]["CloseReason"] | null;
            /**
             * Format: int64
             * @description Comments by staff and customers, internal ones included; not SYSTEM ones.
             */
            commentCount: number;
            companyId: components["schemas"]["CompanyId"] | null;
            createdAt: components["schemas"]["Timestamp"];
            createdBy: string | null;
            customer: components["schemas"]["Customer"] | null;
            /** @description Also known when the customer was deleted. */
            customerEmail: string | null;
            customerId: components["schemas"]["CustomerId"] | null;
            customerName: string | null;
            customFields: components["schemas"]["JsonText"];
            deletedAt: components["schemas"]["Timestamp"] | null;
            dueAt: components["schemas"]["Timestamp"] | null;
            firstResponseAt: components["schemas"]["Timestamp"] | null;
            id: components["schemas"]["TicketId"];
            isSpam: boolean;
            links: components["schemas"]["Link"][];
            mergedIntoId: components["schemas"]["TicketId"] | null;
            metadata: components["schemas"]["JsonText"];
            /** Format: int64 */
            number: number;
            overdueAt: components["schemas"]["NullForNow"];
            priority: components["schemas"]["Priority"];
            resolvedAt: components["schemas"]["Timestamp"] | null;
            resolvedById: components["schemas"]["MemberId"] | null;
            source: string;
            sourceData: components["schemas"]["JsonText"] | null;
            sourceId: string | null;
            /** @description The key of its status. */
            status: string;
            statusId: components["schemas"]["StatusId"];
            statusRef: components["schemas"]["Status"];
            tagIds: components["schemas"]["TagId"][];
            /** @description By name. */
            tags: components["schemas"]["Tag"][];
            /** @description Prefix and number, such as `DT-1042`; never changes. */
            ticketNumber: string;
            ticketPrefix: string;
            title: string;
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
        /** @description An opaque id that starts with `tkt_`. */
        TicketId: string;
        TicketPatch: {
            /** @description Ids of tags that come to those there are. */
            addTagIds?: string[];
            /** @description The address of such a member, or of an outside assignee; null for nobody. */
            assigneeEmail?: string | null;
            /** @description An active member with access to the brand; null for nobody. */
            assigneeId?: string | null;
            /** @description The issue itself. */
            body?: string | null;
            /** @description Id or key of a category; null for none. */
            categoryId?: string | null;
            /**
             * @description Why it is closed; only with the status `closed`.
             * @enum {string|null}
             */
            closeReason?: "no_response" | "out_of_scope" | "customer_left" | "duplicate" | null;
            /** @description Creates the customer or links the existing one. */
            customerEmail?: string;
            /** @description Links an existing customer; null unlinks. */
            customerId?: string | null;
            /** @description The name of a new customer, or of one without a name. */
            customerName?: string;
            /** @description Merged at the top level; a null member removes that key. */
            customFields?: Record<string, unknown> | null;
            /**
             * Format: date-time
             * @description When it is due; null for never.
             */
            dueAt?: string | null;
            /**
             * Format: date-time
             * @description Refuses the change when the ticket has another `updatedAt`.
             */
            expectedUpdatedAt?: string;
            /** @description Marks it as spam and blocks its customer, or takes both back. */
            isSpam?: boolean;
            /** @description Replaced as a whole. */
            links?: {
                /** @description What it is called. */
                title?: string | null;
                /** @description What kind of thing it leads to. */
                type?: string | null;
                /** @description Where it leads: http or https. */
                url: string;
            }[] | null;
            /** @description Merged at the top level; a null member removes that key. */
            metadata?: Record<string, unknown> | null;
            /**
             * @description How urgent it is.
             * @enum {string}
             */
            priority?: "low" | "normal" | "high" | "urgent";
            /** @description Ids of tags that leave. */
            removeTagIds?: string[];
            /** @description Key, id or `sts_<key>` of a status. */
            status?: string;
            /** @description The same as `status`. */
            statusId?: string;
            /** @description Ids of tags; replaces those there are. */
            tagIds?: string[];
            /** @description Tags by id or name; replaces those there are, a new name makes a new tag. */
            tags?: string[];
            /** @description Short summary of the issue. */
            title?: string;
        };
        /** Format: date-time */
        Timestamp: string;
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
             * @description Bytes of stored files; 0 until attachments are available.
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
        Verify: {
            /**
             * @description How the session is handed over; `cookie` when left out.
             * @enum {string|null}
             */
            mode?: "cookie" | "token" | null;
            /** @description The token of the link. */
            token: string;
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
        /** @description An opaque id that starts with `wat_`. */
        WatcherId: string;
        WatcherPatch: {
            /** @description Whether it hears of comments. */
            notifyOnComment?: boolean;
            /** @description Whether it hears of changes of the status. */
            notifyOnStatusChange?: boolean;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
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
            /** @description Done. */
            200: {
                headers: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountDeletion"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccountPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
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
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApiKeyPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ScopePatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Before this moment; a bare date includes that day. */
                endDate?: string;
                /** @description Only about the thing with this id. */
                entityId?: string;
                /** @description Only about this kind of thing, such as ticket. */
                entityType?: string;
                /** @description Comma list of event names, groups or *. */
                event?: string;
                /** @description Items of the page; 50 when left out. */
                limit?: number;
                /** @description desc when left out. */
                order?: "asc" | "desc";
                /** @description Only by the actor with this id. */
                performerId?: string;
                /** @description Only by this kind of actor. */
                performerType?: "user" | "api" | "customer" | "automation" | "system";
                /** @description From this moment on. */
                startDate?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
            /** @description Done. */
            200: {
                headers: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvite"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
            /** @description Done. */
            200: {
                headers: {
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
            /** @description Done. */
            200: {
                headers: {
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
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["Login"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Logout"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailLink"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailLink"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordReset"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
            /** @description Done. */
            200: {
                headers: {
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
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProfilePatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
            /** @description Done. */
            200: {
                headers: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["Setup"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwitchAccount"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["OwnershipTransfer"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
        requestBody: {
            content: {
                "application/json": components["schemas"]["Verify"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewBrand"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description true deletes; else the reply counts what would go. */
                confirm?: boolean;
            };
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["BrandPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brand"];
                };
            };
        };
    };
    "categories.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCategory"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
                brandId: string;
                categoryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                categoryId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CategoryReplacement"];
            };
        };
        responses: {
            /** @description Done. */
            204: {
                headers: {
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
                brandId: string;
                categoryId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CategoryPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CategoryOrder"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Items of the page; 50 when left out. */
                limit?: number;
                /** @description asc when left out. */
                order?: "asc" | "desc";
                /** @description Only those in whose name or domain each of these words begins a word. */
                search?: string;
                /** @description What they are sorted by; name when left out. */
                sort?: "name" | "createdAt";
            };
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCompany"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
                brandId: string;
                companyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                companyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                companyId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CompanyPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                assigneeEmail?: string;
                /** @description A member's id; me; null or unassigned for nobody; all. */
                assigneeId?: string;
                /** @description Id or key of a category; null for none; all. */
                categoryId?: string;
                /** @description The id of a company: tickets of all its customers. */
                companyId?: string;
                /** @description Created at this time or later. */
                createdAfter?: string;
                /** @description Created before this time. */
                createdBefore?: string;
                /** @description Comma list. */
                createdBy?: string;
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description The address of a customer. */
                customerEmail?: string;
                /** @description The id of a customer. */
                customerId?: string;
                /** @description customFields.<key>=<text>: equality with the text of a top-level scalar. */
                customFields?: string;
                /** @description true: only deleted ones; for admins. */
                deleted?: boolean;
                /** @description Due at this time or later. */
                dueAfter?: string;
                /** @description Due before this time. */
                dueBefore?: string;
                /** @description The id of a form; finds nothing until forms are available. */
                formId?: string;
                /** @description Whether files hang on it. */
                hasAttachments?: boolean;
                /** @description false when left out; true: only spam; any: both. */
                isSpam?: "true" | "false" | "any";
                /** @description Items of the page; 50 when left out. */
                limit?: number;
                /** @description Whether it was merged into another. */
                merged?: boolean;
                /** @description desc when left out. */
                order?: "asc" | "desc";
                /** @description Active and due before now, or not so. */
                overdue?: boolean;
                /** @description Comma list of low, normal, high, urgent; all. */
                priority?: string;
                /** @description Every word must begin a word of the ticket, its comments or its customer. */
                search?: string;
                /** @description What they are sorted by; createdAt when left out. */
                sort?: "createdAt" | "updatedAt" | "priority" | "ticketNumber" | "title" | "status" | "customer" | "company" | "assignee" | "category" | "dueAt";
                /** @description Comma list; all. */
                source?: string;
                /** @description Their id in the channel that they came from. */
                sourceId?: string;
                /** @description Comma list of keys or ids; active, inactive, all. */
                status?: string;
                /** @description Comma list of tag ids. */
                tagIds?: string;
                /** @description any when left out: one of the tags is enough; all: every one. */
                tagMatch?: "any" | "all";
                /** @description Changed at this time or later. */
                updatedAfter?: string;
                /** @description Last changed before this time. */
                updatedBefore?: string;
            };
            header?: never;
            path: {
                brandId: string;
                companyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
    "customers.list": {
        parameters: {
            query?: {
                /** @description Only those of this company. */
                companyId?: string;
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Only the one with this address. */
                email?: string;
                /** @description false when left out. */
                isBlocked?: "true" | "false" | "any";
                /** @description Items of the page; 50 when left out. */
                limit?: number;
                /** @description desc when left out. */
                order?: "asc" | "desc";
                /** @description Only those whose name or address begins with this. */
                search?: string;
                /** @description What they are sorted by; createdAt when left out. */
                sort?: "createdAt" | "name" | "email";
            };
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewCustomer"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
                brandId: string;
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CustomerPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
            query?: {
                /** @description Customers at most; 20 when left out. */
                limit?: number;
                /** @description What is typed so far. */
                q?: string;
            };
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A position or an event id; `now` for only the position. */
                after?: string;
                /** @description Events at most; 50 when left out. */
                limit?: number;
                /** @description Only of this ticket: id or number. */
                ticketId?: string;
                /** @description Comma list of event names, groups or *. */
                types?: string;
            };
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventPage"];
                };
            };
        };
    };
    "fields.listAll": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                entity: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                brandId: string;
                entity: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewField"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
                brandId: string;
                entity: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
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
                brandId: string;
                entity: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["FieldPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                entity: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FieldOrder"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldDefinition"][];
                };
            };
        };
    };
    "logs.list": {
        parameters: {
            query?: {
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Before this moment; a bare date includes that day. */
                endDate?: string;
                /** @description Only about the thing with this id. */
                entityId?: string;
                /** @description Only about this kind of thing, such as ticket. */
                entityType?: string;
                /** @description Comma list of event names, groups or *. */
                event?: string;
                /** @description Items of the page; 50 when left out. */
                limit?: number;
                /** @description desc when left out. */
                order?: "asc" | "desc";
                /** @description Only by the actor with this id. */
                performerId?: string;
                /** @description Only by this kind of actor. */
                performerType?: "user" | "api" | "customer" | "automation" | "system";
                /** @description From this moment on. */
                startDate?: string;
            };
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                endDate?: string;
                /** @description Only about the thing with this id. */
                entityId?: string;
                /** @description Only about this kind of thing, such as ticket. */
                entityType?: string;
                /** @description Comma list of event names, groups or *. */
                event?: string;
                /** @description desc when left out. */
                order?: "asc" | "desc";
                /** @description Only by the actor with this id. */
                performerId?: string;
                /** @description Only by this kind of actor. */
                performerType?: "user" | "api" | "customer" | "automation" | "system";
                /** @description From this moment on. */
                startDate?: string;
            };
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
        };
    };
    "brands.getSchema": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemaInput"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewStatus"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
                brandId: string;
                statusId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                statusId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StatusReplacement"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                statusId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StatusPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatusOrder"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTag"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
                brandId: string;
                tagId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                tagId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
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
                brandId: string;
                tagId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TagPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                tagId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TagMerge"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                assigneeEmail?: string;
                /** @description A member's id; me; null or unassigned for nobody; all. */
                assigneeId?: string;
                /** @description Id or key of a category; null for none; all. */
                categoryId?: string;
                /** @description The id of a company: tickets of all its customers. */
                companyId?: string;
                /** @description Created at this time or later. */
                createdAfter?: string;
                /** @description Created before this time. */
                createdBefore?: string;
                /** @description Comma list. */
                createdBy?: string;
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description The address of a customer. */
                customerEmail?: string;
                /** @description The id of a customer. */
                customerId?: string;
                /** @description customFields.<key>=<text>: equality with the text of a top-level scalar. */
                customFields?: string;
                /** @description true: only deleted ones; for admins. */
                deleted?: boolean;
                /** @description Due at this time or later. */
                dueAfter?: string;
                /** @description Due before this time. */
                dueBefore?: string;
                /** @description The id of a form; finds nothing until forms are available. */
                formId?: string;
                /** @description Whether files hang on it. */
                hasAttachments?: boolean;
                /** @description false when left out; true: only spam; any: both. */
                isSpam?: "true" | "false" | "any";
                /** @description Items of the page; 50 when left out. */
                limit?: number;
                /** @description Whether it was merged into another. */
                merged?: boolean;
                /** @description desc when left out. */
                order?: "asc" | "desc";
                /** @description Active and due before now, or not so. */
                overdue?: boolean;
                /** @description Comma list of low, normal, high, urgent; all. */
                priority?: string;
                /** @description Every word must begin a word of the ticket, its comments or its customer. */
                search?: string;
                /** @description What they are sorted by; createdAt when left out. */
                sort?: "createdAt" | "updatedAt" | "priority" | "ticketNumber" | "title" | "status" | "customer" | "company" | "assignee" | "category" | "dueAt";
                /** @description Comma list; all. */
                source?: string;
                /** @description Their id in the channel that they came from. */
                sourceId?: string;
                /** @description Comma list of keys or ids; active, inactive, all. */
                status?: string;
                /** @description Comma list of tag ids. */
                tagIds?: string;
                /** @description any when left out: one of the tags is enough; all: every one. */
                tagMatch?: "any" | "all";
                /** @description Changed at this time or later. */
                updatedAfter?: string;
                /** @description Last changed before this time. */
                updatedBefore?: string;
            };
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewTicket"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["TicketPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description Items of the page; 50 when left out. */
                limit?: number;
                /** @description desc when left out. */
                order?: "asc" | "desc";
                /** @description Comma list of event names, groups or *. */
                types?: string;
            };
            header?: never;
            path: {
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
    "comments.list": {
        parameters: {
            query?: {
                /** @description Comma list of STAFF, CUSTOMER, SYSTEM. */
                authorType?: string;
                /** @description `X-Next-Cursor` of the reply before. */
                cursor?: string;
                /** @description Comments at most; 1,000 when left out. */
                limit?: number;
            };
            header?: never;
            path: {
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewComment"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
                brandId: string;
                commentId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                commentId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                commentId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CommentPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
        };
    };
    "tickets.logs": {
        parameters: {
            query?: {
                /** @description `X-Next-Cursor` of the reply before. */
                cursor?: string;
                /** @description Entries at most; 1,000 when left out. */
                limit?: number;
            };
            header?: never;
            path: {
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeSources"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergedTicket"];
                };
            };
        };
    };
    "tickets.restore": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SpamMark"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ticket"];
                };
            };
        };
    };
    "watchers.list": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                brandId: string;
                ticketId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["NewWatcher"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
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
                brandId: string;
                ticketId: string;
                watcherId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
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
                brandId: string;
                ticketId: string;
                watcherId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["WatcherPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkChange"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                assigneeEmail?: string;
                /** @description A member's id; me; null or unassigned for nobody; all. */
                assigneeId?: string;
                /** @description Id or key of a category; null for none; all. */
                categoryId?: string;
                /** @description The id of a company: tickets of all its customers. */
                companyId?: string;
                /** @description Created at this time or later. */
                createdAfter?: string;
                /** @description Created before this time. */
                createdBefore?: string;
                /** @description Comma list. */
                createdBy?: string;
                /** @description The address of a customer. */
                customerEmail?: string;
                /** @description The id of a customer. */
                customerId?: string;
                /** @description customFields.<key>=<text>: equality with the text of a top-level scalar. */
                customFields?: string;
                /** @description true: only deleted ones; for admins. */
                deleted?: boolean;
                /** @description Due at this time or later. */
                dueAfter?: string;
                /** @description Due before this time. */
                dueBefore?: string;
                /** @description The id of a form; finds nothing until forms are available. */
                formId?: string;
                /** @description Whether files hang on it. */
                hasAttachments?: boolean;
                /** @description false when left out; true: only spam; any: both. */
                isSpam?: "true" | "false" | "any";
                /** @description Whether it was merged into another. */
                merged?: boolean;
                /** @description Active and due before now, or not so. */
                overdue?: boolean;
                /** @description Comma list of low, normal, high, urgent; all. */
                priority?: string;
                /** @description Every word must begin a word of the ticket, its comments or its customer. */
                search?: string;
                /** @description Comma list; all. */
                source?: string;
                /** @description Their id in the channel that they came from. */
                sourceId?: string;
                /** @description Comma list of keys or ids; active, inactive, all. */
                status?: string;
                /** @description Comma list of tag ids. */
                tagIds?: string;
                /** @description any when left out: one of the tags is enough; all: every one. */
                tagMatch?: "any" | "all";
                /** @description Changed at this time or later. */
                updatedAfter?: string;
                /** @description Last changed before this time. */
                updatedBefore?: string;
            };
            header?: never;
            path: {
                brandId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TicketCount"];
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
            /** @description The process runs */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
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
            /** @description Done. */
            200: {
                headers: {
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
                inviteId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
        };
    };
    "members.delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MemberPatch"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description A repeat with the same key and body gets the first answer again; kept 24 hours. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewInvite"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InviteReply"];
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
            /** @description The process can do its work */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, unknown>;
                };
            };
        };
    };
    "queue.tickets": {
        parameters: {
            query?: {
                /** @description The address of an assignee. */
                assigneeEmail?: string;
                /** @description A member's id; me; null or unassigned for nobody; all. */
                assigneeId?: string;
                /** @description Comma list of brands; all that the caller reaches when left out. */
                brandIds?: string;
                /** @description Id or key of a category; null for none; all. */
                categoryId?: string;
                /** @description The id of a company: tickets of all its customers. */
                companyId?: string;
                /** @description Created at this time or later. */
                createdAfter?: string;
                /** @description Created before this time. */
                createdBefore?: string;
                /** @description Comma list. */
                createdBy?: string;
                /** @description Where the page begins: `nextCursor` of the page before. */
                cursor?: string;
                /** @description The address of a customer. */
                customerEmail?: string;
                /** @description The id of a customer. */
                customerId?: string;
                /** @description customFields.<key>=<text>: equality with the text of a top-level scalar. */
                customFields?: string;
                /** @description true: only deleted ones; for admins. */
                deleted?: boolean;
                /** @description Due at this time or later. */
                dueAfter?: string;
                /** @description Due before this time. */
                dueBefore?: string;
                /** @description The id of a form; finds nothing until forms are available. */
                formId?: string;
                /** @description Whether files hang on it. */
                hasAttachments?: boolean;
                /** @description false when left out; true: only spam; any: both. */
                isSpam?: "true" | "false" | "any";
                /** @description Items of the page; 50 when left out. */
                limit?: number;
                /** @description Whether it was merged into another. */
                merged?: boolean;
                /** @description desc when left out. */
                order?: "asc" | "desc";
                /** @description Active and due before now, or not so. */
                overdue?: boolean;
                /** @description Comma list of low, normal, high, urgent; all. */
                priority?: string;
                /** @description Every word must begin a word of the ticket, its comments or its customer. */
                search?: string;
                /** @description What they are sorted by; createdAt when left out. */
                sort?: "createdAt" | "updatedAt" | "priority" | "ticketNumber" | "title" | "status" | "customer" | "company" | "assignee" | "category" | "dueAt";
                /** @description Comma list; all. */
                source?: string;
                /** @description Their id in the channel that they came from. */
                sourceId?: string;
                /** @description Comma list of keys or ids; active, inactive, all. */
                status?: string;
                /** @description Comma list of tag ids. */
                tagIds?: string;
                /** @description any when left out: one of the tags is enough; all: every one. */
                tagMatch?: "any" | "all";
                /** @description Changed at this time or later. */
                updatedAfter?: string;
                /** @description Last changed before this time. */
                updatedBefore?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                assigneeEmail?: string;
                /** @description A member's id; me; null or unassigned for nobody; all. */
                assigneeId?: string;
                /** @description Comma list of brands; all that the caller reaches when left out. */
                brandIds?: string;
                /** @description Id or key of a category; null for none; all. */
                categoryId?: string;
                /** @description The id of a company: tickets of all its customers. */
                companyId?: string;
                /** @description Created at this time or later. */
                createdAfter?: string;
                /** @description Created before this time. */
                createdBefore?: string;
                /** @description Comma list. */
                createdBy?: string;
                /** @description The address of a customer. */
                customerEmail?: string;
                /** @description The id of a customer. */
                customerId?: string;
                /** @description customFields.<key>=<text>: equality with the text of a top-level scalar. */
                customFields?: string;
                /** @description true: only deleted ones; for admins. */
                deleted?: boolean;
                /** @description Due at this time or later. */
                dueAfter?: string;
                /** @description Due before this time. */
                dueBefore?: string;
                /** @description The id of a form; finds nothing until forms are available. */
                formId?: string;
                /** @description Whether files hang on it. */
                hasAttachments?: boolean;
                /** @description false when left out; true: only spam; any: both. */
                isSpam?: "true" | "false" | "any";
                /** @description Whether it was merged into another. */
                merged?: boolean;
                /** @description Active and due before now, or not so. */
                overdue?: boolean;
                /** @description Comma list of low, normal, high, urgent; all. */
                priority?: string;
                /** @description Every word must begin a word of the ticket, its comments or its customer. */
                search?: string;
                /** @description Comma list; all. */
                source?: string;
                /** @description Their id in the channel that they came from. */
                sourceId?: string;
                /** @description Comma list of keys or ids; active, inactive, all. */
                status?: string;
                /** @description Comma list of tag ids. */
                tagIds?: string;
                /** @description any when left out: one of the tags is enough; all: every one. */
                tagMatch?: "any" | "all";
                /** @description Changed at this time or later. */
                updatedAfter?: string;
                /** @description Last changed before this time. */
                updatedBefore?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description Comma list of brands; all that the caller reaches when left out. */
                brandIds?: string;
                /** @description Only tickets created within so many days, today included. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description Comma list of brands; all that the caller reaches when left out. */
                brandIds?: string;
                /** @description Up to this time, by whole days (UTC); a bare date includes that day. */
                endDate?: string;
                /** @description From this time on, by whole days (UTC). */
                startDate?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
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
                /** @description Comma list of brands; all that the caller reaches when left out. */
                brandIds?: string;
                /** @description So many days, today included; 30 when left out. */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Trends"];
                };
            };
        };
    };
}
