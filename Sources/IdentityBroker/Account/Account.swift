public import Foundation

/// A local user and the identities linked to it.
public struct Account: Sendable, Hashable {
    /// The account's own id.
    public let id: AccountID
    /// The linked identities, oldest first. Currently there is exactly one; there may be several.
    public let identities: [LinkedIdentity]

    /// Makes an account.
    public init(id: AccountID, identities: [LinkedIdentity]) {
        self.id = id
        self.identities = identities
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
        time: Date,
        newAccount: AccountID,
        records: [StoredRecord] = []
    ) {
        self.key = key
        self.provider = provider
        self.alternateIdentifiers = alternateIdentifiers
        self.claims = claims
        self.time = time
        self.newAccount = newAccount
        self.records = records
    }
}
