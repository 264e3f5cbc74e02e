#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import IdentityBroker
import StrictJSON

/// A signed token taken to pieces (RFC 7515 §7.1), before anything in it is believed.
///
/// It is read by hand, since a library's reader is lenient where this must not be: about a second spelling of base64url,
/// a name that occurs twice in a header, a header that names more than is understood.
struct CompactJWS {
    let type: String
    let algorithm: String
    let keyID: String
    let payload: [UInt8]
    let signature: [UInt8]
    /// What the signature is over.
    let signed: ArraySlice<UInt8>

    private static let maximumBytes = 16 * 1024
    private static let header = JSONReader(
        limits: .init(maximumBytes: 1024, maximumDepth: 2), allowsByteOrderMark: false)

    /// - Throws: ``TokenFault``: too long, malformed, or a header that says anything but `alg`, `kid` and `typ`. `crit`, a
    ///   key or the address of one, and the marks of a nested or encrypted token are refused that way (CVE-2026-29000).
    init(_ text: String) throws(TokenFault) {
        guard text.utf8.count <= Self.maximumBytes else { throw .tooLong }
        let bytes = Array(text.utf8)
        let segments = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard segments.count == 3, let header = Base64URL.decode(segments[0]),
            let payload = Base64URL.decode(segments[1]), let signature = Base64URL.decode(segments[2]),
            let members = (try? Self.header.read(header))?.object
        else { throw .malformed }
        guard members.count == 3, let type = members["typ"]?.string, let algorithm = members["alg"]?.string,
            let keyID = members["kid"]?.string
        else { throw .wrongHeader }
        self.type = type
        self.algorithm = algorithm
        self.keyID = keyID
        self.payload = payload
        self.signature = signature
        signed = bytes[..<segments[1].endIndex]
    }

    /// Signs a payload.
    static func sign(
        _ payload: [String: AttributeValue],
        as type: TokenType,
        with key: SigningKey
    ) throws -> Secret {
        // None of the three has a character that JSON would escape: words, and a thumbprint in base64url.
        let header = #"{"alg":"\#(key.algorithm.rawValue)","kid":"\#(key.id)","typ":"\#(type.rawValue)"}"#
        let signed = "\(base64URL(header.utf8)).\(base64URL(AttributeValue.object(payload).json.utf8))"
        return Secret("\(signed).\(base64URL(try key.signature(for: Array(signed.utf8))))")
    }
}
