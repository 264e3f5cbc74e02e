import NIOSSL
import SwiftASN1

/// Weaknesses of a certificate that clients may reject.
struct CertificateStrength {
    /// The size of its key in bits; nil if it is not an RSA key.
    let rsaBits: Int?
    /// The name of the hash function in its signature, if broken; nil otherwise.
    let brokenHash: String?

    private static let rsaEncryption: ASN1ObjectIdentifier = [1, 2, 840, 113549, 1, 1, 1]
    private static let brokenHashes: [ASN1ObjectIdentifier: String] = [
        [1, 2, 840, 113549, 1, 1, 4]: "MD5",
        [1, 2, 840, 113549, 1, 1, 5]: "SHA-1",
        [1, 2, 840, 10045, 4, 1]: "SHA-1",
    ]

    /// Inspects a certificate. Unreadable parts are ignored.
    init(_ certificate: NIOSSLCertificate) {
        rsaBits = (try? certificate.extractPublicKey().toSPKIBytes()).flatMap(Self.rsaBits)
        let parts = (try? certificate.toDERBytes()).flatMap { try? DER.parse($0).children } ?? []
        guard parts.count == 3 else {
            brokenHash = nil
            return
        }
        let algorithm = parts[1].children.first.flatMap { try? ASN1ObjectIdentifier(derEncoded: $0) }
        brokenHash = Self.isSelfIssued(parts[0]) ? nil : algorithm.flatMap { Self.brokenHashes[$0] }
    }

    /// Whether a TBSCertificate (RFC 5280 §4.1) names its subject as its issuer, as a root does: it is trusted by
    /// itself or not at all, and its signature does not count.
    private static func isSelfIssued(_ certificate: ASN1Node) -> Bool {
        let fields = certificate.children
        // The version is omitted if it is 1. Then follow serial number, algorithm, issuer, validity and subject.
        let first = fields.first?.identifier.tagClass == .contextSpecific ? 1 : 0
        guard fields.count > first + 4 else { return false }
        return fields[first + 2].encodedBytes == fields[first + 4].encodedBytes
    }

    /// SubjectPublicKeyInfo (RFC 5280 §4.1) that contains an RSAPublicKey (RFC 8017 §A.1.1).
    private static func rsaBits(_ keyInfo: [UInt8]) -> Int? {
        guard let parts = try? DER.parse(keyInfo).children, parts.count == 2,
            let algorithm = parts[0].children.first,
            (try? ASN1ObjectIdentifier(derEncoded: algorithm)) == rsaEncryption,
            let bits = try? ASN1BitString(derEncoded: parts[1]),
            let modulus = try? DER.parse(Array(bits.bytes)).children.first,
            case .primitive(let bytes) = modulus.content
        else { return nil }
        let magnitude = bytes.drop { $0 == 0 }
        return magnitude.first.map { magnitude.count * 8 - $0.leadingZeroBitCount }
    }

    /// What an operator should know, in sentences; empty if there is nothing.
    ///
    /// - Parameter path: The certificate's file.
    func advice(for path: String) -> [String] {
        var advice: [String] = []
        if let rsaBits, rsaBits < 2048 {
            advice.append(
                """
                A certificate in \(path) has an RSA key of \(rsaBits) bits, and many clients refuse less than 2048. Have it \
                issued for a new key: ECDSA P-256, or RSA of 2048 bits.
                """)
        }
        if let brokenHash {
            advice.append(
                """
                A certificate in \(path) is signed with \(brokenHash), which many clients refuse. Have it issued anew, signed \
                with SHA-256.
                """)
        }
        return advice
    }
}

extension ASN1Node {
    fileprivate var children: [ASN1Node] {
        guard case .constructed(let children) = content else { return [] }
        return Array(children)
    }
}
