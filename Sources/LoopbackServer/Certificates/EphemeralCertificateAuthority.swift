import Crypto
public import Foundation
import SwiftASN1
import X509

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A certificate authority (P-256) that lives for at most a day and whose keys never leave memory.
///
/// Two of them share nothing but the form of their names, so a client that trusts one must not trust the other.
public struct EphemeralCertificateAuthority: Sendable {
    private static let lifetime: TimeInterval = 24 * 60 * 60
    /// How far not-before lies in the past, for clients whose clock is slightly behind.
    private static let leeway: TimeInterval = 5 * 60

    private let certificate: Certificate
    private let key = P256.Signing.PrivateKey()
    private let now: Date

    /// Creates an authority.
    ///
    /// - Parameter now: the time by the client's clock; issued certificates are valid from five minutes before it, for
    ///   a day.
    /// - Throws: an error from encoding the certificate.
    public init(now: Date = Date()) throws {
        let key = Certificate.PrivateKey(self.key)
        let name = try DistinguishedName {
            CommonName("Loopback CA \(UInt32.random(in: 0 ... .max))")
        }
        self.now = now
        self.certificate = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: key.publicKey,
            notValidBefore: now.addingTimeInterval(-Self.leeway),
            notValidAfter: now.addingTimeInterval(Self.lifetime),
            issuer: name,
            subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(hash: key.publicKey)
            },
            issuerPrivateKey: key
        )
    }

    /// The authority's certificate as PEM (RFC 7468), for clients to trust.
    public var certificatePEM: String {
        get throws {
            try certificate.serializeAsPEM().pemString + "\n"
        }
    }

    /// Issues a certificate for a server, with the names as subject alternative names (RFC 6125).
    ///
    /// - Parameters:
    ///   - dnsNames: host names; use a name that no client connects to for a certificate of another host.
    ///   - ipAddresses: IPv4 and IPv6 addresses as text.
    ///   - isExpired: whether it expired an hour ago.
    /// - Throws: ``InvalidIPAddress``, or an error from encoding the certificate.
    public func issueServerCertificate(
        dnsNames: [String], ipAddresses: [String] = [], isExpired: Bool = false
    ) throws -> ServerCertificate {
        let leafKey = P256.Signing.PrivateKey()
        let publicKey = Certificate.PublicKey(leafKey.publicKey)
        let names = try dnsNames.map { GeneralName.dnsName($0) } + ipAddresses.map { try GeneralName(ipAddress: $0) }
        let expiry = isExpired ? now.addingTimeInterval(-60 * 60) : certificate.notValidAfter
        let leaf = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: publicKey,
            notValidBefore: expiry.addingTimeInterval(-Self.lifetime - Self.leeway),
            notValidAfter: expiry,
            issuer: certificate.subject,
            subject: DistinguishedName { CommonName(dnsNames.first ?? "loopback") },
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names)
                SubjectKeyIdentifier(hash: publicKey)
                AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: certificate.publicKey).keyIdentifier)
            },
            issuerPrivateKey: Certificate.PrivateKey(key)
        )
        var serializer = DER.Serializer()
        try serializer.serialize(leaf)
        return ServerCertificate(derEncoded: serializer.serializedBytes, privateKey: leafKey)
    }
}

extension GeneralName {
    /// An `iPAddress` name: 4 or 16 octets in network byte order (RFC 5280 §4.2.1.6).
    init(ipAddress text: String) throws {
        let isIPv6 = text.contains(":")
        var octets = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
        guard inet_pton(isIPv6 ? AF_INET6 : AF_INET, text, &octets) == 1 else { throw InvalidIPAddress(text: text) }
        self = .ipAddress(ASN1OctetString(contentBytes: octets[...]))
    }
}

/// A text that should be an IP address but is not.
public struct InvalidIPAddress: Error, Sendable, Hashable {
    /// The text.
    public let text: String
}
