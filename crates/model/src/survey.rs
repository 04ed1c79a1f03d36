//! Surveys of satisfaction, and the feedback that they bring (API 24).

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    BrandId, CustomerId, FeedbackId, TicketId, Timestamp,
    brand::CsatType,
    limits::{FEEDBACK_COMMENT_MAX, SURVEY_DELAY_MINUTES_MAX, SURVEY_OPEN_MS},
    text::{Int, Verbatim},
};

/// Minutes before a survey is mailed: up to a week.
pub type DelayMinutes = Int<0, SURVEY_DELAY_MINUTES_MAX>;

crate::text_enum! {
    /// Where a survey stands.
    pub enum FeedbackState {
        /// It is mailed at `sendAt`.
        Scheduled = "scheduled",
        /// It was mailed.
        Sent = "sent",
        /// It was answered.
        Submitted = "submitted",
        /// It was not answered in time.
        Expired = "expired",
        /// It is not mailed.
        Canceled = "canceled",
    }
}

crate::text_enum! {
    /// Why a survey was started.
    pub enum SurveyCause {
        /// The ticket was resolved.
        Resolved = "resolved",
        /// An automation says so.
        Automation = "automation",
        /// Somebody asked for it: nothing that happens to the ticket cancels it.
        Asked = "asked",
    }
}

/// What came of the wish for a survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SurveyOutcome {
    /// It is mailed later.
    Scheduled(FeedbackId),
    /// There is none.
    Skipped(SurveySkip),
}

/// Why there is no survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurveySkip {
    /// Nobody can be asked.
    NoCustomer,
    /// The customer wants no mail.
    NoMail,
    /// There is one within the last 7 days.
    Recent,
    /// The ticket is spam.
    Spam,
    /// The ticket was merged into another.
    Merged,
}

impl SurveySkip {
    /// The reason as a sentence.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NoCustomer => "The ticket has no customer who could be asked.",
            Self::NoMail => "The customer wants no mail.",
            Self::Recent => "The ticket has a survey within the last 7 days.",
            Self::Spam => "The ticket is spam.",
            Self::Merged => "The ticket was merged into another.",
        }
    }
}

/// What a customer is asked about a ticket, and the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Feedback {
    /// Its id.
    pub id: FeedbackId,
    /// Its brand.
    pub brand_id: BrandId,
    /// The ticket that it is about.
    pub ticket_id: TicketId,
    /// How it is rated.
    pub rating_type: CsatType,
    /// The rating: 1 or -1 for thumbs, else up to 5 or 10.
    pub rating: Option<i64>,
    /// What the customer wrote.
    pub comment: Option<String>,
    /// Who is asked. Empty when the customer was erased.
    pub customer_email: String,
    /// The member who had resolved the ticket.
    pub resolver_email: Option<String>,
    /// Where it stands.
    pub state: FeedbackState,
    /// When it is mailed.
    pub send_at: Timestamp,
    /// When it was mailed.
    pub sent_at: Option<Timestamp>,
    /// When it was answered.
    pub submitted_at: Option<Timestamp>,
    /// Until when it can be answered: 30 days after it is mailed.
    pub expires_at: Timestamp,
    /// When it was scheduled.
    pub created_at: Timestamp,
}

/// A survey that begins.
#[derive(Clone, Debug)]
pub struct NewSurvey {
    /// Its id.
    pub id: FeedbackId,
    /// Its brand.
    pub brand_id: BrandId,
    /// The ticket that it is about.
    pub ticket_id: TicketId,
    /// Why.
    pub cause: SurveyCause,
    /// How it is rated.
    pub rating_type: CsatType,
    /// Who is asked.
    pub customer_id: CustomerId,
    /// The address.
    pub customer_email: String,
    /// The member who had resolved the ticket.
    pub resolver_email: Option<String>,
    /// When it is mailed.
    pub send_at: Timestamp,
    /// Now.
    pub created_at: Timestamp,
}

/// Until when a survey can be answered that is mailed then.
#[must_use]
pub const fn expiry(mailed_at: Timestamp) -> Timestamp {
    mailed_at.plus_ms(SURVEY_OPEN_MS)
}

crate::input! {
    /// The wish for a survey.
    pub struct SurveyRequest {
        /// Minutes before it is mailed; 0 when left out.
        delay_minutes "delayMinutes": optional DelayMinutes,
    }
    example r#"{ "delayMinutes": 60 }"#;
}

/// A rating on any of the scales.
pub type Rating = Int<-1, 10>;
/// What is written beside a rating.
pub type FeedbackComment = Verbatim<0, FEEDBACK_COMMENT_MAX>;

crate::input! {
    /// The answer to a survey.
    pub struct FeedbackAnswer {
        /// 1 or -1 for thumbs, else 1 to 5 or 1 to 10.
        rating "rating": required Rating,
        /// What the customer has to say.
        comment "comment": optional FeedbackComment,
    }
    example r#"{ "rating": 1, "comment": "Fast answer" }"#;
}

/// A survey as whoever holds its link sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackShown {
    /// Its id.
    pub id: FeedbackId,
    /// `sent`, `submitted` or `expired`.
    pub state: FeedbackState,
    /// How it is rated.
    pub rating_type: CsatType,
    /// What it is about.
    pub ticket: FeedbackTicket,
    /// Who asks.
    pub brand: FeedbackBrand,
}

/// What a survey is about.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackTicket {
    /// Short summary of the issue.
    pub title: String,
    /// Prefix and number.
    pub ticket_number: String,
}

/// Who asks.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackBrand {
    /// Its name.
    pub name: String,
    /// Its icon.
    pub icon_url: Option<String>,
}

/// What whoever answers is told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeedbackTaken {
    /// Always true.
    pub success: bool,
    /// A word of thanks.
    pub message: &'static str,
    /// The survey.
    pub id: FeedbackId,
}
