public import IdentityBroker
public import StrictJSON

/// The identity that a login must yield. The kit itself knows the issuer, the instance and the time.
public struct ExpectedIdentity: Sendable, Hashable {
    /// The subject.
    public var subject: String
    /// All claims.
    public var claims: Claims
    /// The alternate identifiers, in order; nil for any.
    public var alternateIdentifiers: [AlternateIdentifier]?
    /// The attributes; nil for any.
    public var attributes: JSONObject?
    /// The notices, in order; nil for any that the manifest lists.
    public var notices: [Notice]?

    /// Creates an expected identity.
    public init(
        subject: String,
        claims: Claims,
        alternateIdentifiers: [AlternateIdentifier]? = nil,
        attributes: JSONObject? = nil,
        notices: [Notice]? = nil
    ) {
        self.subject = subject
        self.claims = claims
        self.alternateIdentifiers = alternateIdentifiers
        self.attributes = attributes
        self.notices = notices
    }
}
