public import IdentityBroker
import NIOSSL

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A certificate to serve with, and its private key. Both can be replaced while connections are accepted: new ones get the new
/// certificate, and existing ones keep theirs.
public final class ServingCertificate: Sendable {
    private struct Current: Sendable {
        var paths: CertificatePaths
        var pair: CertificatePair
    }

    private let current: Locked<Current>
    private let now: @Sendable () -> Date

    /// Reads them.
    ///
    /// - Parameters:
    ///   - certificateFile: The path of a PEM file with the certificate, and those between it and the root.
    ///   - keyFile: The path of a PEM file with the private key.
    ///   - now: The clock.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the file: where one cannot be read or
    ///   is not in PEM form, the two do not belong together, or the certificate has expired. One that is not valid yet is
    ///   taken, since the clock of a machine that has just started may be behind.
    public init(
        certificateFile: String,
        keyFile: String,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws(BrokerError) {
        let paths = CertificatePaths(certificate: certificateFile, key: keyFile)
        let pair = try CertificatePair(paths)
        guard pair.validity.standing(at: now()) != .expired else { throw .expired(paths) }
        current = Locked(Current(paths: paths, pair: pair))
        self.now = now
    }

    /// What a new connection is made with.
    var context: NIOSSLContext { current.withLock { $0.pair.context } }

    var paths: CertificatePaths { current.withLock { $0.paths } }

    var files: CertificateFiles { current.withLock { $0.pair.files } }

    /// From when until when the certificate is valid.
    package var validity: CertificateValidity { current.withLock { $0.pair.validity } }

    /// Whether it is the certificate of these files.
    public func isServed(from certificateFile: String, _ keyFile: String) -> Bool {
        paths == CertificatePaths(certificate: certificateFile, key: keyFile)
    }

    /// Makes ready to serve with the certificate in these files.
    ///
    /// - Returns: What takes it up.
    /// - Throws: As ``init(certificateFile:keyFile:now:)`` does, and where the certificate is not valid yet: the one that is
    ///   served is better.
    public func replacement(
        certificateFile: String,
        keyFile: String
    ) throws(BrokerError) -> @Sendable () -> Void {
        let paths = CertificatePaths(certificate: certificateFile, key: keyFile)
        let pair = try validPair(CertificateFiles(paths), from: paths)
        return { [current] in current.withLock { $0 = Current(paths: paths, pair: pair) } }
    }

    /// Serves with what these files hold by now, unless a certificate in other files has replaced it since they were read.
    ///
    /// - Returns: Whether it is served.
    /// - Throws: As ``replacement(certificateFile:keyFile:)`` does.
    func renew(with files: CertificateFiles, from paths: CertificatePaths) throws(BrokerError) -> Bool {
        let pair = try validPair(files, from: paths)
        return current.withLock { current in
            guard current.paths == paths else { return false }
            current.pair = pair
            return true
        }
    }

    private func validPair(
        _ files: CertificateFiles,
        from paths: CertificatePaths
    ) throws(BrokerError) -> CertificatePair {
        let pair = try CertificatePair(files, from: paths)
        switch pair.validity.standing(at: now()) {
        case .expired: throw .expired(paths)
        case .notYetValid: throw .misconfigured("The certificate in \(paths.certificate) is not valid yet.")
        case .valid: return pair
        }
    }
}

extension BrokerError {
    fileprivate static func expired(_ paths: CertificatePaths) -> BrokerError {
        .misconfigured("The certificate in \(paths.certificate) has expired. Put a renewed one there.")
    }
}
