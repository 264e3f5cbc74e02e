import LoopbackServer
public import Logging

/// Everything that was logged to the loggers made from it, in order.
///
/// A test gives the code under test a secret that occurs nowhere else, and then asks ``mentions(_:)`` for it.
public final class LogRecording: Sendable {
    private let recorded = Monitor<[RecordedLogEntry]>([])

    /// Creates an empty recording.
    public init() {}

    /// A logger that records here, by default from the lowest level.
    public func makeLogger(label: String = "test", level: Logger.Level = .trace) -> Logger {
        Logger(label: label) { label in
            var handler = RecordingLogHandler(label: label, recording: self)
            handler.logLevel = level
            return handler
        }
    }

    /// The entries so far.
    public var entries: [RecordedLogEntry] {
        recorded.snapshot
    }

    /// The entries so far as text, one after another.
    public var text: String {
        entries.map(\.description).joined(separator: "\n")
    }

    /// Whether the text appears anywhere in the log: in a message, a key, a value, an error or a label.
    public func mentions(_ text: String) -> Bool {
        self.text.contains(text)
    }

    /// Suspends until an entry satisfies `condition`, and returns the first that does. The condition must not log here.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    public func waitForEntry(
        where condition: @escaping @Sendable (RecordedLogEntry) -> Bool
    ) async throws -> RecordedLogEntry {
        try await recorded.wait { $0.first(where: condition) }
    }

    func record(_ entry: RecordedLogEntry) {
        recorded.withState { $0.append(entry) }
    }
}
