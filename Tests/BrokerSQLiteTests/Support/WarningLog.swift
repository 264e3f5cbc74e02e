import IdentityBroker
import Logging

/// Counts what is logged at `warning` and above.
final class WarningLog: Sendable {
    private let warnings = Locked(0)

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
            guard event.level >= .warning else { return }
            log.warnings.withLock { $0 += 1 }
        }
    }
}
