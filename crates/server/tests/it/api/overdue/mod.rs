//! Tickets past their date: told once for each date (API 25).

mod timer;
