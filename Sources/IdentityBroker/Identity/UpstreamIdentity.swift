/// What a provider makes of an upstream's answer: mapped, but neither judged nor cleaned.
///
/// The gate judges ``standing``, ``subject``, ``agreements`` and ``nonce``; normalizing cleans ``claims``. Only then is it an
/// ``Identity``.
public struct UpstreamIdentity: Sendable {
    /// Whether the upstream lets this person in. It has no default, so that no provider forgets to ask.
    public var standing: AccountStanding
    /// The upstream's stable id of the person, in every place where the answer states it.
    public var subject: Agreement
    /// Other facts stated more than once: the audience of a token, a unionid.
    public var agreements: [Agreement]
    /// The nonce of the ID token that the identity came with, as it stands there; nil where the token has none, or where there
    /// is not a token. See ``NonceRule``.
    public var nonce: String?
    /// The claims as mapped.
    public var claims: Claims
    /// Other ids of the same person.
    public var alternateIdentifiers: [AlternateIdentifier]
    /// Values of the upstream's own that are no secrets, by name in snake case.
    public var attributes: [String: AttributeValue]
    /// What was dropped or doubted while mapping.
    public var notices: [Notice]
    /// The token that the upstream issued, for who asks for it.
    public var token: Secret?

    /// Makes an identity that claims nothing yet.
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

    /// The upstream's record less its secrets, for who asks for it.
    public var record: AttributeValue? {
        get { deferredRecord?.value }
        set { deferredRecord = newValue.map { value in DeferredRecord { value } } }
    }

    /// Sets ``record`` to what the closure makes, which is called whenever somebody reads it and only then.
    ///
    /// The closure takes the upstream's secrets out; those of the broker are taken out of what it returns.
    public mutating func setRecord(_ make: @escaping @Sendable () -> AttributeValue) {
        deferredRecord = DeferredRecord(make)
    }
}
