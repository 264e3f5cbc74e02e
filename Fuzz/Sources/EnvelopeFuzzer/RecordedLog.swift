import Logging
import Synchronization

/// Records everything that is logged, as text.
final class RecordedLog: Sendable {
    private let recorded = Mutex("")

    var text: String { recorded.withLock { $0 } }

    func append(_ line: String) {
        recorded.withLock { $0 += line + "\n" }
    }

    /// A logger that writes here, at every level.
    var logger: Logger {
        Logger(label: "fuzzer", factory: { _ in Handler(log: self) })
    }

    private struct Handler: LogHandler {
        let log: RecordedLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.MetadataValue? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            log.append("\(event.message) \(metadata) \(event.metadata ?? [:])")
        }
    }
}
