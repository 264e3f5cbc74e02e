import Foundation
import LoopbackServer

/// The correct certificate of a fake upstream, and the wrong ones.
struct UpstreamCertificates: Sendable {
    /// The certificates that most upstreams of the process share, since making them takes longer than most tests.
    static let shared = Result { try UpstreamCertificates() }

    private static let dnsNames = ["localhost"]
    private static let ipAddresses = ["127.0.0.1", "::1"]

    let certificatePEM: String
    let trusted: ServerCertificate
    private let forAnotherHost: ServerCertificate
    private let ofAnotherAuthority: ServerCertificate
    private let expired: ServerCertificate

    init() throws {
        let authority = try EphemeralCertificateAuthority()
        let stranger = try EphemeralCertificateAuthority()
        certificatePEM = try authority.certificatePEM
        trusted = try authority.issueServerCertificate(dnsNames: Self.dnsNames, ipAddresses: Self.ipAddresses)
        forAnotherHost = try authority.issueServerCertificate(dnsNames: ["elsewhere.invalid"])
        ofAnotherAuthority = try stranger.issueServerCertificate(
            dnsNames: Self.dnsNames, ipAddresses: Self.ipAddresses)
        expired = try authority.issueServerCertificate(
            dnsNames: Self.dnsNames, ipAddresses: Self.ipAddresses, isExpired: true)
    }

    func behavior(for fault: HandshakeFault) -> ConnectionBehavior {
        switch fault {
        case .certificateForAnotherHost: .serveOverTLS(TLSSettings(certificate: forAnotherHost))
        case .certificateOfAnotherAuthority: .serveOverTLS(TLSSettings(certificate: ofAnotherAuthority))
        case .expiredCertificate: .serveOverTLS(TLSSettings(certificate: expired))
        case .obsoleteTLSVersion: .serveOverTLS(TLSSettings(certificate: trusted, versions: .v1_0 ... .v1_1))
        case .hang: .ignore
        case .reset: .resetOnFirstBytes
        }
    }
}

/// A private directory under the system's temporary one, readable by its owner only.
struct TemporaryDirectory: Sendable {
    private let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "broker-testing-\(UUID())").path()
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    /// Writes a file and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try Data(text.utf8).write(to: URL(filePath: file))
        return file
    }

    func remove() {
        // Someone else may already have cleaned up.
        try? FileManager.default.removeItem(atPath: path)
    }
}
