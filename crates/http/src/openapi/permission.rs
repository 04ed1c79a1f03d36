//! Credentials and permissions in words (API 1.2).

use dispatch_desk::Permission;
use dispatch_model::session::SESSION_COOKIE;
use serde_json::{Value, json};

/// Who may do it, in one sentence.
pub(super) fn sentence(permission: Permission, reads: bool) -> &'static str {
    match permission {
        Permission::Public => "Takes no credential.",
        Permission::Read => "For every credential that reaches it.",
        Permission::Work => "For every member, and for API keys with `full` or `support`.",
        Permission::Configure if reads => "For admins and the owner, and for API keys with `full` or `read`.",
        Permission::Configure => "For admins and the owner, and for API keys with `full`.",
        Permission::Manage if reads => {
            "For admins and the owner, and for API keys with `allBrands` and `full` or `read`."
        }
        Permission::Manage => "For admins and the owner, and for API keys with `allBrands` and `full`.",
        Permission::DeleteBrands => "For the owner, and for API keys with `allBrands` and `full`.",
        Permission::Session => "For every member who is signed in; takes no API key.",
        Permission::Members => "For admins and the owner; takes no API key. Admins are for the owner alone to change.",
        Permission::Account => "For the owner; takes no API key.",
        Permission::Inbound => {
            "For API keys with `full` or `support`, and for the inbound token of the brand; takes no session."
        }
        Permission::Portal => "For customers, with a portal token; takes no other credential.",
    }
}

/// The credentials that a route takes. Its cookie alone is enough for a session that only reads.
pub(super) fn security(permission: Permission, reads: bool) -> Value {
    if permission == Permission::Public {
        return json!([]);
    }
    if permission == Permission::Inbound {
        return json!([{ "apiKey": [] }, { "inboundToken": [] }]);
    }
    if permission == Permission::Portal {
        return json!([{ "portalToken": [] }]);
    }
    if permission.takes_sessions_only() { sessions(reads) } else { any_credential(reads) }
}

/// An API key or a session.
pub(super) fn any_credential(reads: bool) -> Value {
    let key = [json!({ "apiKey": [] })];
    key.into_iter().chain(sessions(reads).as_array().cloned().unwrap_or_default()).collect()
}

fn sessions(reads: bool) -> Value {
    let cookie = if reads { json!({ "sessionCookie": [] }) } else { json!({ "sessionCookie": [], "csrfToken": [] }) };
    json!([{ "sessionToken": [] }, cookie])
}

/// Every kind of credential.
pub(super) fn schemes() -> Value {
    json!({
        "apiKey": { "type": "http", "scheme": "bearer", "description": "An API key: `sk_live_...`." },
        "inboundToken": {
            "type": "http", "scheme": "bearer",
            "description": "The inbound token of a brand: `itk_...`. It delivers mail, and nothing else.",
        },
        "sessionToken": {
            "type": "http", "scheme": "bearer",
            "description": "The session of a member: `sessionToken` of a sign-in with mode `token`.",
        },
        "portalToken": {
            "type": "http", "scheme": "bearer",
            "description": "A customer who is signed in to the portal: `token` of a portal session. It works for 60 minutes.",
        },
        "sessionCookie": {
            "type": "apiKey", "in": "cookie", "name": SESSION_COOKIE,
            "description": "The session of a member in a browser. It ends after 12 hours without a request, or after 30 days.",
        },
        "csrfToken": {
            "type": "apiKey", "in": "header", "name": "X-CSRF-Token",
            "description": "`csrfToken` of the session, with every request of the cookie that is no GET; such requests come \
                from pages of the server's own origin.",
        },
    })
}
