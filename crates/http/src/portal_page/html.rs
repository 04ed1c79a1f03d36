//! What the pages of the portal look like.

use axum::{http::StatusCode, response::Response};
use dispatch_mail::compose::readable;
use serde_json::Value;

use super::{Signed, Site, form::FILES_MAX};
use crate::page::{self, escaped};

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A moment, as people read it.
fn moment(at: &str) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let part = |from: usize, to: usize| at.get(from..to).unwrap_or_default();
    let month = part(5, 7).parse::<usize>().ok().and_then(|month| MONTHS.get(month.wrapping_sub(1))).unwrap_or(&"");
    let day = part(8, 10).trim_start_matches('0');
    format!(
        "<time datetime=\"{}\">{} {month} {}, {} UTC</time>",
        escaped(at),
        escaped(day),
        escaped(part(0, 4)),
        escaped(part(11, 16))
    )
}

fn size(bytes: i64) -> String {
    match bytes {
        ..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KB", bytes / 1_024),
        _ => format!("{}.{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

/// The field that says that a form is one of ours.
fn csrf(signed: &Signed) -> String {
    format!("<input type=\"hidden\" name=\"csrf\" value=\"{}\">\n", signed.csrf())
}

/// Bytes, as the limits of forms are told.
pub(super) fn megabytes(bytes: i64) -> String {
    if bytes < 1_048_576 { size(bytes) } else { format!("{} MB", bytes / 1_048_576) }
}

/// A page of a brand.
pub(super) fn whole(status: StatusCode, site: &Site, signed: Option<&Signed>, title: &str, main: &str) -> Response {
    let home = site.path();
    let icon = site.icon_url.as_deref().map_or_else(String::new, |url| {
        format!("<img class=\"icon\" src=\"{}\" alt=\"\" width=\"32\" height=\"32\">", escaped(url))
    });
    let who = signed.map_or_else(String::new, |signed| {
        format!(
            "<form class=\"who\" method=\"post\" action=\"{home}/sign-out\"><span>{}</span>{}<button class=\"plain\">Sign out</button></form>",
            escaped(&signed.user.email),
            csrf(signed),
        )
    });
    let name = escaped(&site.name);
    let html = format!(
        "<header><a class=\"brand\" href=\"{home}\">{icon}<span>{name}</span></a>{who}</header>\n<div class=\"content\">\n{main}</div>\n"
    );
    page::answer(status, &format!("{title} \u{b7} {}", site.name), "/portal/style.css", "same-origin", &html)
}

/// A page that says one thing.
pub(super) fn sentence(status: StatusCode, site: &Site, signed: Option<&Signed>, title: &str, said: &str) -> Response {
    let back = format!("<p><a href=\"{}\">Back</a></p>\n", site.path());
    whole(status, site, signed, title, &format!("<h1>{}</h1>\n<p>{}</p>\n{back}", escaped(title), escaped(said)))
}

/// A page of no brand.
pub(super) fn nowhere(status: StatusCode, title: &str, said: &str) -> Response {
    let main = format!("<div class=\"content\"><h1>{}</h1>\n<p>{}</p></div>\n", escaped(title), escaped(said));
    page::answer(status, title, "/portal/style.css", "same-origin", &main)
}

fn problem(said: Option<&str>) -> String {
    said.map_or_else(String::new, |said| format!("<p class=\"problem\" role=\"alert\">{}</p>\n", escaped(said)))
}

/// Where somebody says who they are.
pub(super) fn sign_in(site: &Site, email: &str, wrong: Option<&str>) -> Response {
    let (home, status) = (site.path(), if wrong.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK });
    let lead = if site.sends_mail {
        "<p>We send you a link by mail; no password is needed.</p>\n".to_owned()
    } else {
        format!(
            "<p>This help desk sends no mail, so that nobody can sign in here by a link. You can write to {}.</p>\n",
            escaped(&site.inbound_address)
        )
    };
    let form = if site.sends_mail {
        format!(
            "<form method=\"post\" action=\"{home}/link\">\n<label>Your mail address<input type=\"email\" name=\"email\" value=\"{}\" \
            autocomplete=\"email\" required maxlength=\"320\" autofocus></label>\n<button>Send me a link</button>\n</form>\n",
            escaped(email)
        )
    } else {
        String::new()
    };
    let main = format!("<h1>Sign in to see your requests</h1>\n{lead}{}{form}", problem(wrong));
    whole(status, site, None, "Sign in", &main)
}

/// The same for everybody, whoever is known.
pub(super) fn link_sent(site: &Site, email: &str) -> Response {
    let main = format!(
        "<h1>Look into your mail</h1>\n<p>If <strong>{}</strong> is known here, a link is on its way. It works once, and for 15 minutes.</p>\n\
        <p><a href=\"{}\">Another address</a></p>\n",
        escaped(email),
        site.path(),
    );
    whole(StatusCode::OK, site, None, "Look into your mail", &main)
}

/// Behind the mailed link. To open it spends nothing: programs that look into mail follow links.
pub(super) fn follow(site: &Site, token: &str) -> Response {
    let main = format!(
        "<h1>Welcome</h1>\n<p>Go on to see your requests.</p>\n<form method=\"post\" action=\"{}/sign-in\">\n\
        <input type=\"hidden\" name=\"token\" value=\"{}\">\n<button autofocus>Sign in</button>\n</form>\n",
        site.path(),
        escaped(token),
    );
    whole(StatusCode::OK, site, None, "Sign in", &main)
}

fn badge(ticket: &Value) -> String {
    let kind = if ticket["isActive"] == true { "active" } else { "done" };
    format!("<span class=\"badge {kind}\">{}</span>", escaped(text(ticket, "statusName")))
}

/// The tickets of a customer: those that are worked on, or those that are not.
pub(super) fn tickets(site: &Site, signed: &Signed, which: &str, page: &Value) -> Response {
    let home = site.path();
    let tab = |key: &str, label: &str| {
        let current = if key == which { " aria-current=\"page\"" } else { "" };
        format!("<a href=\"{home}?status={key}\"{current}>{label}</a>")
    };
    let rows: String = list(page, "data")
        .iter()
        .map(|ticket| {
            format!(
                "<li><a href=\"{home}/tickets/{number}\"><span class=\"title\">{title}</span>{badge}\
                <span class=\"dim\">{number} &middot; {at}</span></a></li>\n",
                number = escaped(text(ticket, "ticketNumber")),
                title = escaped(text(ticket, "title")),
                badge = badge(ticket),
                at = moment(text(ticket, "updatedAt")),
            )
        })
        .collect();
    let rows = match (rows.is_empty(), which) {
        (false, _) => format!("<ul class=\"tickets\">\n{rows}</ul>\n"),
        (true, "active") => "<p class=\"empty\">Nothing is open. If you need us, write a request.</p>\n".to_owned(),
        (true, _) => "<p class=\"empty\">There is nothing here.</p>\n".to_owned(),
    };
    let next = page["pagination"]["nextCursor"].as_str().map_or_else(String::new, |cursor| {
        let cursor: String = url::form_urlencoded::byte_serialize(cursor.as_bytes()).collect();
        format!("<p><a href=\"{home}?status={which}&amp;cursor={cursor}\">Older ones</a></p>\n")
    });
    let main = format!(
        "<div class=\"row\"><h1>Your requests</h1><a class=\"button\" href=\"{home}/new\">New request</a></div>\n\
        <nav aria-label=\"Which requests\">{}{}{}</nav>\n{rows}{next}",
        tab("active", "Open"),
        tab("inactive", "Done"),
        tab("all", "All"),
    );
    whole(StatusCode::OK, site, Some(signed), "Your requests", &main)
}

/// What an empty form needs.
#[derive(Debug)]
pub(super) struct Blank {
    /// The number that it is known by when it is sent twice.
    pub(super) once: String,
    pub(super) file_bytes_max: i64,
}

/// What somebody has typed, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) title: String,
    pub(super) body: String,
    /// Files have to be chosen again: a page cannot choose them.
    pub(super) had_files: bool,
    pub(super) wrong: Option<String>,
    /// What is wrong with its fields.
    pub(super) of: Vec<(String, String)>,
}

impl Draft {
    pub(super) fn wrong(said: String) -> Self {
        Self { wrong: Some(said), ..Self::default() }
    }

    fn is_refused(&self) -> bool {
        self.wrong.is_some() || !self.of.is_empty()
    }

    fn status(&self) -> StatusCode {
        if self.is_refused() { StatusCode::BAD_REQUEST } else { StatusCode::OK }
    }

    /// What is said above the form.
    fn above(&self) -> String {
        if let Some(said) = &self.wrong {
            return problem(Some(said));
        }
        let unplaced = self.of.iter().find(|(field, _)| !["title", "body", "files"].contains(&of_form(field)));
        match unplaced {
            Some((field, said)) => problem(Some(&format!("{field} {said}."))),
            None if self.of.is_empty() => String::new(),
            None => problem(Some("That could not be sent yet. See below.")),
        }
    }

    /// What is said at a field, and the attributes that lead there.
    fn at(&self, name: &str) -> (String, String) {
        let Some((_, said)) = self.of.iter().find(|(field, _)| of_form(field) == name) else {
            return (String::new(), String::new());
        };
        // The API's words go on from a name; ours about files are sentences.
        let said = if name == "files" { said.clone() } else { format!("This {said}.") };
        (
            format!("<p class=\"wrong\" id=\"{name}-wrong\">{}</p>\n", escaped(&said)),
            format!(" aria-invalid=\"true\" aria-describedby=\"{name}-wrong\""),
        )
    }

    fn files_field(&self, blank: &Blank) -> String {
        let (wrong, about) = self.at("files");
        let again = if self.is_refused() && self.had_files {
            "<p class=\"wrong\">Please choose your files again.</p>\n"
        } else {
            ""
        };
        format!(
            "<div class=\"field\"><label for=\"files\">Files <span class=\"dim\">(up to {FILES_MAX}, {} each at most)</span></label>\n\
            <input type=\"file\" id=\"files\" name=\"files\" multiple{about}>\n{wrong}{again}</div>\n",
            megabytes(blank.file_bytes_max),
        )
    }

    /// A text of several lines.
    fn body_field(&self, label: &str, rows: u8, required: &str) -> String {
        let (wrong, about) = self.at("body");
        format!(
            "<div class=\"field\"><label for=\"body\">{label}</label>\n\
            <textarea id=\"body\" name=\"body\" rows=\"{rows}\"{required}{about}>\n{}</textarea>\n{wrong}</div>\n",
            // A line feed right behind the tag is none of the text.
            escaped(&self.body),
        )
    }
}

/// The field of a form that a field of the API comes from.
fn of_form(field: &str) -> &str {
    if field.starts_with("attachmentIds") { "files" } else { field }
}

/// The beginning of a form with files, behind which its fields follow. What says whose it is comes before any file.
fn form_start(signed: &Signed, blank: &Blank) -> String {
    format!(
        "<form method=\"post\" enctype=\"multipart/form-data\">\n{}<input type=\"hidden\" name=\"once\" value=\"{}\">\n",
        csrf(signed),
        blank.once,
    )
}

/// A new ticket.
pub(super) fn new_ticket(site: &Site, signed: &Signed, blank: &Blank, draft: &Draft) -> Response {
    let (wrong, about) = draft.at("title");
    let main = format!(
        "<p><a href=\"{home}\">&larr; Your requests</a></p>\n<h1>New request</h1>\n{above}{start}\
        <div class=\"field\"><label for=\"title\">What is it about?</label>\n\
        <input id=\"title\" name=\"title\" value=\"{title}\" required maxlength=\"500\" autocomplete=\"off\" autofocus{about}>\n{wrong}</div>\n\
        {body}{files}<button>Send</button>\n</form>\n",
        home = site.path(),
        above = draft.above(),
        start = form_start(signed, blank),
        title = escaped(&draft.title),
        body = draft.body_field("What happened?", 8, ""),
        files = draft.files_field(blank),
    );
    whole(draft.status(), site, Some(signed), "New request", &main)
}

/// For somebody whose session has ended while they were writing: what they have written is not lost.
pub(super) fn signed_out(site: &Site, title: &str, body: &str) -> Response {
    let said = if title.is_empty() && body.is_empty() {
        String::new()
    } else {
        let kept = [title, body].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
        format!(
            "<p>Nothing was sent. Copy what you have written, sign in, and send it then.</p>\n<div class=\"field\">\
            <label for=\"kept\">What you have written</label>\n<textarea id=\"kept\" rows=\"8\" readonly>\n{}</textarea></div>\n",
            escaped(&kept),
        )
    };
    let main = format!(
        "<h1>You are signed out</h1>\n{said}<p><a class=\"button\" href=\"{}\">Sign in</a></p>\n",
        site.path(),
    );
    whole(StatusCode::UNAUTHORIZED, site, None, "You are signed out", &main)
}

fn files(site: &Site, number: &str, of: &[&Value]) -> String {
    if of.is_empty() {
        return String::new();
    }
    let rows: String = of
        .iter()
        .map(|file| {
            format!(
                "<li><a href=\"{}/tickets/{}/files/{}\">{}</a> <span class=\"dim\">{}</span></li>\n",
                site.path(),
                escaped(number),
                escaped(text(file, "id")),
                escaped(text(file, "filename")),
                size(file["size"].as_i64().unwrap_or(0)),
            )
        })
        .collect();
    format!("<ul class=\"files\">\n{rows}</ul>\n")
}

fn message(who: &str, staff: bool, at: &str, body: &str, files: &str) -> String {
    let side = if staff { "staff" } else { "own" };
    format!(
        "<article class=\"{side}\"><p class=\"head\"><strong>{}</strong> <span class=\"dim\">{}</span></p>\n<div class=\"said\">{}</div>\n{files}</article>\n",
        escaped(who),
        moment(at),
        readable(body),
    )
}

/// A ticket with its conversation.
pub(super) fn ticket(
    site: &Site,
    signed: &Signed,
    blank: &Blank,
    (ticket, attached): (&Value, &[Value]),
    draft: &Draft,
) -> Response {
    let number = text(ticket, "ticketNumber");
    let own = signed.user.name.as_deref().unwrap_or(&signed.user.email);
    let loose: Vec<&Value> = attached.iter().filter(|file| file["commentId"].is_null()).collect();
    let mut said = message(own, false, text(ticket, "createdAt"), text(ticket, "body"), &files(site, number, &loose));
    for comment in list(ticket, "comments") {
        let of: Vec<&Value> = list(comment, "attachments").iter().collect();
        let staff = comment["authorType"] != "CUSTOMER";
        let name = comment["authorName"].as_str().filter(|name| !name.is_empty());
        let who = name.unwrap_or(if staff { &site.name } else { own });
        let (at, body) = (text(comment, "createdAt"), text(comment, "body"));
        said.push_str(&message(who, staff, at, body, &files(site, number, &of)));
    }
    let merged = text(&ticket["mergedInto"], "ticketNumber");
    let home = site.path();
    let end = if ticket["status"] == "merged" || !merged.is_empty() {
        let target = escaped(merged);
        let leads = if target.is_empty() {
            "<p class=\"note\">This request goes on as another one.</p>\n".to_owned()
        } else {
            format!("<p class=\"note\">This request goes on as <a href=\"{home}/tickets/{target}\">{target}</a>.</p>\n")
        };
        // It was merged while somebody wrote.
        let kept =
            if draft.is_refused() { draft.body_field("What you have written", 5, " readonly") } else { String::new() };
        format!("{}{leads}{kept}", draft.above())
    } else {
        let hint = if ticket["isActive"] == true {
            ""
        } else {
            "<p class=\"note\">This request is done. Write below to open it again.</p>\n"
        };
        format!(
            "<section id=\"answer\" aria-label=\"Answer\">\n{hint}{above}{start}{body}{files}<button>Send</button>\n</form>\n</section>\n",
            above = draft.above(),
            start = form_start(signed, blank),
            body = draft.body_field("Your answer", 5, " required"),
            files = draft.files_field(blank),
        )
    };
    let title = text(ticket, "title");
    let main = format!(
        "<p><a href=\"{home}\">&larr; Your requests</a></p>\n<h1>{}</h1>\n<p class=\"meta\">{badge} <span class=\"dim\">{}</span></p>\n{said}<div id=\"end\"></div>\n{end}",
        escaped(title),
        escaped(number),
        badge = badge(ticket),
    );
    whole(draft.status(), site, Some(signed), title, &main)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_and_sizes_are_read_by_people() {
        let at = moment("2026-01-02T03:04:05.678Z");
        assert_eq!(at, "<time datetime=\"2026-01-02T03:04:05.678Z\">2 Jan 2026, 03:04 UTC</time>");
        assert_eq!((size(7), size(2_048), size(1_572_864)), ("7 bytes".into(), "2 KB".into(), "1.5 MB".into()));
        assert_eq!(
            moment("\"><script>"),
            "<time datetime=\"&quot;&gt;&lt;script&gt;\">t&gt;  &quot;&gt;&lt;s,  UTC</time>"
        );
    }
}
