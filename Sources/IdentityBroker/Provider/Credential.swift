/// What a caller presents to be exchanged for an identity.
public struct Credential: Sendable {
    /// Its kind.
    public let kind: CredentialKind
    /// The credential itself.
    public let value: Secret
    /// The redirect login that an authorization code completes; nil for any other credential.
    public let flow: RedirectFlow?

    /// What came with it, by name: the parameters of an upstream's answer that ``RedirectForm/furtherParameters`` lists, or
    /// what the caller presented of ``CredentialForm/parts``.
    public let parts: [String: Secret]

    /// What the upstream called itself in its answer (`iss`, RFC 9207): one of ``RedirectForm/issuers``; nil if it did
    /// not.
    public let issuer: String?

    /// The nonce with which the app itself requested the ID token from the upstream; nil if it did not. Its length is
    /// one of ``CredentialForm/nonceBytes``.
    public let nonce: Secret?

    /// What a browser brought, from which the pipeline reads ``value`` and ``parts``.
    struct Callback: Sendable {
        let text: Secret
        let responseMode: RedirectForm.ResponseMode
    }

    let callback: Callback?

    /// The names of those of ``parts`` that are no secrets, once the pipeline knows.
    var openParts: Set<String> = []

    private init(
        kind: CredentialKind,
        value: Secret,
        flow: RedirectFlow? = nil,
        nonce: Secret? = nil,
        parts: [String: Secret] = [:],
        issuer: String? = nil,
        callback: Callback? = nil
    ) {
        self.kind = kind
        self.value = value
        self.flow = flow
        self.nonce = nonce
        self.parts = parts
        self.issuer = issuer
        self.callback = callback
    }

    /// Makes a credential of any kind.
    ///
    /// - Parameters:
    ///   - nonce: The nonce with which the app requested it, if an ID token comes with it.
    ///   - parts: What travels with it, by name: parts that the type's ``CredentialForm/parts`` list.
    public init(kind: CredentialKind, value: Secret, nonce: Secret? = nil, parts: [String: Secret] = [:]) {
        self.init(kind: kind, value: value, flow: nil, nonce: nonce, parts: parts)
    }

    /// A ticket.
    public static func ticket(_ text: String) -> Credential {
        Credential(kind: .ticket, value: Secret(text))
    }

    /// An authorization code from outside the broker's redirects, such as one from an upstream's own app.
    ///
    /// - Parameters:
    ///   - text: The code.
    ///   - nonce: The nonce with which the app requested it, if it is exchanged for an ID token.
    ///   - parts: What travels with it, by name: parts that the type's ``CredentialForm/parts`` list.
    public static func authorizationCode(
        _ text: String,
        nonce: String? = nil,
        parts: [String: Secret] = [:]
    ) -> Credential {
        Credential(kind: .authorizationCode, value: Secret(text), nonce: secret(nonce), parts: parts)
    }

    /// The response that the upstream sent through the browser, and the flow that it answers.
    ///
    /// - Parameters:
    ///   - answer: The query of the redirect URI, or the body of the form posted to it.
    ///   - flow: The flow, as kept since ``Broker/beginRedirect(_:returningTo:)``.
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

    /// An ID token that the user's app got directly from the upstream.
    ///
    /// - Parameters:
    ///   - text: The token.
    ///   - nonce: The nonce with which the app requested it, in clear. The presenter vouches that it belongs to this
    ///     user.
    public static func idToken(_ text: String, nonce: String? = nil) -> Credential {
        Credential(kind: .idToken, value: Secret(text), nonce: secret(nonce))
    }

    /// An empty text counts as absent, so that it equals no other.
    private static func secret(_ text: String?) -> Secret? {
        text.flatMap { $0.isEmpty ? nil : Secret($0) }
    }

    /// The same credential with the code from the callback, and what came with it.
    func opened(_ code: Secret, with parts: [String: Secret], from issuer: String?) -> Credential {
        Credential(kind: kind, value: code, flow: flow, parts: parts, issuer: issuer, callback: callback)
    }

    /// Everything in it that must not be disclosed, not even in the identity.
    var secrets: [Secret] {
        var secrets = [value]
        if let callback { secrets.append(callback.text) }
        if let flow { secrets += flow.secrets }
        if let nonce { secrets.append(nonce) }
        if !parts.isEmpty { secrets += parts.compactMap { isOpen($0.value, $0.key) ? nil : $0.value } }
        return secrets
    }

    /// Parts that the identity may contain, and errors and logs may not: those that are no secrets, and short ones, which may
    /// be the person's own, such as a given name or an id.
    var unspokenParts: [Secret] {
        parts.isEmpty ? [] : parts.compactMap { isOpen($0.value, $0.key) ? $0.value : nil }
    }

    private func isOpen(_ part: Secret, _ name: String) -> Bool { part.isShort || openParts.contains(name) }
}

extension Secret {
    fileprivate var isShort: Bool { byteCount < 16 }
}

/// The kind of credential that a caller presents.
public struct CredentialKind: RawRepresentable, Sendable, Hashable {
    /// The kind's name in snake case, as it appears in documents and audit events.
    public let rawValue: String

    /// Names a custom kind: `[a-z][a-z0-9_]*`, except `code`.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// An opaque one-time text that an upstream's own app gave to the user's app.
    public static let ticket = CredentialKind(rawValue: "ticket")
    /// An OAuth 2.0 authorization code (RFC 6749 §1.3.1).
    public static let authorizationCode = CredentialKind(rawValue: "authorization_code")
    /// An OpenID Connect ID token.
    public static let idToken = CredentialKind(rawValue: "id_token")

    /// Whether documents and requests can identify the kind by its name: snake case, and not `code`, which identifies
    /// an authorization code.
    package var isIdentifiable: Bool {
        guard let first = rawValue.utf8.first, rawValue != "code" else { return false }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
            && rawValue.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }
}

/// What happened to the credential of a failed login.
public enum CredentialFate: String, Sendable, Hashable, CaseIterable {
    /// No byte of it can have left and nothing was kept: it may be presented again.
    case unused
    /// It was redeemed, or an upstream gave an answer for it: it cannot be used again.
    case spent
    /// It may have left, and it is unknown whether it arrived. It is treated as spent.
    case unknown
}
