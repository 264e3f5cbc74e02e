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

extension Identity {
    /// The names of the parts of the identity that are not as expected. Their values might not be allowed in a report.
    func differences(from expected: ExpectedIdentity) -> [String] {
        var differences = claims.differences(from: expected.claims)
        if subject != expected.subject { differences.append("the subject") }
        if let identifiers = expected.alternateIdentifiers, identifiers != alternateIdentifiers {
            differences.append("the alternate identifiers")
        }
        if let attributes = expected.attributes {
            let names = Set(attributes.map(\.name)).union(self.attributes.map(\.name))
            differences += names.filter { attributes[$0] != self.attributes[$0] }.sorted()
                .map { "the attribute \($0)" }
        }
        if let notices = expected.notices, notices != self.notices {
            differences.append("the notices (\(self.notices.map(\.rawValue).joined(separator: ", ")))")
        }
        return differences
    }
}

extension Claims {
    fileprivate func differences(from expected: Claims) -> [String] {
        guard self != expected else { return [] }
        let names = zip(Mirror(reflecting: self).children, Mirror(reflecting: expected).children)
            .filter { "\($0.value)" != "\($1.value)" }.compactMap { $0.0.label.map { "the claim \($0)" } }
        // A value whose mirror is empty differs without showing it.
        return names.isEmpty ? ["the claims"] : names
    }
}
