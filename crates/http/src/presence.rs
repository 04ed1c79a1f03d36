//! Who looks at which ticket (API 15.5). It is kept in the memory of this process and forgotten after half a minute; on
//! PostgreSQL the nodes tell each other what they hear. A node that has just started knows it when everybody has said it
//! again, which they do every 15 seconds.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use dispatch_model::{
    BrandId, MemberId, TicketId, Timestamp,
    limits::{PRESENCE_MS, PRESENCES_MAX},
    presence::{Presence, PresenceState},
};
use serde::{Deserialize, Serialize};

use crate::App;

/// A member at a ticket, until then unless it is said again.
#[derive(Debug)]
struct Here {
    presence: Presence,
    until: Timestamp,
}

/// A ticket of a brand.
type Place = (BrandId, TicketId);

#[derive(Debug, Default)]
struct State {
    tickets: HashMap<Place, Vec<Here>>,
    total: usize,
}

/// The members at tickets that this process knows of.
#[derive(Debug, Default)]
pub(crate) struct Presences(Mutex<State>);

/// What came of noting something.
pub(crate) struct Noted {
    /// Whether it is news.
    changed: bool,
    /// The others at the ticket.
    pub(crate) others: Vec<Presence>,
}

impl Presences {
    fn note(&self, place: Place, presence: &Presence, now: Timestamp) -> Noted {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let State { tickets, total } = &mut *state;
        let here = tickets.entry(place.clone()).or_default();
        let known = here.iter().position(|here| here.presence.member_id == presence.member_id);
        let until = now.plus_ms(PRESENCE_MS);
        let changed = match (known, presence.state) {
            (None, PresenceState::Left) => false,
            (Some(at), PresenceState::Left) => {
                here.remove(at);
                *total -= 1;
                true
            }
            (Some(at), _) => {
                let before = std::mem::replace(&mut here[at], Here { presence: presence.clone(), until });
                before.presence != *presence
            }
            (None, _) if *total >= PRESENCES_MAX => false,
            (None, _) => {
                here.push(Here { presence: presence.clone(), until });
                *total += 1;
                true
            }
        };
        let others = here
            .iter()
            .filter(|here| here.presence.member_id != presence.member_id && here.until > now)
            .map(|here| here.presence.clone())
            .collect();
        if here.is_empty() {
            tickets.remove(&place);
        }
        Noted { changed, others }
    }

    /// Forgets those who have not said it again, and answers who that was.
    pub(crate) fn forget(&self, now: Timestamp) -> Vec<(BrandId, TicketId, Presence)> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let State { tickets, total } = &mut *state;
        let mut gone = Vec::new();
        tickets.retain(|(brand, ticket), here| {
            for gone_one in here.extract_if(.., |here| here.until <= now) {
                let left = Presence { state: PresenceState::Left, ..gone_one.presence };
                gone.push((brand.clone(), ticket.clone(), left));
            }
            !here.is_empty()
        });
        *total -= gone.len();
        gone
    }
}

/// What one node tells the others.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Said {
    brand_id: String,
    ticket_id: String,
    member_id: String,
    name: String,
    state: String,
}

impl App {
    /// Notes what a member does at a ticket, and tells whoever wants to know; answers the others there.
    pub(crate) fn note_presence(&self, brand: &BrandId, ticket: &TicketId, presence: &Presence) -> Vec<Presence> {
        let said = Said {
            brand_id: brand.0.clone(),
            ticket_id: ticket.0.clone(),
            member_id: presence.member_id.0.clone(),
            name: presence.name.clone(),
            state: presence.state.as_str().to_owned(),
        };
        // Repeats are told as well: the others forget otherwise.
        self.db().signals().say(serde_json::to_string(&said).unwrap_or_default());
        self.note_here(brand, ticket, presence)
    }

    /// Notes what another node has said.
    pub(crate) fn hear_presence(&self, sentence: &str) {
        let Ok(said) = serde_json::from_str::<Said>(sentence) else { return };
        let Ok(state) = PresenceState::read(&said.state) else { return };
        let presence = Presence { member_id: MemberId(said.member_id), name: said.name, state };
        self.note_here(&BrandId(said.brand_id), &TicketId(said.ticket_id), &presence);
    }

    fn note_here(&self, brand: &BrandId, ticket: &TicketId, presence: &Presence) -> Vec<Presence> {
        let now = self.seams().clock.now();
        let noted = self.presences().note((brand.clone(), ticket.clone()), presence, now);
        if noted.changed {
            self.tell_presence(brand, ticket, presence, now);
        }
        noted.others
    }
}
