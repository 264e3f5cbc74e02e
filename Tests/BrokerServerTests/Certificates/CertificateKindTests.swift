import Foundation
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("Supported kinds of certificate")
struct CertificateKindTests {
    typealias Pair = (certificate: String, key: String)

    /// Writes the pair to files, reads it as a service does, and passes it on with the path of the certificate.
    private func reading<Value>(
        _ pair: Pair,
        at now: Date = Date(),
        _ body: (ServingCertificate, String, String) throws -> Value
    ) throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, key) = (folder.appending(path: "a.pem"), folder.appending(path: "a.key"))
        try Data(pair.certificate.utf8).write(to: file)
        try Data(pair.key.utf8).write(to: key)
        let certificate = try ServingCertificate(certificateFile: file.path(), keyFile: key.path(), now: { now })
        return try body(certificate, file.path(), key.path())
    }

    @Test("A key too short for any handshake is refused, at startup and as a replacement")
    func tooShort() throws {
        let refused = #expect(throws: BrokerError.self) { try reading(CertificateSamples.rsa512) { _, _, _ in } }
        #expect(refused?.kind == .misconfigured)
        #expect(refused?.message.contains("No TLS connection can be made with the certificate in /") == true)
        try reading(CertificateSamples.p521) { certificate, file, key in
            try Data(CertificateSamples.rsa512.certificate.utf8).write(to: URL(filePath: file))
            try Data(CertificateSamples.rsa512.key.utf8).write(to: URL(filePath: key))
            let refused = #expect(throws: BrokerError.self) {
                try certificate.replacement(certificateFile: file, keyFile: key)
            }
            #expect(refused?.message.contains("No TLS connection can be made") == true)
            #expect(throws: BrokerError.self) {
                try certificate.renew(with: CertificateFiles(certificate.paths), from: certificate.paths)
            }
            #expect(certificate.files.certificate == Array(CertificateSamples.p521.certificate.utf8))
        }
    }

    @Test(
        "Every other kind that some client accepts is used",
        arguments: [
            CertificateSamples.rsa1024, CertificateSamples.sha1, CertificateSamples.selfSignedSHA1,
            CertificateSamples.ed25519, CertificateSamples.p521,
        ])
    func taken(_ pair: Pair) throws {
        try reading(pair) { _, _, _ in }
    }

    @Test("What many clients refuse is reported, with what to do")
    func weak() throws {
        try reading(CertificateSamples.rsa1024) { certificate, file, _ in
            #expect(
                certificate.advice == [
                    """
                    A certificate in \(file) has an RSA key of 1024 bits, and many clients refuse less than 2048. Have it \
                    issued for a new key: ECDSA P-256, or RSA of 2048 bits.
                    """
                ])
        }
        try reading(CertificateSamples.sha1) { certificate, file, _ in
            #expect(
                certificate.advice == [
                    """
                    A certificate in \(file) is signed with SHA-1, which many clients refuse. Have it issued anew, signed \
                    with SHA-256.
                    """
                ])
        }
        for pair in [CertificateSamples.ed25519, CertificateSamples.p521] {
            try reading(pair) { certificate, _, _ in #expect(certificate.advice == []) }
        }
    }

    @Test("How an authority signed its own certificate is not reported, since clients ignore it")
    func roots() throws {
        let root = CertificateSamples.selfSignedSHA1
        let chain = (CertificateSamples.p521.certificate + "\n" + root.certificate, CertificateSamples.p521.key)
        for pair in [root, chain] {
            try reading(pair) { certificate, _, _ in #expect(certificate.advice == []) }
        }
    }

    @Test("One that is not valid yet is refused as temporary, and accepted from its first second on")
    func notYetValid() throws {
        let begin = try reading(CertificateSamples.p521) { certificate, _, _ in certificate.validity.begin }
        let refused = #expect(throws: BrokerError.self) {
            try reading(CertificateSamples.p521, at: begin.addingTimeInterval(-1)) { _, _, _ in }
        }
        #expect(refused?.kind == .unavailable)
        #expect(refused?.message.contains("is not valid before \(begin.formatted(.iso8601)).") == true)
        try reading(CertificateSamples.p521, at: begin) { _, _, _ in }
    }

    @Test("One that expires within two weeks is reported")
    func endsSoon() throws {
        let end = try reading(CertificateSamples.p521) { certificate, _, _ in certificate.validity.end }
        try reading(CertificateSamples.p521, at: end.addingTimeInterval(-14 * 24 * 3600)) { certificate, file, _ in
            #expect(certificate.advice == ["The certificate in \(file) ends at \(end.formatted(.iso8601)). Renew it."])
        }
        try reading(CertificateSamples.p521, at: end.addingTimeInterval(-14 * 24 * 3600 - 1)) { certificate, _, _ in
            #expect(certificate.advice == [])
        }
    }

    @Test("One that has expired is refused")
    func expired() throws {
        let end = try reading(CertificateSamples.p521) { certificate, _, _ in certificate.validity.end }
        let refused = #expect(throws: BrokerError.self) {
            try reading(CertificateSamples.p521, at: end.addingTimeInterval(1)) { _, _, _ in }
        }
        #expect(refused?.kind == .misconfigured)
        #expect(refused?.message.contains("has expired") == true)
    }
}
