import BrokerTesting
import Foundation
import LoopbackServer

@testable import BrokerServer

extension ServingCertificate {
    /// A new certificate for `localhost`, and the TLS settings of a client that trusts it.
    static func ephemeral() throws -> (certificate: ServingCertificate, client: ClientTLS) {
        let authority = try EphemeralCertificateAuthority()
        let issued = try authority.issueServerCertificate(dnsNames: ["localhost"])
        let folder = FileManager.default.temporaryDirectory.appending(path: "certificate-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, key) = (folder.appending(path: "a.pem"), folder.appending(path: "a.key"))
        try Data(issued.certificatePEM.utf8).write(to: file)
        try Data(issued.privateKeyPEM.utf8).write(to: key)
        let certificate = try ServingCertificate(certificateFile: file.path(), keyFile: key.path())
        return (certificate, try ClientTLS(trusting: authority.certificatePEM))
    }
}
