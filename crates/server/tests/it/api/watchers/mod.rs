mod add;
mod change;
mod with_ticket;
