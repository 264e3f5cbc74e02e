import BrokerServing
public import Foundation
public import IdentityBroker
public import Logging
import NIOSSL
public import ServiceLifecycle
import UnixSignals

/// A server certificate and its private key. Both can be replaced while connections are accepted: new ones use the new
/// certificate, and existing ones keep theirs.
public final class ServingCertificate: Sendable {
    private struct Current: Sendable {
        var paths: CertificatePaths
        var pair: CertificatePair
    }

    private let current: Locked<Current>
    private let now: @Sendable () -> Date

    /// Reads certificate and key.
    ///
    /// - Parameters:
    ///   - certificateFile: The path of a PEM file with the certificate and its intermediates.
    ///   - keyFile: The path of a PEM file with the private key.
    ///   - now: The clock.
    /// - Throws: ``BrokerError`` of kind ``BrokerError/Kind/misconfigured`` that names the file, if one is unreadable
    ///   or not in PEM form, the two do not match, a handshake with them fails, or the certificate has expired; of kind
    ///   ``BrokerError/Kind/unavailable`` if it is not valid yet: it will be, or the clock of a machine that just
    ///   started is behind.
    public init(
        certificateFile: String,
        keyFile: String,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws(BrokerError) {
        let paths = CertificatePaths(certificate: certificateFile, key: keyFile)
        let pair = try Self.validPair(CertificateFiles(paths), from: paths, at: now())
        current = Locked(Current(paths: paths, pair: pair))
        self.now = now
    }

    /// The context for new connections.
    var context: NIOSSLContext { current.withLock { $0.pair.context } }

    var paths: CertificatePaths { current.withLock { $0.paths } }

    var files: CertificateFiles { current.withLock { $0.pair.files } }

    /// The certificate's validity period.
    package var validity: CertificateValidity { current.withLock { $0.pair.validity } }

    /// What clients object to in the certificate, or soon will, in sentences; empty if there is nothing.
    package var advice: [String] {
        let (paths, pair) = current.withLock { ($0.paths, $0.pair) }
        guard pair.validity.end.timeIntervalSince(now()) <= ExpiryReminder.ahead else { return pair.advice }
        let end = pair.validity.end.formatted(.iso8601)
        return pair.advice + ["The certificate in \(paths.certificate) ends at \(end). Renew it."]
    }

    /// Whether the certificate comes from these files.
    public func isServed(from certificateFile: String, _ keyFile: String) -> Bool {
        paths == CertificatePaths(certificate: certificateFile, key: keyFile)
    }

    /// Prepares to serve with the certificate in these files.
    ///
    /// - Returns: A closure that switches to it.
    /// - Throws: As ``init(certificateFile:keyFile:now:)`` does.
    public func replacement(
        certificateFile: String,
        keyFile: String
    ) throws(BrokerError) -> @Sendable () -> Void {
        let paths = CertificatePaths(certificate: certificateFile, key: keyFile)
        let pair = try Self.validPair(CertificateFiles(paths), from: paths, at: now())
        return { [current] in current.withLock { $0 = Current(paths: paths, pair: pair) } }
    }

    /// Switches to the current contents of these files, unless a certificate from other files has replaced it since
    /// they were read.
    ///
    /// - Returns: Whether it is in use.
    /// - Throws: As ``replacement(certificateFile:keyFile:)`` does.
    func renew(with files: CertificateFiles, from paths: CertificatePaths) throws(BrokerError) -> Bool {
        let pair = try Self.validPair(files, from: paths, at: now())
        return current.withLock { current in
            guard current.paths == paths else { return false }
            current.pair = pair
            return true
        }
    }

    private static func validPair(
        _ files: CertificateFiles,
        from paths: CertificatePaths,
        at now: Date
    ) throws(BrokerError) -> CertificatePair {
        let pair = try CertificatePair(files, from: paths)
        switch pair.validity.standing(at: now) {
        case .expired:
            throw .misconfigured("The certificate in \(paths.certificate) has expired. Put a renewed one there.")
        case .notYetValid:
            throw BrokerError(
                .unavailable,
                """
                The certificate in \(paths.certificate) is not valid before \(pair.validity.begin.formatted(.iso8601)). Put one \
                there that is valid now, or set this machine's clock.
                """)
        case .valid:
            return pair
        }
    }
}

/// Switches to a renewed certificate once its files contain one, and at `SIGHUP`; warns of one that is about to expire.
public struct CertificateService: Service {
    private let keeper: CertificateKeeper

    /// Makes a service.
    ///
    /// - Parameters:
    ///   - certificate: The certificate in use.
    ///   - clock: The clock.
    ///   - logger: Gets a line when the certificate was renewed, when its files are unusable and then once an hour, and
    ///     once a day from two weeks before it expires.
    public init(_ certificate: ServingCertificate, clock: BrokerClock = .system, logger: Logger) {
        keeper = CertificateKeeper(certificate, clock: clock, logger: logger)
    }

    /// Runs until it is shut down.
    public func run() async {
        let requests = await UnixSignalsSequence(trapping: .sighup)
        await cancelWhenGracefulShutdown { [keeper] in
            await withDiscardingTaskGroup { group in
                group.addTask {
                    for await _ in requests { keeper.reload() }
                }
                group.addTask {
                    repeat { keeper.look() } while (try? await Task.sleep(for: .seconds(2))) != nil
                }
            }
        }
    }
}
