public import StrictJSON

/// What a provider makes of an upstream's answer: mapped, but neither checked nor cleaned.
///
/// The gate checks ``standing``, ``subject``, ``agreements`` and ``nonce``; normalization cleans ``claims``. The result
/// is an ``Identity``.
public struct UpstreamIdentity: Sendable {
    /// Whether the upstream lets this person sign in. Without a default, so that no provider forgets to check.
    public var standing: AccountStanding
    /// The upstream's stable id of the person, in every place where the answer states it.
    public var subject: Agreement
    /// Other facts stated more than once: the audience of a token, a unionid.
    public var agreements: [Agreement]
    /// The nonce of the ID token that the identity came with, as found there; nil if the token has none, or if there is
    /// no token. See ``NonceRule``.
    public var nonce: String?
    /// The claims as mapped.
    public var claims: Claims
    /// Other ids of the same person.
    public var alternateIdentifiers: [AlternateIdentifier]
    /// The upstream's own values that are not secret, by name in snake case.
    public var attributes: JSONObject
    /// What was dropped or doubted during mapping.
    public var notices: [Notice]
    /// The token that the upstream issued, for callers that want it.
    public var token: Secret?

    /// Makes an identity without any claims.
    public init(standing: AccountStanding, subject: Agreement) {
        self.standing = standing
        self.subject = subject
        agreements = []
        claims = Claims()
        alternateIdentifiers = []
        attributes = [:]
        notices = []
    }

    var deferredRecord: DeferredRecord?

    /// The upstream's record without its secrets, for callers that want it.
    public var record: JSONValue? {
        get { deferredRecord?.value }
        set { deferredRecord = newValue.map { value in DeferredRecord { value } } }
    }

    /// Sets ``record`` to the result of the closure, which is called at each read and only then.
    ///
    /// The closure removes the upstream's secrets; the broker removes its own from the result.
    public mutating func setRecord(_ make: @escaping @Sendable () -> JSONValue) {
        deferredRecord = DeferredRecord(make)
    }
}
