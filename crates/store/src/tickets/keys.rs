//! Where a ticket stands in a list: the value that it is sorted by, and its id (API 5.4).

use std::cmp::Ordering;

use dispatch_model::TicketId;

/// The value that a ticket is sorted by. Empty ones come last in both orders; texts are case-folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortKey {
    /// A time, a number or a rank.
    Int(i64),
    /// A text.
    Text(String),
    /// None.
    Empty,
}

impl SortKey {
    fn order(&self, other: &Self, descending: bool) -> Ordering {
        let order = match (self, other) {
            (Self::Empty, Self::Empty) => return Ordering::Equal,
            (Self::Empty, _) => return Ordering::Greater,
            (_, Self::Empty) => return Ordering::Less,
            (Self::Int(one), Self::Int(two)) => one.cmp(two),
            (Self::Text(one), Self::Text(two)) => one.cmp(two),
            (Self::Int(_), Self::Text(_)) => Ordering::Less,
            (Self::Text(_), Self::Int(_)) => Ordering::Greater,
        };
        if descending { order.reverse() } else { order }
    }

    /// As it stands in a cursor.
    #[must_use]
    pub fn encode(&self) -> String {
        match self {
            Self::Int(value) => format!("i{value}"),
            Self::Text(text) => format!("t{text}"),
            Self::Empty => "e".to_owned(),
        }
    }

    /// Reads what [`SortKey::encode`] wrote.
    #[must_use]
    pub fn decode(text: &str) -> Option<Self> {
        if text == "e" {
            return Some(Self::Empty);
        }
        match text.split_at_checked(1)? {
            ("i", rest) => rest.parse().ok().map(Self::Int),
            ("t", rest) => Some(Self::Text(rest.to_owned())),
            _ => None,
        }
    }
}

/// A place in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The value.
    pub key: SortKey,
    /// The ticket.
    pub id: TicketId,
}

impl Position {
    /// Which of two stands first.
    #[must_use]
    pub fn order(&self, other: &Self, descending: bool) -> Ordering {
        let ids = if descending { other.id.cmp(&self.id) } else { self.id.cmp(&other.id) };
        self.key.order(&other.key, descending).then(ids)
    }

    /// Whether the value stands before, with or behind that of another place.
    pub(super) fn key_order(&self, key: &SortKey, descending: bool) -> Ordering {
        self.key.order(key, descending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_values_are_last_in_both_orders_and_ids_go_along() {
        let at = |key, id: &str| Position { key, id: TicketId::from(id) };
        let mut all = vec![
            at(SortKey::Empty, "a"),
            at(SortKey::Text("b".to_owned()), "a"),
            at(SortKey::Text("a".to_owned()), "b"),
            at(SortKey::Empty, "b"),
            at(SortKey::Text("b".to_owned()), "c"),
        ];
        let shown = |all: &[Position]| all.iter().map(|at| format!("{}{}", at.key.encode(), at.id)).collect::<Vec<_>>();
        all.sort_by(|one, two| one.order(two, false));
        assert_eq!(shown(&all), ["tab", "tba", "tbc", "ea", "eb"]);
        all.sort_by(|one, two| one.order(two, true));
        assert_eq!(shown(&all), ["tbc", "tba", "tab", "eb", "ea"]);
    }

    #[test]
    fn a_key_comes_back_from_its_text() {
        for key in [SortKey::Int(-5), SortKey::Text("ä e".to_owned()), SortKey::Text(String::new()), SortKey::Empty] {
            assert_eq!(SortKey::decode(&key.encode()), Some(key));
        }
        for wrong in ["", "x", "ix", "ee"] {
            assert_eq!(SortKey::decode(wrong), None, "{wrong}");
        }
    }
}
