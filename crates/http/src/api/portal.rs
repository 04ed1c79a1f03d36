//! `/portal/*`, and `/brands/{brandId}/portal/*` by which staff signs customers in.

mod files;

use std::sync::Arc;

use axum::http::Method;
use dispatch_desk::{Permission, api_keys::hash, portal, tickets::TicketQuery};
use dispatch_model::{
    BrandId,
    account::{Success, mint_token},
    input::schema,
    limits::PORTAL_PAGE,
    portal::{
        NewPortalComment, NewPortalTicket, NewPortalToken, PORTAL_START, PortalComment, PortalLinkRequest,
        PortalSession, PortalTicket, PortalTicketDetail, PortalVerify, StaffPortalLink,
    },
    text::{Email, Url},
    ticket::TicketSort,
};
use dispatch_store as store;

use super::{descending, limit, order_schema};
use crate::{
    call::{Call, Reply, write_json},
    op,
    operation::Operation,
    problem::{Code, Problem},
};

const TICKETS: &str = "/portal/tickets";
const TICKET: &str = "/portal/tickets/{ticketId}";
const COMMENTS: &str = "/portal/tickets/{ticketId}/comments";

const FOREIGN: &str = "The page is of an origin that is not in `portalOrigins`.";
const BAD_LINK: &str =
    "A field is wrong, or `portalUrl` is of an origin that is neither in `portalOrigins` nor the server's own.";

pub(super) fn operations() -> Vec<Operation> {
    let mut all = of_staff();
    all.extend(signing_in());
    all.extend(of_customers());
    all.extend(files::operations());
    all
}

fn of_staff() -> Vec<Operation> {
    vec![
        Operation::new::<PortalSession>(
            Method::POST,
            "/brands/{brandId}/portal/token",
            "brands.createPortalToken",
            "Sign a customer in to the portal",
        )
        .creates()
        .about(
            "For a server that knows who its user is. The customer is created or linked; one without a company joins the company of \
            their email domain, else the one with `metadata.sourceOrgId`, else the one called `companyName`, else a new one. In a \
            replay `token` is null.",
        )
        .refuses(Code::Conflict, "The customer is blocked.")
        .run_with(create_token),
        Operation::new::<Success>(
            Method::POST,
            "/brands/{brandId}/portal/magic-link",
            "brands.sendPortalLink",
            "Mail a customer a link to the portal",
        )
        .about("The link is `portalUrl?token=...`; it works once and for 15 minutes. Whoever follows it becomes a customer if they are none.")
        .refuses(Code::Validation, BAD_LINK)
        .refuses(Code::RateLimit, "Too many links were asked for this address.")
        .run_with(staff_link),
    ]
}

fn signing_in() -> Vec<Operation> {
    vec![
        Operation::new::<Success>(Method::POST, "/portal/magic-link", "portal.sendLink", "Have a link to the portal mailed")
            .signs_in()
            .about(
                "The answer is the same for every address, after the same time. The link is `portalUrl?token=...`; it works once and for \
                15 minutes. It is mailed to customers that the brand knows, and to everybody with `portalSignup`.",
            )
            .refuses(Code::Validation, BAD_LINK)
            .refuses(Code::Forbidden, FOREIGN)
            .run_with(send_link),
        Operation::new::<PortalSession>(Method::POST, "/portal/verify", "portal.verify", "Sign in to the portal with a mailed link")
            .signs_in()
            .refuses(Code::Authentication, "The link is wrong, was used or has expired.")
            .refuses(Code::Forbidden, FOREIGN)
            .run_with(verify),
        Operation::new::<PortalSession>(Method::POST, "/portal/refresh", "portal.refresh", "Renew a portal token")
            .needs(Permission::Portal)
            .about("The answer has another token; the present one works until its own end. Up to 7 days after the sign-in.")
            .refuses(Code::Authentication, "The token has ended, or the sign-in was 7 days ago.")
            .run(refresh),
    ]
}

