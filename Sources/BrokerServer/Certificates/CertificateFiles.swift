import BrokerServing
import IdentityBroker

/// The contents of a certificate file and its key file, including the private key.
struct CertificateFiles: Sendable, Equatable {
    /// No chain is longer, and a device file has no end.
    private static let maximumBytes = 1024 * 1024

    let certificate: [UInt8]
    let key: [UInt8]

    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the unreadable file.
    init(_ paths: CertificatePaths) throws(BrokerError) {
        certificate = try Self.read(paths.certificate, "certificate")
        key = try Self.read(paths.key, "key")
    }

    private static func read(_ path: String, _ subject: String) throws(BrokerError) -> [UInt8] {
        do {
            let reader = try FileDescriptorReader(path: path)
            return try reader.read(atMost: maximumBytes)
        } catch {
            throw .misconfigured(
                "The \(subject) file \(path) cannot be read. Check that it exists and its permissions.")
        }
    }
}
