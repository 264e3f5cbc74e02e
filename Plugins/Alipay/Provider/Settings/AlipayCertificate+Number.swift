import Crypto
import IdentityBroker
import SwiftASN1

/// The serial numbers by which Alipay's protocol names certificates (`app_cert_sn` and others).
extension AlipayCertificate {
    /// The number of this certificate; nil if its issuer has attributes that no issuer of Alipay's has.
    var number: String? {
        Self.issuerText(issuer).map { Self.number(issuer: $0, serial: Self.decimal(serial)) }
    }

    /// The number of a bundle of roots: those of its certificates that are signed with RSA, joined. Those of SM2 and ECDSA
    /// do not count. Nil if there is none.
    static func rootNumber(of certificates: [AlipayCertificate]) -> String? {
        let numbers = certificates.filter { $0.signatureAlgorithm.description.hasPrefix("1.2.840.113549.1.1.") }
            .map(\.number)
        guard !numbers.isEmpty, !numbers.contains(nil) else { return nil }
        return numbers.compactMap(\.self).joined(separator: "_")
    }

    /// The MD5 of issuer and serial number, as Alipay defines it. It names a certificate, and protects nothing.
    static func number(issuer: String, serial: String) -> String {
        Insecure.MD5.hash(data: Array("\(issuer)\(serial)".utf8)).hexadecimal
    }

    /// The issuer as text, its last attribute first (RFC 2253 §2): `CN=…,OU=…,O=…,C=CN`.
    static func issuerText(_ issuer: [(attribute: ASN1ObjectIdentifier, value: String)]) -> String? {
        var parts: [String] = []
        for (attribute, value) in issuer.reversed() {
            guard let name = names[attribute.description] else { return nil }
            parts.append("\(name)=\(escaped(value))")
        }
        return parts.joined(separator: ",")
    }

    /// The attributes with names of their own (RFC 2253 §2.3).
    private static let names = [
        "2.5.4.3": "CN", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.9": "STREET", "2.5.4.10": "O",
        "2.5.4.11": "OU", "0.9.2342.19200300.100.1.25": "DC", "0.9.2342.19200300.100.1.1": "UID",
    ]

    /// RFC 2253 §2.4.
    private static func escaped(_ value: String) -> String {
        var result = ""
        let last = value.unicodeScalars.count - 1
        for (index, scalar) in value.unicodeScalars.enumerated() {
            let isAtEdge = scalar == " " && (index == 0 || index == last) || scalar == "#" && index == 0
            if isAtEdge || ",+\"\\<>;".unicodeScalars.contains(scalar) { result += "\\" }
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    /// A big-endian integer that is not negative, in decimal digits.
    static func decimal(_ bytes: [UInt8]) -> String {
        // Little-endian, in base one billion.
        var limbs: [UInt64] = [0]
        for byte in bytes {
            var carry = UInt64(byte)
            for index in limbs.indices {
                let value = limbs[index] << 8 + carry
                limbs[index] = value % 1_000_000_000
                carry = value / 1_000_000_000
            }
            if carry > 0 { limbs.append(carry) }
        }
        let rest = limbs.dropLast().reversed().map { limb in
            String(repeating: "0", count: 9 - "\(limb)".count) + "\(limb)"
        }
        return "\(limbs[limbs.count - 1])" + rest.joined()
    }
}
