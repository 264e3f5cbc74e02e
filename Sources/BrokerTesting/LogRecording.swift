public import Logging
import LoopbackServer

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

/// One log entry, every part of it rendered as text.
public struct RecordedLogEntry: Sendable, Hashable {
    /// The label of the logger.
    public let label: String

    /// The level of the entry.
    public let level: Logger.Level

    /// The message.
    public let message: String

    /// The metadata of the logger, of its provider and of the event, merged in this order.
    public let metadata: [String: String]

    /// The error of the entry, as it describes itself.
    public let error: String?
}

extension RecordedLogEntry: CustomStringConvertible {
    /// The whole entry on one line, metadata sorted by key.
    public var description: String {
        let fields = metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return (["\(level) \(label): \(message)"] + fields + (error.map { ["error=\($0)"] } ?? [])).joined(
            separator: " ")
    }
}

/// A log handler that writes to a ``LogRecording``.
public struct RecordingLogHandler: LogHandler {
    /// The lowest level that is recorded; by default all are.
    public var logLevel = Logger.Level.trace

    /// Metadata added to every entry.
    public var metadata: Logger.Metadata = [:]

    /// Provides more metadata for every entry.
    public var metadataProvider: Logger.MetadataProvider?

    private let label: String
    private let recording: LogRecording

    /// Creates a handler that writes to `recording`.
    public init(label: String, recording: LogRecording, metadataProvider: Logger.MetadataProvider? = nil) {
        self.label = label
        self.recording = recording
        self.metadataProvider = metadataProvider
    }

    /// One value of the metadata.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Records an event.
    public func log(event: LogEvent) {
        let merged = [metadataProvider?.get(), event.metadata].compactMap(\.self)
            .reduce(metadata) { $0.merging($1) { _, later in later } }
        recording.record(
            RecordedLogEntry(
                label: label,
                level: event.level,
                message: "\(event.message)",
                metadata: merged.mapValues { "\($0)" },
                error: event.error.map { "\($0)" }
            )
        )
    }
}
