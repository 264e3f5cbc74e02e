package import IdentityBroker

/// The identifiers of credentials in a token exchange (RFC 8693 §3): the registered one for an ID token, one of the broker's own
/// for any other kind.
extension CredentialKind {
    private static let prefix = "urn:identity-broker:token-type:"
    private static let registered: [CredentialKind: String] = [
        .idToken: "urn:ietf:params:oauth:token-type:id_token"
    ]
    /// Shorter names than the kind's own.
    private static let names: [CredentialKind: String] = [.authorizationCode: "code"]

    /// The kind as a `subject_token_type`.
    package var subjectTokenType: String {
        Self.registered[self] ?? Self.prefix + (Self.names[self] ?? rawValue)
    }

    /// The kind that a `subject_token_type` identifies; nil for none.
    package init?(subjectTokenType text: String) {
        let kind =
            Self.registered.first { $0.value == text }?.key
            ?? Self.names.first { Self.prefix + $0.value == text }?.key
            ?? CredentialKind(rawValue: String(text.dropFirst(Self.prefix.count)))
        // Each kind has one identifier.
        guard kind.subjectTokenType == text, kind.isIdentifiable else { return nil }
        self = kind
    }
}
