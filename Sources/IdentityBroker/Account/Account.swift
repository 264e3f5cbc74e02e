public import Foundation

/// A local user and the identities linked to it.
public struct Account: Sendable, Hashable {
    /// The account's own id.
    public let id: AccountID
    /// Counts the changes of which identities it has and of their verified contacts, from 1.
    public let version: Int
    /// The linked identities, oldest first. Currently there is exactly one; there may be several.
    public let identities: [LinkedIdentity]
    /// The verified contacts of the identities, in the same order.
    public let contacts: [VerifiedContact]

    /// Makes an account.
    public init(id: AccountID, version: Int = 1, identities: [LinkedIdentity], contacts: [VerifiedContact] = []) {
        self.id = id
        self.version = version
        self.identities = identities
        // Stores return them in any order.
        self.contacts =
            contacts.isEmpty
            ? []
            : identities.flatMap { identity in
                contacts.filter { $0.identity == identity.key }.sorted { $0.kind.rawValue < $1.kind.rawValue }
            }
    }
}

/// The stable, opaque id of an account, by which tokens name a person.
///
/// It reveals nothing about the person or the upstream, and is never reused.
public struct AccountID: Sendable, Hashable {
    /// The id.
    public let value: UUID

    /// Wraps an id.
    public init(_ value: UUID) {
        self.value = value
    }

    /// Parses an id in the form that ``description`` writes; nil for any other text.
    public init?(_ text: String) {
        guard let value = UUID(uuidString: text), value.uuidString.lowercased() == text else { return nil }
        self.value = value
    }
}

extension AccountID: CustomStringConvertible {
    /// The id as 36 lower-case characters (RFC 9562 §4).
    public var description: String { value.uuidString.lowercased() }
}

/// An identity as its account knows it, as of the last login.
public struct LinkedIdentity: Sendable, Hashable {
    /// Issuer and subject.
    public let key: IdentityKey
    /// The instance that authenticated the person at the last login.
    public let provider: ProviderID
    /// The person's other ids.
    public let alternateIdentifiers: [AlternateIdentifier]
    /// The standard claims as a JSON object (OpenID Connect Core §5.1), which may include a phone number. Stores keep
    /// it unchanged.
    public let claims: String
    /// When the person first signed in.
    public let firstLogin: Date
    /// When the person last signed in.
    public let lastLogin: Date

    /// Makes an identity.
    public init(
        key: IdentityKey,
        provider: ProviderID,
        alternateIdentifiers: [AlternateIdentifier],
        claims: String,
        firstLogin: Date,
        lastLogin: Date
    ) {
        self.key = key
        self.provider = provider
        self.alternateIdentifiers = alternateIdentifiers
        self.claims = claims
        self.firstLogin = firstLogin
        self.lastLogin = lastLogin
    }
}

/// A login that leads to an account: what a store needs to find or create it.
public struct SignIn: Sendable, Hashable {
    /// Issuer and subject.
    public let key: IdentityKey
    /// The instance that authenticated the person.
    public let provider: ProviderID
    /// The person's other ids.
    public let alternateIdentifiers: [AlternateIdentifier]
    /// The standard claims as a JSON object.
    public let claims: String
    /// The verified contacts among the claims, in the order of their kinds; at most one of each.
    public let contacts: [VerifiedContact]
    /// When the login happened.
    public let time: Date
    /// The id for the new account, if the identity has none yet.
    public let newAccount: AccountID
    /// New records to put with it, each in version 1. The store adds the account to the owners of each.
    public let records: [StoredRecord]

    /// Makes a sign-in.
    public init(
        key: IdentityKey,
        provider: ProviderID,
        alternateIdentifiers: [AlternateIdentifier],
        claims: String,
        contacts: [VerifiedContact] = [],
        time: Date,
        newAccount: AccountID,
        records: [StoredRecord] = []
    ) {
        self.key = key
        self.provider = provider
        self.alternateIdentifiers = alternateIdentifiers
        self.claims = claims
        self.contacts = contacts
        self.time = time
        self.newAccount = newAccount
        self.records = records
    }
}
