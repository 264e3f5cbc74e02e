import BrokerServing
package import Foundation
import IdentityBroker
import Logging
import Metrics

/// Loads a renewed certificate, and reports when the current one expires.
final class CertificateKeeper: Sendable {
    private struct Looks: Sendable {
        /// The contents of the files at the last check.
        var last: Result<CertificateFiles, BrokerError>?
        /// Why the files are refused.
        var trouble = LastingTrouble<String>()
        var reminder = ExpiryReminder()
    }

    private let certificate: ServingCertificate
    private let now: @Sendable () -> Date
    private let uptime: @Sendable () -> Duration
    private let logger: Logger
    private let expiry = Gauge(label: "broker_tls_certificate_expiry_timestamp_seconds")
    private let lastRenewalSucceeded = Gauge(label: "broker_tls_certificate_last_renewal_successful")
    private let looks = Locked(Looks())

    init(_ certificate: ServingCertificate, clock: BrokerClock, logger: Logger) {
        self.certificate = certificate
        now = clock.now
        uptime = clock.uptime
        self.logger = logger
        showExpiry()
        lastRenewalSucceeded.record(1)
    }

    /// Checks the files, and loads them once two consecutive checks have seen the same contents. While two files are
    /// being replaced, one may be new and the other still old.
    func look() {
        let paths = certificate.paths
        let contents = Self.read(paths)
        let hasSettled = looks.withLock { looks in
            defer { looks.last = contents }
            return looks.last == contents
        }
        if contents == .success(certificate.files) {
            if let news = observe(nil) {
                logger.notice("certificate files are in order again", metadata: Self.metadata(news))
            }
        } else if hasSettled {
            takeUp(contents, from: paths, isAsked: false)
        }
        remind()
    }

    /// Loads the files now, on request.
    func reload() {
        let paths = certificate.paths
        let contents = Self.read(paths)
        if contents != .success(certificate.files) { takeUp(contents, from: paths, isAsked: true) }
        remind()
    }

    private static func read(_ paths: CertificatePaths) -> Result<CertificateFiles, BrokerError> {
        Result { () throws(BrokerError) in try CertificateFiles(paths) }
    }

    private func takeUp(_ contents: Result<CertificateFiles, BrokerError>, from paths: CertificatePaths, isAsked: Bool)
    {
        do throws(BrokerError) {
            guard try certificate.renew(with: contents.get(), from: paths) else { return }
            let news = observe(nil)
            showExpiry()
            var metadata = Self.metadata(news)
            metadata["broker.tls.expiry"] = "\(certificate.validity.end.text)"
            logger.notice("certificate renewed", metadata: metadata)
        } catch {
            // If the certificate was replaced in the meantime, its old files no longer matter.
            guard certificate.paths == paths else { return }
            let news = observe(error.message)
            guard news != nil || isAsked else { return }
            var metadata = Self.metadata(news)
            metadata["broker.reason"] = "\(error.message)"
            logger.error("certificate not renewed, the old one serves on", metadata: metadata)
        }
    }

    /// Takes note of why the files are refused; nil if they are served.
    private func observe(_ trouble: String?) -> LastingTrouble<String>.News? {
        lastRenewalSucceeded.record(trouble == nil ? 1 : 0)
        return looks.withLock { $0.trouble.observe(trouble, at: uptime()) }
    }

    private static func metadata(_ news: LastingTrouble<String>.News?) -> Logger.Metadata {
        news?.seconds.map { ["broker.lasting_seconds": "\($0)"] } ?? [:]
    }

    private func showExpiry() {
        expiry.record(certificate.validity.end.timeIntervalSince1970)
    }

    private func remind() {
        let validity = certificate.validity
        // A configuration reload may have replaced it.
        showExpiry()
        guard looks.withLock({ $0.reminder.isDue(for: validity, at: now()) }) else { return }
        let message = validity.standing(at: now()) == .expired ? "certificate expired" : "certificate expires soon"
        logger.warning("\(message)", metadata: ["broker.tls.expiry": "\(validity.end.text)"])
    }
}

extension Date {
    /// The time in UTC (RFC 3339).
    fileprivate var text: String { formatted(.iso8601) }
}

/// Decides when to warn of a certificate that is about to expire: from two weeks before, at most once a day.
struct ExpiryReminder: Sendable {
    static let ahead: TimeInterval = 14 * 24 * 60 * 60
    static let interval: TimeInterval = 24 * 60 * 60

    private var last: (end: Date, warned: Date)?

    /// Whether to warn now. Starts over for a certificate with a different end, and after the clock was set back.
    mutating func isDue(for validity: CertificateValidity, at now: Date) -> Bool {
        guard validity.end.timeIntervalSince(now) <= Self.ahead else { return false }
        if let last, last.end == validity.end, (0..<Self.interval).contains(now.timeIntervalSince(last.warned)) {
            return false
        }
        last = (validity.end, now)
        return true
    }
}

/// The validity period of a certificate (RFC 5280 §4.1.2.5).
package struct CertificateValidity: Sendable, Hashable {
    package enum Standing: Sendable, Hashable {
        case notYetValid
        case valid
        case expired
    }

    package let begin: Date
    package let end: Date

    package init(begin: Date, end: Date) {
        self.begin = begin
        self.end = end
    }

    package func standing(at now: Date) -> Standing {
        if now > end { return .expired }
        return now < begin ? .notYetValid : .valid
    }
}
