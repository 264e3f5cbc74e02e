import Crypto
import CryptoExtras
import Foundation
import IdentityBroker
import SwiftASN1
import X509

/// The certificates of an app, as Alipay's console hands them out, and the numbers by which requests and answers name them.
struct CertificateFiles: Sendable {
    /// The app's (`appCertPublicKey_….crt`), in PEM form.
    let app: String
    /// The gateway's, with the authority's behind it (`alipayCertPublicKey_RSA2.crt`).
    let alipay: String
    /// The bundle of roots (`alipayRootCert.crt`), one of which is not of RSA and does not count.
    let root: String
    let numbers: Numbers

    /// The numbers of certificates (`app_cert_sn` and others).
    struct Numbers: Sendable, Equatable {
        let app: String
        let alipay: String
        let root: String
    }

    /// Issues certificates of two keys.
    ///
    /// - Throws: An error from encoding them.
    init(app: _RSA.Signing.PublicKey, alipay: _RSA.Signing.PublicKey, at now: Date) throws {
        let authority = Authority(
            name: "Sandbox Certification Authority R1",
            key: Certificate.PrivateKey(try _RSA.Signing.PrivateKey(keySize: .bits2048)),
            algorithm: .sha256WithRSAEncryption)
        let other = Authority(
            name: "Sandbox Certification Authority S1", key: Certificate.PrivateKey(P256.Signing.PrivateKey()),
            algorithm: .ecdsaWithSHA256)
        let own = try authority.certificate(of: Certificate.PublicKey(app), named: "app", at: now)
        let gateway = try authority.certificate(of: Certificate.PublicKey(alipay), named: "gateway", at: now)
        let root = try authority.certificate(of: authority.key.publicKey, named: authority.name, at: now)
        let otherRoot = try other.certificate(of: other.key.publicKey, named: other.name, at: now)
        (self.app, self.alipay) = (own.pem, "\(gateway.pem)\(root.pem)")
        self.root = "\(otherRoot.pem)\(root.pem)"
        numbers = Numbers(app: own.number, alipay: gateway.number, root: root.number)
    }
}

/// An authority with a name of the form that Alipay's have.
private struct Authority {
    let name: String
    let key: Certificate.PrivateKey
    let algorithm: Certificate.SignatureAlgorithm

    /// A certificate for a day, and its number: the MD5 of the issuer as text and of the serial number in decimal.
    func certificate(
        of key: Certificate.PublicKey,
        named subject: String,
        at now: Date
    ) throws -> (pem: String, number: String) {
        let serial = UInt64.random(in: (1 << 62)..<(1 << 63))
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: serial >> (56 - 8 * $0)) }
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(bytes: bytes), publicKey: key,
            notValidBefore: now.addingTimeInterval(-300), notValidAfter: now.addingTimeInterval(24 * 60 * 60),
            issuer: Self.distinguishedName(name), subject: Self.distinguishedName(subject),
            signatureAlgorithm: algorithm, extensions: Certificate.Extensions {}, issuerPrivateKey: self.key)
        let text = "CN=\(name),OU=Certification Authority,O=Sandbox,C=CN\(serial)"
        return (
            try certificate.serializeAsPEM().pemString + "\n",
            Insecure.MD5.hash(data: Array(text.utf8)).hexadecimal
        )
    }

    private static func distinguishedName(_ name: String) throws -> DistinguishedName {
        try DistinguishedName {
            CountryName("CN")
            OrganizationName("Sandbox")
            OrganizationalUnitName("Certification Authority")
            CommonName(name)
        }
    }
}
