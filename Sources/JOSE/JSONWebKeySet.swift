import Foundation
import StrictJSON

/// A set of public keys (RFC 7517 §5).
public struct JSONWebKeySet: Sendable {
    /// Why a document is refused.
    public enum Fault: String, Error, Sendable {
        case malformed = "it is not a JSON Web Key Set"
        case privateKey = "it contains a private key"
    }

    /// The keys that can be read, in their order.
    public let keys: [JSONWebKey]
    /// The same keys, parsed for verifying: one set serves many signatures.
    private let entries: [Entry]

    private static let reader = JSONReader(limits: .init(maximumBytes: 256 * 1024, maximumDepth: 8))
    /// The maximum number of keys that are tried for one signature.
    private static let mostCandidates = 16
    /// The private members of RSA, elliptic-curve and Ed25519 keys (RFC 7518 §6.2.2 and §6.3.2, RFC 8037 §2).
    private static let privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth"]

    /// Creates a set of these keys.
    public init(_ keys: [JSONWebKey]) {
        self.keys = keys
        entries = keys.map(Entry.init)
    }

    /// Reads a document of at most 256 KiB.
    ///
    /// Keys of other kinds, including symmetric ones, and malformed keys are skipped (RFC 7517 §5).
    ///
    /// - Throws: ``Fault``. A set that contains a private key is refused as a whole, since publishing that key has
    ///   compromised it.
    public init(reading document: [UInt8]) throws(Fault) {
        guard let value = try? Self.reader.read(document), let members = value["keys"]?.array else { throw .malformed }
        let objects = members.compactMap(\.object)
        guard !objects.contains(where: Self.isPrivate) else { throw .privateKey }
        self.init(objects.compactMap(JSONWebKey.init))
    }

    /// The set as JSON, with the members of each key sorted by name.
    public var document: [UInt8] {
        let document: JSONObject = ["keys": .array(keys.map(\.published))]
        return document.jsonBytes
    }

    private static func isPrivate(_ key: JSONObject) -> Bool {
        key["kty"]?.string != "oct" && privateMembers.contains { key[$0] != nil }
    }

    /// The keys that may have made a signature, at most 16: those with the token's `kid`, otherwise those without one;
    /// for a token without `kid`, all keys. Keys that sign for other issuers are never included.
    ///
    /// - Parameters:
    ///   - id: The token's `kid`; nil if it has none.
    ///   - algorithm: How the token is signed.
    ///   - issuer: The token's `iss`, which the caller has checked.
    public func candidates(id: String?, algorithm: SignatureAlgorithm, issuer: String) -> [VerificationKey] {
        Array(
            named(id, algorithm: algorithm, issuer: issuer).compactMap(\.verification).prefix(Self.mostCandidates))
    }

    /// Whether keys fit a token, as for ``candidates(id:algorithm:issuer:)``, but none of them verifies anything: an RSA key
    /// of fewer than 2048 bits (RFC 7518 §3.3) or more than 8192, or a point that is not on its curve.
    public func hasOnlyUnusableKeys(id: String?, algorithm: SignatureAlgorithm, issuer: String) -> Bool {
        let named = named(id, algorithm: algorithm, issuer: issuer)
        return !named.isEmpty && named.allSatisfy { $0.verification == nil }
    }

    private func named(_ id: String?, algorithm: SignatureAlgorithm, issuer: String) -> [Entry] {
        let fitting = entries.filter { $0.algorithms.contains(algorithm) && $0.key.signs(for: issuer) }
        var named = fitting
        if let id {
            // Byte by byte: `==` treats canonically equivalent spellings as equal.
            named = fitting.filter { $0.key.id?.utf8.elementsEqual(id.utf8) == true }
            if named.isEmpty { named = fitting.filter { $0.key.id == nil } }
        }
        return named
    }
}

extension JSONWebKeySet {
    /// A key with what it verifies with.
    private struct Entry: Sendable {
        let key: JSONWebKey
        let algorithms: Set<SignatureAlgorithm>
        /// Nil if no signature of the key can be verified, such as for a point that is not on its curve.
        let verification: VerificationKey?

        init(_ key: JSONWebKey) {
            self.key = key
            algorithms = key.algorithms
            verification = VerificationKey(key)
        }
    }
}

extension JSONWebKey {
    /// The key as a key set contains it.
    fileprivate var published: JSONValue {
        var object = JSONObject(members)
        object["key_ops"] = operations.map(JSONValue.strings)
        return .object(object)
    }

    /// The placeholder for a tenant's id in the `issuer` of a key that signs for every tenant of Microsoft (Microsoft
    /// identity platform, "Validate the issuer").
    private static let tenantPlaceholder = "{tenantid}"

    /// Whether the key may sign tokens of an issuer: of any issuer if the key names none, otherwise of exactly the
    /// issuer that it names. `{tenantid}` in that name matches any tenant's id, a GUID: the caller decides which
    /// tenants to trust, and whether the token's `tid` is that of its issuer.
    ///
    /// - Parameter issuer: The token's `iss`.
    public func signs(for issuer: String) -> Bool {
        guard let template = self.issuer else { return true }
        guard let placeholder = template.firstRange(of: Self.tenantPlaceholder) else {
            return template.utf8.elementsEqual(issuer.utf8)
        }
        let tenant = issuer.utf8.dropFirst(template[..<placeholder.lowerBound].utf8.count).prefix(Self.tenantBytes)
        guard let id = String(tenant), UUID(uuidString: id) != nil else { return false }
        return template.replacing(Self.tenantPlaceholder, with: id).utf8.elementsEqual(issuer.utf8)
    }

    /// The length of a GUID in its text form, in bytes.
    private static let tenantBytes = 36
}
