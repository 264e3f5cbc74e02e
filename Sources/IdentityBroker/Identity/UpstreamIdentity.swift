public import Foundation
public import StrictJSON

/// What a provider makes of an upstream's answer: mapped, but neither checked nor cleaned.
///
/// The gate checks ``standing``, ``subject``, ``agreements``, ``nonce`` and ``credentialExpiry``; normalization cleans ``claims``. The result
/// is an ``Identity``.
public struct UpstreamIdentity: Sendable {
    /// Whether the upstream lets this person sign in. Without a default, so that no provider forgets to check.
    public var standing: AccountStanding
    /// The upstream's stable id of the person, in every place where the answer states it.
    public var subject: Agreement
    /// Who vouches for the subject, if the instance has several issuers, such as the tenants of one provider; nil for the
    /// instance's ``IdentityProvider/issuer``. Only the provider knows which ones are its instance's, so it has checked it.
    public var issuer: Issuer?
    /// Other facts stated more than once: the audience of a token, a unionid.
    public var agreements: [Agreement]
    /// The nonce of the ID token that the identity came with, as found there; nil if the token has none, or if there is
    /// no token. See ``NonceRule``.
    public var nonce: String?
    /// When the presented credential expires, if it says so, as a native ID token does in `exp`; nil if unknown. The
    /// pipeline refuses one that outlives its memory of presented credentials.
    public var credentialExpiry: Date?
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
    /// What else the upstream issued that is secret, such as a refresh token. No one gets these; like ``token``, they are
    /// removed from the identity wherever the upstream's record repeats them. At most 16: each costs a search through that
    /// record, and an answer with more is refused as `upstreamMisbehaved`.
    public var furtherSecrets: [Secret] = []

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

/// Whether the upstream lets this person sign in.
public enum AccountStanding: Sendable, Hashable {
    /// The record shows nothing against it.
    case active
    /// Blocked by an administrator.
    case blocked
    /// Deleted; the record is a leftover.
    case deleted
    /// Suspended, resigned, archived or deactivated.
    case suspended
    /// A flag that gates access has a value that the provider does not know. The login is refused, since an unknown
    /// value might mean no.
    case unrecognized
}

/// One fact that an upstream states in several places, which must all agree.
///
/// A provider lists what it saw and where; the gate compares. If providers compared, one forgotten comparison would
/// sign in whomever an attacker's record names.
public struct Agreement: Sendable, Hashable {
    /// The name of the fact for the error message, such as `subject`.
    public let fact: String
    /// What each place states. A place without a value is left out.
    public private(set) var statements: [Statement]

    /// What one place states.
    public struct Statement: Sendable, Hashable {
        /// Where the value is, such as `token.data.id`.
        public let place: String
        /// The value.
        public let value: String
    }

    /// Begins with nothing stated.
    public init(on fact: String) {
        self.fact = fact
        statements = []
        // Enough for most providers.
        statements.reserveCapacity(4)
    }

    /// Adds what one place states; nil, for a place without a value, adds nothing.
    public mutating func add(_ value: String?, at place: String) {
        guard let value else { return }
        statements.append(Statement(place: place, value: value))
    }

    /// The value that every place states; nil if there is none, or if two differ.
    public var agreedValue: String? {
        guard let first = statements.first?.value, firstDissent == nil else { return nil }
        return first
    }

    /// The first statement that differs from the initial one. Compared byte by byte: `==` on strings uses canonical
    /// equivalence, which an upstream's ids do not.
    var firstDissent: Statement? {
        statements.dropFirst().first { !$0.value.isIdentical(to: statements[0].value) }
    }
}

/// Something in the upstream's record that was dropped or doubted during mapping, and why.
///
/// A notice is a word in snake case from the closed list in the provider's manifest; it never contains a value.
public struct Notice: RawRepresentable, Sendable, Hashable {
    /// The word.
    public let rawValue: String

    /// Names a custom notice.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Disallowed characters were removed from a name, or a name was shortened.
    public static let nameCleaned = Notice(rawValue: "name_cleaned")
    /// The picture is not an absolute https URL.
    public static let pictureRefused = Notice(rawValue: "picture_refused")
    /// The e-mail address is not exactly one address.
    public static let emailRefused = Notice(rawValue: "email_refused")
    /// The upstream refused the app's own token, and the request was repeated with a newer one. It appears only in the
    /// audit event, since it is not about the person.
    public static let appTokenRenewed = Notice(rawValue: "app_token_renewed")

    /// The rule of this number, from 1, in the instance's ``IdentityPolicy/admit`` refused the person. It appears only
    /// in the audit event.
    public static func refused(byRule number: Int) -> Notice { Notice(rawValue: "admit_rule_\(number)") }
    /// The event represents this many refusals of one kind, of which the others have no event.
    package static func stands(for count: Int) -> Notice { Notice(rawValue: "stands_for:\(count)") }
}

extension Notice: CustomStringConvertible {
    /// The word.
    public var description: String { rawValue }
}
