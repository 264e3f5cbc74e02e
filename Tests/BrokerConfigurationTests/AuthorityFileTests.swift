import Foundation
import LoopbackServer
import Testing

@testable import BrokerConfiguration

@Suite("A file of certificate authorities")
struct AuthorityFileTests {
    private let certificate: String
    private let key: String

    init() throws {
        let authority = try EphemeralCertificateAuthority()
        let text = try authority.certificatePEM
        certificate = text.hasSuffix("\n") ? text : text + "\n"
        key = try authority.issueServerCertificate(dnsNames: ["localhost"]).privateKeyPEM + "\n"
    }

    @Test("is valid with one or more certificates, whatever is between them")
    func usable() {
        for text in [
            certificate, certificate + certificate, "# A comment\n\n" + certificate + key,
            certificate.replacing("\n", with: "\r\n"), certificate.replacing("-----\n", with: "-----  \n"),
            certificate.replacing("CERTIFICATE", with: "TRUSTED CERTIFICATE"),
        ] {
            #expect(AuthorityFile.problem(of: text) == nil, "\(text)")
        }
    }

    @Test("is invalid without a certificate")
    func empty() {
        for text in ["", "no certificate\n", key, certificate.replacing("BEGIN CERTIFICATE", with: "BEGIN X509 CRL")] {
            #expect(AuthorityFile.problem(of: text)?.hasPrefix("The file holds no certificate.") == true)
        }
    }

    @Test("is invalid with a damaged or truncated certificate, for which the TLS library refuses all of them")
    func damaged() {
        let lines = certificate.split(separator: "\n")
        let short = (lines.prefix(3) + lines.suffix(1)).joined(separator: "\n")
        let garbled = certificate.replacing(lines[1], with: "not Base64!")
        for text in [short, garbled] {
            #expect(
                AuthorityFile.problem(of: certificate + text)?.hasPrefix("Certificate 2 of the file is damaged.")
                    == true)
        }
        let cut = lines.dropLast().joined(separator: "\n")
        #expect(AuthorityFile.problem(of: certificate + cut)?.hasPrefix("The file is cut off.") == true)
    }

    @Test(
        "is invalid with something else labeled as a certificate",
        arguments: [
            // An empty sequence, two numbers, a key's PKCS #8 form, a PKCS #7 container, and a sequence of three sequences.
            [0x30, 0x00], [0x30, 0x06, 0x02, 0x01, 0x01, 0x02, 0x01, 0x02],
            [0x30, 0x09, 0x02, 0x01, 0x00, 0x30, 0x00, 0x04, 0x02, 0x30, 0x00],
            [0x30, 0x05, 0x06, 0x01, 0x2A, 0xA0, 0x00], [0x30, 0x06, 0x30, 0x00, 0x30, 0x00, 0x30, 0x00],
            [0x30, 0x80, 0x00, 0x00], [0x31, 0x00], [0x30],
        ] as [[UInt8]])
    func others(der: [UInt8]) {
        let base64 = Data(der).base64EncodedString()
        let text = "-----BEGIN CERTIFICATE-----\n\(base64)\n-----END CERTIFICATE-----\n"
        #expect(
            AuthorityFile.problem(of: certificate + text)?.hasPrefix("Certificate 2 of the file is damaged.") == true)
    }

    @Test("is invalid with a key labeled as a certificate")
    func disguisedKey() {
        let text = key.replacing("EC PRIVATE KEY", with: "CERTIFICATE").replacing("PRIVATE KEY", with: "CERTIFICATE")
        #expect(AuthorityFile.problem(of: text)?.hasPrefix("Certificate 1 of the file is damaged.") == true)
    }
}
