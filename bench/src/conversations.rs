//! Real customer conversations: reading the files, and turning a conversation into a ticket with comments.
//! The files themselves are never part of the project; their folder is always an argument.

pub mod people;
pub mod read;
pub mod ticket;

#[cfg(test)]
mod whole_folder_tests;

/// What one customer wrote in one conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    /// Id in the files.
    pub id: String,
    /// Domain the conversation is about, such as `airline`; it becomes the brand.
    pub domain: String,
    /// Messages in order, blank ones left out.
    pub turns: Vec<Turn>,
}

/// One message of the customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Id in the files.
    pub id: String,
    /// Position in the conversation; the agent's messages, which are not in the files, have the missing numbers.
    pub number: f64,
    /// What the customer wrote.
    pub text: String,
    /// Labels of the words other than `O`, each once, as first seen.
    pub slots: Vec<String>,
    /// What the customer wanted; several are joined by `<div>`.
    pub intent: String,
}
