/// What a caller presents to be exchanged for an identity.
public struct Credential: Sendable {
    /// What sort it is.
    public let kind: CredentialKind
    /// The credential itself.
    public let value: Secret
    /// The login by redirect that an authorization code ends; nil for every other credential.
    public let flow: RedirectFlow?

    /// What came beside it, by name: the parameters of an upstream's answer that ``RedirectForm/furtherParameters`` names.
    public let parts: [String: Secret]

    /// The nonce that the app asked the upstream for an ID token with, where the app did that itself; else nil.
    public let nonce: Secret?

    /// What a browser brought, which the pipeline reads ``value`` and ``parts`` out of.
    struct Callback: Sendable {
        let text: Secret
        let responseMode: RedirectForm.ResponseMode
    }

    let callback: Callback?

    private init(
        kind: CredentialKind,
        value: Secret,
        flow: RedirectFlow? = nil,
        nonce: Secret? = nil,
        parts: [String: Secret] = [:],
        callback: Callback? = nil
    ) {
        self.kind = kind
        self.value = value
        self.flow = flow
        self.nonce = nonce
        self.parts = parts
        self.callback = callback
    }

    /// Makes a credential of any kind.
    public init(kind: CredentialKind, value: Secret) {
        self.init(kind: kind, value: value, flow: nil)
    }

    /// A ticket.
    public static func ticket(_ text: String) -> Credential {
        Credential(kind: .ticket, value: Secret(text))
    }

    /// An authorization code that came without a redirect of the broker's, such as one from an upstream's own app.
    ///
    /// - Parameters:
    ///   - text: The code.
    ///   - nonce: The nonce that the app asked for it with, where it is exchanged for an ID token.
    public static func authorizationCode(_ text: String, nonce: String? = nil) -> Credential {
        Credential(kind: .authorizationCode, value: Secret(text), nonce: secret(nonce))
    }

    /// What the upstream sent the browser back with, and the flow that it answers.
    ///
    /// - Parameters:
    ///   - answer: The query of the redirect URI, or the body of the form that was posted to it.
    ///   - flow: The flow, as it was kept since ``Broker/beginRedirect(_:returningTo:)``.
    ///   - responseMode: Which of the two it is.
    public static func callback(
        _ answer: String,
        of flow: RedirectFlow,
        by responseMode: RedirectForm.ResponseMode = .query
    ) -> Credential {
        Credential(
            kind: .authorizationCode,
            value: Secret(""),
            flow: flow,
            callback: Callback(text: Secret(answer), responseMode: responseMode)
        )
    }

    /// An ID token that the user's app got from the upstream itself.
    ///
    /// - Parameters:
    ///   - text: The token.
    ///   - nonce: The nonce that the app asked for it with, in clear. Whoever presents it vouches for it being this user's.
    public static func idToken(_ text: String, nonce: String? = nil) -> Credential {
        Credential(kind: .idToken, value: Secret(text), nonce: secret(nonce))
    }

    /// An empty text is none, and equal to no other.
    private static func secret(_ text: String?) -> Secret? {
        text.flatMap { $0.isEmpty ? nil : Secret($0) }
    }

    /// The same credential with the code that stood in the callback, and what stood beside it.
    func opened(_ code: Secret, with parts: [String: Secret]) -> Credential {
        Credential(kind: kind, value: code, flow: flow, parts: parts, callback: callback)
    }

    /// Everything about it that must not be seen.
    var secrets: [Secret] {
        var secrets = [value]
        if let callback { secrets.append(callback.text) }
        if let flow { secrets += flow.secrets }
        if let nonce { secrets.append(nonce) }
        // A short part, such as an app's id, may stand anywhere, the subject included.
        for part in parts.values where part.byteCount >= 16 { secrets.append(part) }
        return secrets
    }
}
