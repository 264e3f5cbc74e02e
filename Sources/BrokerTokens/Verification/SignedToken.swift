import JOSE
import StrictJSON

/// A token of this broker, split into its parts. Its header is read more strictly than others' tokens: it contains
/// `alg`, `kid` and `typ`, and nothing else.
struct SignedToken {
    let type: String
    let keyID: String
    private let algorithm: String
    private let token: CompactJWS

    private static let headerReader = JSONReader(
        limits: .init(maximumBytes: 1024, maximumDepth: 2), allowsByteOrderMark: false)

    /// - Throws: ``TokenFault``: too long, malformed, or a header with anything but `alg`, `kid` and `typ`. `crit`, a
    ///   key or the address of one, and the marks of a nested or encrypted token are refused that way (CVE-2026-29000).
    init(_ text: String) throws(TokenFault) {
        do throws(CompactJWS.Fault) {
            token = try CompactJWS(text, headerReader: Self.headerReader)
        } catch {
            throw error == .tooLong ? .tooLong : .malformed
        }
        guard token.header.count == 3, let type = token.type, let keyID = token.keyID,
            let algorithm = token.header["alg"]?.string
        else { throw .wrongHeader }
        self.type = type
        self.keyID = keyID
        self.algorithm = algorithm
    }

    /// The content that the key has signed.
    ///
    /// The key determines its algorithm, and the header only has to agree (CVE-2026-11800: the header chose).
    func payload(verifiedBy key: TokenVerificationKey) throws(TokenFault) -> [UInt8] {
        guard algorithm == key.algorithm.rawValue else { throw .wrongAlgorithm }
        do throws(CompactJWS.Fault) {
            try token.verify(allowing: [key.algorithm.signature]) { _, _ in [key.key] }
        } catch {
            throw .wrongSignature
        }
        return token.payload
    }
}
