//! What is rewritten behind an answer that took effect at once (API 1.6, DESIGN 1).

crate::text_enum! {
    /// What is being rewritten.
    pub enum RewriteKind {
        /// Tickets of a category that is gone: they get another one, or none.
        Category = "category",
        /// Tickets with a tag that is gone: they get another one, or lose it.
        Tag = "tag",
        /// Customers of a company that is gone.
        Company = "company",
        /// Customers without a company whose address has a domain (the subject): they join the target.
        Domain = "domain",
        /// Active tickets of a member who is gone.
        Member = "member",
        /// Copies of the personal data of a customer.
        Erase = "erase",
        /// What an older version wrote gets its words and sort keys.
        Reindex = "reindex",
        /// What was deleted long enough ago goes for good: a ticket, a comment or a company.
        Purge = "purge",
    }
}
