import Crypto
import CryptoExtras
import Foundation
import SwiftASN1
import Testing
import X509

/// An authority that issues certificates as Alipay does, from an issuer with the form of its names.
struct TestAuthority {
    /// The issuer in the order of certificates, which is the reverse of the one in which it is hashed.
    let name: DistinguishedName
    let key: Certificate.PrivateKey
    let algorithm: Certificate.SignatureAlgorithm

    static let issuerText =
        "CN=Ant Financial Certification Authority Class 1 R1,OU=Certification Authority,O=Ant Financial,C=CN"

    static func name(_ commonName: String = "Ant Financial Certification Authority Class 1 R1") throws
        -> DistinguishedName
    {
        try DistinguishedName {
            CountryName("CN")
            OrganizationName("Ant Financial")
            OrganizationalUnitName("Certification Authority")
            CommonName(commonName)
        }
    }

    /// One that signs with RSA.
    static func rsa(_ name: DistinguishedName? = nil) throws -> TestAuthority {
        let der = try #require(Data(base64Encoded: TestKey.other))
        return TestAuthority(
            name: try name ?? Self.name(),
            key: Certificate.PrivateKey(try _RSA.Signing.PrivateKey(derRepresentation: der)),
            algorithm: .sha256WithRSAEncryption)
    }

    /// One that signs with ECDSA.
    static func ecdsa() throws -> TestAuthority {
        TestAuthority(
            name: try name(), key: Certificate.PrivateKey(P256.Signing.PrivateKey()), algorithm: .ecdsaWithSHA256)
    }

    /// A certificate, in PEM form, of a public key in Base64.
    func pem(of key: String, serial: [UInt8]) throws -> String {
        let publicKey = try _RSA.Signing.PublicKey(
            unsafeDERRepresentation: try #require(Data(base64Encoded: key)))
        let start = Date(timeIntervalSince1970: 1_600_000_000)
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(bytes: serial),
            publicKey: Certificate.PublicKey(publicKey), notValidBefore: start,
            notValidAfter: start.addingTimeInterval(300_000_000), issuer: name,
            subject: try DistinguishedName { CommonName("app") }, signatureAlgorithm: algorithm,
            extensions: Certificate.Extensions {}, issuerPrivateKey: self.key)
        return try certificate.serializeAsPEM().pemString
    }
}
