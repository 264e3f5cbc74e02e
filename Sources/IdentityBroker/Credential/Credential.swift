/// What a caller presents to be exchanged for an identity.
public struct Credential: Sendable {
    /// What sort it is.
    public let kind: CredentialKind
    /// The credential itself.
    public let value: Secret

    /// Makes a credential of any kind.
    public init(kind: CredentialKind, value: Secret) {
        self.kind = kind
        self.value = value
    }

    /// A ticket.
    public static func ticket(_ text: String) -> Credential {
        Credential(kind: .ticket, value: Secret(text))
    }

    /// An authorization code.
    public static func authorizationCode(_ text: String) -> Credential {
        Credential(kind: .authorizationCode, value: Secret(text))
    }

    /// An ID token.
    public static func idToken(_ text: String) -> Credential {
        Credential(kind: .idToken, value: Secret(text))
    }
}
