import IdentityBroker
import Logging

/// Counts what is logged at `warning` and above, and keeps what is logged at `notice`.
final class WarningLog: Sendable {
    private let warnings = Locked(0)
    private let noted = Locked<[String]>([])

    var notices: [String] { noted.withLock { $0 } }

    var count: Int { warnings.withLock { $0 } }

    var logger: Logger {
        Logger(label: "test") { _ in Handler(log: self) }
    }

    private struct Handler: LogHandler {
        let log: WarningLog
        var logLevel = Logger.Level.trace
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            if event.level == .notice { log.noted.withLock { $0.append("\(event.message)") } }
            guard event.level >= .warning else { return }
            log.warnings.withLock { $0 += 1 }
        }
    }
}