fn of_customers() -> Vec<Operation> {
    let (default, max) = PORTAL_PAGE;
    vec![
        Operation::page::<PortalTicket>(TICKETS, "portal.listTickets", "Tickets of the customer")
            .needs(Permission::Portal)
            .query(
                "status",
                "Keys or ids; `active` (custom statuses included), `inactive`, or `all`.",
                schema::comma_list(schema::any_text()),
            )
            .like("active")
            .query("sort", "What they are sorted by.", schema::one_of_or(&["createdAt", "updatedAt"], "updatedAt"))
            .query("order", "Which way.", order_schema("desc"))
            .query("limit", "Items of the page.", schema::int_or(1, max, default))
            .query(
                "cursor",
                "Where the page begins: `nextCursor` of the page before, with the same filters and order.",
                schema::text(0, 4096),
            )
            .about("Neither spam nor deleted ones.")
            .run(list),
        Operation::new::<PortalTicket>(Method::POST, TICKETS, "portal.createTicket", "Write a ticket")
            .needs(Permission::Portal)
            .creates()
            .about("Its `source` is `portal`. Records `ticket.created`.")
            .tells_all(&[("title", "\"-\"")])
            .run_with(create),
        Operation::new::<PortalTicketDetail>(Method::GET, TICKET, "portal.getTicket", "One ticket with its conversation")
            .needs(Permission::Portal)
            .about("Without internal notes, without what the server itself notes, and without the files of either.")
            .run(get),
        Operation::new::<PortalComment>(Method::POST, COMMENTS, "portal.createComment", "Answer on a ticket")
            .needs(Permission::Portal)
            .creates()
            .about("Opens a ticket that is resolved, closed or pending. Records `comment.created`, then `ticket.updated` and what follows.")
            .refuses(Code::Conflict, "The ticket was merged into another.")
            .tells_all(&[("body", "\"-\"")])
            .run_with(comment),
    ]
}

/// A new portal token.
pub(crate) fn new_token(call: &Call) -> String {
    mint_token(PORTAL_START, &call.app.seams().entropy)
}

async fn create_token(call: Call, new: NewPortalToken) -> Result<Reply, Problem> {
    let (brand, new, token) = (call.brand(), Arc::new(new), new_token(&call));
    // A token is shown once: a replay has null in its place, and the stored answer too.
    let kept = |session: &PortalSession| write_json(&PortalSession { token: None, ..session.clone() });
    call.write_kept(
        op!(
            [brand, new, token] | tx,
            act | async {
                let session = portal::token(tx, &act, &brand, &new, &hash(&token)).await?;
                Ok::<_, dispatch_desk::Error>(PortalSession { token: Some(token.clone()), ..session })
            }
        ),
        kept,
    )
    .await
}

/// Notes that a link is asked for; the worker mails it.
async fn ask(call: Call, brand: Option<BrandId>, email: Email, url: Url, by_staff: bool) -> Result<Reply, Problem> {
    let public_url = call.app.settings().public_url.clone();
    let asked = Arc::new((email, url));
    call.made(op!(
        [brand, asked, public_url] | tx,
        act | { portal::ask(tx, &act, brand.as_ref(), (&asked.0, &asked.1), &public_url, by_staff) }
    ))
    .await?;
    let body = write_json(&Success { success: true })?;
    Ok(call.reply(body))
}

async fn staff_link(call: Call, link: StaffPortalLink) -> Result<Reply, Problem> {
    let brand = call.brand();
    call.found(op!(&[brand] | tx, _act | async { dispatch_desk::brands::get(tx, &brand).await.map(|_| ()) })).await?;
    call.take_sign_in(&format!("{brand} {}", &*link.email))?;
    ask(call, Some(brand), link.email, link.portal_url, true).await
}

