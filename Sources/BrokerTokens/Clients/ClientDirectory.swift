import Crypto
import Foundation
public import IdentityBroker
import JOSE

/// The clients of a broker.
public struct ClientDirectory: Sendable {
    private struct Entry: Sendable {
        let client: TokenClient
        /// The digests of its secrets; nil for a client without.
        let digests: [[UInt8]]?
        /// The keys that it signs with; nil for a client without.
        let keys: JSONWebKeySet?

        init(_ client: TokenClient) {
            self.client = client
            digests = ClientDirectory.digests(of: client)
            keys = if case .keys(let keys) = client.authentication { JSONWebKeySet(keys) } else { nil }
        }
    }

    private var entries: [String: Entry] = [:]

    /// The web origins of all clients whose pages may use the service.
    package private(set) var corsOrigins: Set<String> = []

    /// A digest that no secret has, to compare with if there is none.
    private static let noSecret = [UInt8](repeating: 0, count: SHA256.byteCount)

    /// Creates a directory.
    ///
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` if two clients have the same id.
    public init(_ clients: [TokenClient] = []) throws(BrokerError) {
        for client in clients {
            guard entries[client.id] == nil else {
                throw .misconfigured("Two clients have the id \(client.id).")
            }
            entries[client.id] = Entry(client)
            corsOrigins.formUnion(client.corsOrigins)
        }
    }

    /// The client of this id.
    public subscript(id: String) -> TokenClient? { entries[id]?.client }

    /// All clients, in no particular order.
    var all: [TokenClient] { entries.values.map(\.client) }

    /// Authenticates a client (RFC 6749 §2.3).
    ///
    /// It does the same work whether the client exists or not, however many secrets it has, and compares digests in
    /// constant time, so that its duration reveals none of this.
    ///
    /// - Parameters:
    ///   - id: The client's id as received; nil if there was none.
    ///   - secret: The secret as received; nil if there was none. A public client has none.
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidClient``, the same for every cause.
    public func authenticate(_ id: String?, secret: Secret?) throws(OAuthError) -> AuthenticatedClient {
        let entry = id.flatMap { entries[$0] }
        guard let secret else {
            guard let entry, !entry.client.isConfidential else { throw .clientNotAuthenticated }
            return AuthenticatedClient(checked: entry.client, proof: .none)
        }
        let presented = Self.digest(of: secret)
        var isRight = false
        for index in 0..<TokenClient.mostSecrets {
            let expected = entry?.digests.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? Self.noSecret
            // This order never skips the comparison.
            isRight = Self.areEqual(presented, expected) || isRight
        }
        guard isRight, let entry else { throw .clientNotAuthenticated }
        return AuthenticatedClient(checked: entry.client, proof: .secret(digest: presented))
    }

    /// Authenticates a client by what it has signed, which the caller has yet to find presented for the first time.
    ///
    /// - Parameter id: The client's id as received beside it; nil if there was none.
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidClient``, the same for every cause.
    func authenticate(
        _ id: String?,
        assertion: ClientAssertion?,
        for issuer: String,
        at now: Date
    ) throws(OAuthError) -> AuthenticatedClient {
        guard let assertion, let entry = entries[assertion.client], let keys = entry.keys,
            (id ?? assertion.client).utf8.elementsEqual(entry.client.id.utf8),
            let key = assertion.key(of: keys, for: issuer, at: now)
        else { throw .clientNotAuthenticated }
        return AuthenticatedClient(checked: entry.client, proof: .key(thumbprint: key))
    }

    /// A client as it is configured in this directory, which may be newer than the one that authenticated it.
    ///
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidClient`` if it would not authenticate here.
    func current(_ client: AuthenticatedClient) throws(OAuthError) -> TokenClient {
        guard let entry = entries[client.client.id] else { throw .clientNotAuthenticated }
        let isGood =
            switch client.proof {
            case .none: !entry.client.isConfidential
            case .secret(let digest): entry.digests?.contains(digest) ?? false
            case .key(let thumbprint): entry.keys?.keys.contains { $0.thumbprint == thumbprint } ?? false
            }
        guard isGood else { throw .clientNotAuthenticated }
        return entry.client
    }

    /// Authenticates a client by any of several readings of what it presented.
    ///
    /// - Throws: ``OAuthError`` with ``OAuthError/Code-swift.struct/invalidClient`` if none of them is right.
    package func authenticate(anyOf readings: [ClientCredentials]) throws(OAuthError) -> AuthenticatedClient {
        for reading in readings {
            if let client = try? authenticate(reading.id, secret: reading.secret) { return client }
        }
        throw .clientNotAuthenticated
    }

    fileprivate static func digests(of client: TokenClient) -> [[UInt8]]? {
        guard case .secrets(let secrets) = client.authentication else { return nil }
        return secrets.map { digest(of: $0) }
    }

    private static func digest(of secret: Secret) -> [UInt8] {
        Array(SHA256.hash(data: secret.revealBytes()))
    }

    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        zip(left, right).reduce(into: 0 as UInt8) { $0 |= $1.0 ^ $1.1 } == 0
    }
}

extension OAuthError {
    static var clientNotAuthenticated: OAuthError {
        OAuthError(.invalidClient, "The client is not known, or did not authenticate as it has to.")
    }
}

/// What a client says it is, and what it proves that with (RFC 6749 §2.3).
package struct ClientCredentials: Sendable {
    /// The client's id as received; nil if there was none.
    package let id: String?
    /// The secret as received; nil if there was none.
    package let secret: Secret?

    package init(id: String?, secret: Secret?) {
        self.id = id
        self.secret = secret
    }
}

/// A client that has authenticated as far as it can. Only ``ClientDirectory`` creates one, so no request can skip
/// authentication.
public struct AuthenticatedClient: Sendable {
    /// The client as it was configured at that time.
    public let client: TokenClient
    /// How it authenticated.
    fileprivate let proof: Proof

    fileprivate enum Proof {
        /// Not at all, as a public client.
        case none
        case secret(digest: [UInt8])
        case key(thumbprint: String)
    }

    fileprivate init(checked client: TokenClient, proof: Proof) {
        self.client = client
        self.proof = proof
    }
}
