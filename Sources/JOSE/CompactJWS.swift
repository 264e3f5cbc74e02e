public import StrictJSON

/// A signed token, split into its parts (RFC 7515 §7.1). Do not trust its content before ``verify(allowing:keys:)``
/// returns.
///
/// The reader is strict where libraries are lenient: it refuses non-canonical base64url, duplicate names in the header,
/// and critical extensions.
public struct CompactJWS: Sendable {
    /// Why a token is refused. Contains nothing of the token.
    public enum Fault: String, Error, Sendable {
        case tooLong = "it is too long"
        case malformed = "it is not a JSON Web Signature in compact form"
        case criticalExtension = "its header names a critical extension"
        case algorithmNotAllowed = "its algorithm is not allowed"
        case unknownKey = "no key fits its header"
        case unusableKey = "the key that fits its header is too short, too long or not valid"
        case wrongSignature = "its signature does not verify"
    }

    /// The header. Members that bring keys (`jwk`, `jku`, `x5c`, `x5u`) have no effect.
    public let header: JSONObject
    /// What is signed.
    public let payload: [UInt8]
    private let signature: [UInt8]
    private let signingInput: ArraySlice<UInt8>

    /// A reader for headers: at most 8 KiB, enough for certificates in them.
    public static let headerReader = JSONReader(
        limits: .init(maximumBytes: 8 * 1024, maximumDepth: 8), allowsByteOrderMark: false)

    /// Splits a token into its parts.
    ///
    /// - Parameters:
    ///   - mostBytes: The maximum length of the token, in bytes.
    ///   - reader: Reads the header.
    /// - Throws: ``Fault`` `tooLong` or `malformed`.
    public init(
        _ token: some StringProtocol,
        mostBytes: Int = 16 * 1024,
        headerReader reader: JSONReader = headerReader
    ) throws(Fault) {
        guard token.utf8.count <= mostBytes else { throw .tooLong }
        let bytes = Array(token.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Base64URL.decode(parts[0]), let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]), let header = (try? reader.read(header))?.object
        else { throw .malformed }
        self.header = header
        self.payload = payload
        self.signature = signature
        signingInput = bytes[..<parts[1].endIndex]
    }

    /// `kid` (RFC 7515 §4.1.4).
    public var keyID: String? { header["kid"]?.string }

    /// `typ` (RFC 7515 §4.1.9).
    public var type: String? { header["typ"]?.string }

    /// `alg`, if it is an algorithm that is supported.
    public var algorithm: SignatureAlgorithm? { header["alg"]?.string.flatMap(SignatureAlgorithm.init) }

    /// Verifies the signature.
    ///
    /// - Parameters:
    ///   - algorithms: The algorithms allowed here, whatever the token says (RFC 8725 §3.1).
    ///   - keys: Returns the keys that the token may be signed with, given its `kid` and its algorithm, which is an
    ///     allowed one. Each is tried.
    /// - Returns: The algorithm that the token is signed with.
    /// - Throws: ``Fault`` other than `tooLong` and `malformed`.
    @discardableResult
    public func verify(
        allowing algorithms: Set<SignatureAlgorithm>,
        keys: (_ id: String?, _ algorithm: SignatureAlgorithm) -> [VerificationKey]
    ) throws(Fault) -> SignatureAlgorithm {
        // RFC 7515 §4.1.11: a token with an extension that is not understood is refused, and none is understood.
        guard header["crit"] == nil else { throw .criticalExtension }
        guard let algorithm, algorithms.contains(algorithm) else { throw .algorithmNotAllowed }
        let candidates = keys(keyID, algorithm)
        guard !candidates.isEmpty else { throw .unknownKey }
        guard candidates.contains(where: { $0.isValid(signature, over: signingInput, by: algorithm) }) else {
            throw .wrongSignature
        }
        return algorithm
    }

    /// Signs a payload.
    ///
    /// - Parameters:
    ///   - header: Further members of the header, besides `alg`; strings only.
    ///   - key: The key that signs.
    /// - Throws: What swift-crypto throws, if it runs out of memory.
    public static func sign(
        _ payload: some Collection<UInt8>,
        header: [String: String],
        with key: SigningKey
    ) throws -> String {
        let header = header.merging(["alg": key.algorithm.rawValue]) { _, own in own }
        let signed = "\(Base64URL.encode(JSONObject(header).jsonBytes)).\(Base64URL.encode(payload))"
        return "\(signed).\(Base64URL.encode(try key.signature(for: Array(signed.utf8))))"
    }
}
