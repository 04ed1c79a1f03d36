//! The edges of mail: messages come in by HTTP, SMTP and IMAP, and leave through a relay. No transaction is open meanwhile.
