//! Sentences from which generated tickets are made. `{}` stands for what the ticket is about.

/// What tickets are about.
pub const SUBJECTS: [&str; 24] = [
    "the annual plan",
    "two-factor sign-in",
    "the monthly invoice",
    "the export to CSV",
    "the mobile app",
    "the calendar sync",
    "our team workspace",
    "the payment page",
    "the delivery of order",
    "the starter kit",
    "the webhook endpoint",
    "the password reset mail",
    "the analytics dashboard",
    "the loyalty points",
    "the return label",
    "the gift card",
    "the shared inbox",
    "the desktop client",
    "the address book",
    "the search page",
    "the discount code",
    "the storage upgrade",
    "the family subscription",
    "the audit report",
];

/// Titles.
pub const TITLES: [&str; 14] = [
    "Problem with {}",
    "Cannot use {} since this morning",
    "{} shows an error",
    "Question about {}",
    "{} was charged twice",
    "Please help with {}",
    "Refund for {}",
    "{} is very slow",
    "How do I change {}?",
    "{} stopped working after the update",
    "Wrong amount on {}",
    "Access to {} for a new colleague",
    "{} is missing from my account",
    "Cancel {} please",
];

/// First sentences.
pub const OPENINGS: [&str; 10] = [
    "Hello, I am writing about {}.",
    "Hi there, we have been customers for three years and now {} gives us trouble.",
    "Good morning, could somebody look at {} for me?",
    "Since yesterday evening {} does not do what it should.",
    "I tried to sort out {} on my own and did not get far.",
    "My colleague told me to contact you because of {}.",
    "This is the second time this month that {} needs your help.",
    "Dear team, I have a short question on {}.",
    "I am a bit lost with {} and hope you can point me in the right direction.",
    "We are setting things up for the new quarter and came across a problem with {}.",
];

/// What happened.
pub const DETAILS: [&str; 24] = [
    "The page loads, but after I press the button it stays grey and nothing else happens.",
    "I get the message \"Something went wrong\" together with a code that I noted down for you.",
    "It worked fine until last Tuesday, and as far as I know nobody changed anything on our side.",
    "I already signed out and in again, cleared the cache and tried another browser.",
    "On my phone it looks right, on the computer in the office it does not.",
    "The amount on the statement is 48.90 instead of 24.45, so it looks like it was taken twice.",
    "Three of my colleagues see the same, the others have no trouble at all.",
    "The confirmation mail never arrived, not even in the spam folder.",
    "We need this before the end of the week, because our own customers are waiting for it.",
    "Your help article says to open the settings, but there is no such entry in my menu.",
    "I attached the order number below; the parcel has been \"in transit\" for nine days.",
    "When I open the file it has 1,204 rows, but we have more than two thousand entries.",
    "The person who set this up has left the company and I do not have the password.",
    "Please note that the billing address has changed since our last order.",
    "If it is easier I can send a short video of what happens on the screen.",
    "The second attempt ended with a timeout after about thirty seconds.",
    "I would like to keep the old price, as we agreed on the phone in March.",
    "It is not urgent, but it would be good to know whether we did something wrong.",
    "As you can see from the logs, the request reaches you and is answered with an empty list.",
    "The screen reader does not announce the dialog, so one of us cannot use it at all.",
    "We moved from Lisbon to Kraków and the time zone of all appointments is off by one hour.",
    "A refund would be fine; a replacement would be even better.",
    "I could not find this in the documentation, and the forum only had an answer from two years ago.",
    "Both accounts belong to us and should be merged into the one with the longer history.",
];

/// Last sentences.
pub const CLOSINGS: [&str; 8] = [
    "Thanks a lot in advance!",
    "Kind regards",
    "Please let me know what you need from me.",
    "Looking forward to your answer.",
    "Thank you for your help, and have a nice day.",
    "You can reach me in the afternoon.",
    "Many thanks and best wishes",
    "Could you get back to me today?",
];
