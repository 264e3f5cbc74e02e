extension ProviderConformance {
    /// A family of rules that some upstreams give no occasion for. A fixture leaves one out by name, with its reason.
    public enum Family: String, Sendable, Hashable, CaseIterable {
        /// Answers that are no proper JSON. Left out where the upstream speaks another format.
        case json = "answers that are no proper JSON"
        /// Answers whose id is none: ``Variant/identifier(_:)``.
        case identifiers = "answers that do not say whom they are about"
        /// Answers that do not let the person in: ``Variant/standing(_:)``.
        case standing = "people whom the upstream does not let in"
        /// Answers to somebody else: ``Variant/anotherAudience`` and ``Variant/anotherLogin``.
        case addressees = "answers that were made for another app or login"
        /// An upstream that asks for patience, with status 429 and `Retry-After`.
        case patience = "an upstream that asks for patience"
    }
}