async fn send_link(mut call: Call, link: PortalLinkRequest) -> Result<Reply, Problem> {
    let named: String = link.brand.into();
    let (known, origins) = call
        .found(op!(
            [named] | tx,
            _act | async {
                let Some(id) = store::portal::brand(tx, &named).await? else { return Ok((None, Vec::new())) };
                let brand = dispatch_desk::brands::get(tx, &id).await?;
                Ok::<_, dispatch_desk::Error>((Some(brand.id), brand.portal.origins))
            }
        ))
        .await?;
    call.check_portal_origin(&origins)?;
    let whose = known.as_ref().map_or("", BrandId::as_str);
    call.take_sign_in(&format!("{whose} {}", &*link.email))?;
    call.of_brand = known.clone();
    ask(call, known, link.email, link.portal_url, false).await
}

async fn verify(mut call: Call, verify: PortalVerify) -> Result<Reply, Problem> {
    let (link, token) = (hash(verify.token.reveal()), new_token(&call));
    let found = call
        .found(op!(
            &[link] | tx,
            act | async {
                let Some(link) = store::portal::followed(tx, &link, act.at).await? else { return Ok(None) };
                Ok::<_, dispatch_desk::Error>(Some(dispatch_desk::brands::get(tx, &link.brand).await?))
            }
        ))
        .await?;
    if let Some(brand) = found {
        call.check_portal_origin(&brand.portal.origins)?;
        call.of_brand = Some(brand.id);
    }
    let hashed = hash(&token);
    let session = call.made(op!([link, hashed] | tx, act | portal::verify(tx, &act, &link, &hashed))).await?;
    let body = write_json(&PortalSession { token: Some(token), ..session })?;
    Ok(call.reply(body))
}

async fn refresh(call: Call) -> Result<Reply, Problem> {
    let (user, token) = (call.caller.portal_user()?.clone(), new_token(&call));
    let hashed = hash(&token);
    let session = call.made(op!([user, hashed] | tx, act | portal::refresh(tx, &act, &user, &hashed))).await?;
    let body = write_json(&PortalSession { token: Some(token), ..session })?;
    Ok(call.reply(body))
}

async fn list(mut call: Call) -> Result<Reply, Problem> {
    let query = call
        .query(|params, errors| {
            let sort = match params.one("sort", errors).as_deref() {
                None | Some("updatedAt") => TicketSort::UpdatedAt,
                Some("createdAt") => TicketSort::CreatedAt,
                Some(_) => {
                    errors.push("sort", "must be one of: createdAt, updatedAt");
                    TicketSort::UpdatedAt
                }
            };
            TicketQuery {
                status: params.list("status", errors),
                sort: Some(sort),
                ascending: !descending(params, true, errors),
                limit: limit(params, PORTAL_PAGE.0, PORTAL_PAGE.1, errors),
                cursor: params.one("cursor", errors),
                ..TicketQuery::default()
            }
        })
        .await?;
    let (user, query) = (call.caller.portal_user()?.clone(), Arc::new(query));
    call.read(op!([user, query] | tx, act | portal::list(tx, &act, &user, &query))).await
}

async fn create(call: Call, new: NewPortalTicket) -> Result<Reply, Problem> {
    let (user, new) = (call.caller.portal_user()?.clone(), Arc::new(new));
    call.write(op!([user, new] | tx, act | portal::create(tx, &act, &user, &new))).await
}

async fn get(call: Call) -> Result<Reply, Problem> {
    let (user, id) = (call.caller.portal_user()?.clone(), call.at("ticketId").to_owned());
    call.read(op!([user, id] | tx, _act | portal::get(tx, &user, &id))).await
}

async fn comment(call: Call, new: NewPortalComment) -> Result<Reply, Problem> {
    let (user, id, new) = (call.caller.portal_user()?.clone(), call.at("ticketId").to_owned(), Arc::new(new));
    call.write(op!([user, id, new] | tx, act | portal::comment(tx, &act, &user, &id, &new))).await
}
