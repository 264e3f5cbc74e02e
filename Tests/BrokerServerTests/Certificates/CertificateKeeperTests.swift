import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import Testing

@testable import BrokerServer

@Suite("Keeping a certificate")
struct CertificateKeeperTests {
    /// Writes a new certificate and its key.
    private func issue(into folder: URL, as name: String) throws -> (certificate: String, key: String) {
        let issued = try EphemeralCertificateAuthority().issueServerCertificate(dnsNames: ["localhost"])
        let files = (folder.appending(path: "\(name).pem").path(), folder.appending(path: "\(name).key").path())
        try Data(issued.certificatePEM.utf8).write(to: URL(filePath: files.0))
        try Data(issued.privateKeyPEM.utf8).write(to: URL(filePath: files.1))
        return files
    }

    @Test(
        "does not restore a certificate whose files were replaced by others while it read them",
        arguments: [true, false])
    func replacedMeanwhile(isBroken: Bool) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (old, new) = (try issue(into: folder, as: "old"), try issue(into: folder, as: "new"))
        // The clock is read between looking at the files and acting on them.
        let meanwhile = Locked<(@Sendable () -> Void)?>(nil)
        let certificate = try ServingCertificate(certificateFile: old.certificate, keyFile: old.key) {
            let action = meanwhile.withLock { action in
                defer { action = nil }
                return action
            }
            action?()
            return Date().addingTimeInterval(action != nil && isBroken ? 30 * 24 * 3600 : 0)
        }
        let log = LogRecording()
        let keeper = CertificateKeeper(certificate, clock: .system, logger: log.makeLogger())
        _ = try issue(into: folder, as: "old")
        let replacement = try certificate.replacement(certificateFile: new.certificate, keyFile: new.key)
        meanwhile.withLock { $0 = replacement }
        keeper.reload()
        #expect(certificate.isServed(from: new.certificate, new.key))
        #expect(try certificate.files == CertificateFiles(certificate.paths))
        #expect(!log.entries.contains { $0.message.contains("renewed") })
    }

    @Test("loads a renewed certificate from the same files")
    func renewed() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try issue(into: folder, as: "one")
        let certificate = try ServingCertificate(certificateFile: files.certificate, keyFile: files.key)
        let log = LogRecording()
        let keeper = CertificateKeeper(certificate, clock: .system, logger: log.makeLogger())
        let before = certificate.files
        _ = try issue(into: folder, as: "one")
        keeper.reload()
        #expect(certificate.files != before)
        #expect(log.entries.contains { $0.message == "certificate renewed" })
    }

    @Test("reports unusable files once an hour, and when they are usable again")
    func lasting() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try issue(into: folder, as: "one")
        let certificate = try ServingCertificate(certificateFile: files.certificate, keyFile: files.key)
        let (clock, log) = (TestClock(), LogRecording())
        let keeper = CertificateKeeper(
            certificate, clock: BrokerClock(clock, now: { Date() }), logger: log.makeLogger())
        let good = try Data(contentsOf: URL(filePath: files.certificate))
        try Data("none".utf8).write(to: URL(filePath: files.certificate))
        for _ in 0..<150 {
            keeper.look()
            clock.advance(by: .seconds(60))
        }
        let failures = log.entries.filter { $0.message.hasPrefix("certificate not renewed") }
        #expect(failures.map { $0.metadata["broker.lasting_seconds"] } == [nil, "3600", "7200"])
        try good.write(to: URL(filePath: files.certificate))
        keeper.look()
        keeper.look()
        let ends = log.entries.filter { $0.message == "certificate files are in order again" }
        #expect(ends.map { $0.metadata["broker.lasting_seconds"] } == ["8940"])
    }
}
