/// What a caller presents to be exchanged for an identity.
public struct Credential: Sendable {
    /// What sort it is.
    public let kind: CredentialKind
    /// The credential itself.
    public let value: Secret
    /// The login by redirect that an authorization code ends; nil for every other credential.
    public let flow: RedirectFlow?

    /// What the browser brought, which the pipeline reads ``value`` out of.
    let callback: Secret?

    private init(kind: CredentialKind, value: Secret, flow: RedirectFlow?, callback: Secret?) {
        self.kind = kind
        self.value = value
        self.flow = flow
        self.callback = callback
    }

    /// Makes a credential of any kind.
    public init(kind: CredentialKind, value: Secret) {
        self.init(kind: kind, value: value, flow: nil, callback: nil)
    }

    /// A ticket.
    public static func ticket(_ text: String) -> Credential {
        Credential(kind: .ticket, value: Secret(text))
    }

    /// An authorization code that came without a redirect of the broker's, such as one from an upstream's own app.
    public static func authorizationCode(_ text: String) -> Credential {
        Credential(kind: .authorizationCode, value: Secret(text))
    }

    /// The query that the upstream sent the browser back with, and the flow that it answers.
    public static func callback(_ query: String, of flow: RedirectFlow) -> Credential {
        Credential(kind: .authorizationCode, value: Secret(""), flow: flow, callback: Secret(query))
    }

    /// An ID token.
    public static func idToken(_ text: String) -> Credential {
        Credential(kind: .idToken, value: Secret(text))
    }

    /// The same credential with the code that stood in the callback.
    func opened(_ code: Secret) -> Credential {
        Credential(kind: kind, value: code, flow: flow, callback: callback)
    }

    /// Everything about it that must not be seen.
    var secrets: [Secret] {
        [value] + (callback.map { [$0] } ?? []) + (flow?.secrets ?? [])
    }
}
