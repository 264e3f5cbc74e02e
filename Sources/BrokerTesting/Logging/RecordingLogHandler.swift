public import Logging

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
