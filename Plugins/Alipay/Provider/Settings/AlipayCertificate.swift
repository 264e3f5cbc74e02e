import Crypto
import IdentityBroker
import JOSE
import SwiftASN1

/// What Alipay's protocol needs of a certificate (RFC 5280 §4.1): who issued it, with what number and algorithm, and its key.
///
/// No chain is verified here. The operator downloads the certificates and vouches for them, as for a public key; and the bundle
/// of roots has some of SM2, which no library here reads.
struct AlipayCertificate: Sendable {
    /// The relative names of the issuer, in the order of the certificate.
    let issuer: [(attribute: ASN1ObjectIdentifier, value: String)]
    /// The serial number: a big-endian integer.
    let serial: [UInt8]
    let signatureAlgorithm: ASN1ObjectIdentifier
    /// The `SubjectPublicKeyInfo`, in DER.
    let subjectPublicKey: [UInt8]

    /// The certificates of a PEM file; nil if one cannot be read, or is cut off.
    static func all(in text: String) -> [AlipayCertificate]? {
        var certificates: [AlipayCertificate] = []
        let end = "-----END CERTIFICATE-----"
        var rest = text[...]
        while let range = rest.firstRange(of: end) {
            guard let document = PEMDocument(String(rest[..<range.upperBound]), where: { $0 == "CERTIFICATE" }),
                let certificate = try? AlipayCertificate(der: document.bytes)
            else { return nil }
            certificates.append(certificate)
            rest = rest[range.upperBound...]
        }
        // A file that is cut inside its last certificate begins one more than it ends.
        guard text.ranges(of: "-----BEGIN CERTIFICATE-----").count == certificates.count else { return nil }
        return certificates
    }

    /// - Throws: An error for anything but a certificate.
    init(der: [UInt8]) throws {
        let certificate = try DER.parse(der).children
        guard let first = certificate.first else { throw Malformed() }
        var fields = try first.children[...]
        // The version is explicitly tagged, and absent in version 1.
        if fields.first?.identifier.tagClass == .contextSpecific { fields.removeFirst() }
        guard fields.count >= 6 else { throw Malformed() }
        let parts = Array(fields)
        guard case .primitive(let serial) = parts[0].content, parts[0].identifier == .integer else { throw Malformed() }
        self.serial = Array(serial)
        guard let algorithm = try parts[1].children.first else { throw Malformed() }
        signatureAlgorithm = try ASN1ObjectIdentifier(derEncoded: algorithm)
        issuer = try parts[2].children.flatMap { set in
            try set.children.map { pair in
                let pair = try pair.children
                guard pair.count == 2, case .primitive(let value) = pair[1].content,
                    let text = String(validating: value, as: UTF8.self)
                else { throw Malformed() }
                return (try ASN1ObjectIdentifier(derEncoded: pair[0]), text)
            }
        }
        subjectPublicKey = Array(parts[5].encodedBytes)
    }

    private struct Malformed: Error {}
}

extension ASN1Node {
    /// The nodes in it; none for a primitive one.
    fileprivate var children: [ASN1Node] {
        get throws {
            guard case .constructed(let nodes) = content else { return [] }
            return Array(nodes)
        }
    }
}
