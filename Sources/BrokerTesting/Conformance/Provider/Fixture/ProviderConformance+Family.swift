extension ProviderConformance {
    /// A family of rules that does not apply to some upstreams. A fixture omits one by name, with its reason.
    public enum Family: String, Sendable, Hashable, CaseIterable {
        /// Answers that are not proper JSON. Omitted if the upstream speaks another format.
        case json = "answers that are not proper JSON"
        /// Answers whose id is invalid: ``Variant/identifier(_:)``.
        case identifiers = "answers that do not identify the person"
        /// Answers that do not admit the person: ``Variant/standing(_:)``.
        case standing = "people whom the upstream does not let in"
        /// Answers meant for someone else: ``Variant/anotherAudience``, ``Variant/anotherLogin`` and ``Variant/anyLogin``.
        case addressees = "answers for another app or login"
        /// Answers that are signed with an unknown key: ``Variant/unknownKey``. Of no concern to an upstream without
        /// requests that concern no person.
        case unknownKeys = "answers that are signed with an unknown key"
        /// An upstream that asks for patience, with status 429 and `Retry-After`.
        case patience = "upstreams that send Retry-After"
    }
}
