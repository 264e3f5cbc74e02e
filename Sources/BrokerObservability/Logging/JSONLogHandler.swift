public import IdentityBroker
public import Logging

import Foundation

/// Writes each event as one line with a JSON object: `ts` (RFC 3339, UTC, milliseconds), `level`, `logger`, `msg`,
/// `source`, `error.message` and `error.type` if there is an error, and the metadata, nested values under their path.
///
/// Lines are limited to 16 KiB, and each text in them to 4 KiB; a shortened line has `"truncated":true`. Metadata with
/// a key of the handler's own, such as `level`, is written under `metadata.level`.
public struct JSONLogHandler: LogHandler {
    private static let ownKeys: Set<String> = ["ts", "level", "logger", "msg", "source", "truncated"]

    private let label: String
    private let output: LogOutput
    private let clock: BrokerClock

    /// The lowest level that is written.
    public var logLevel: Logger.Level
    /// Metadata that is written with every event.
    public var metadata: Logger.Metadata = [:]
    /// Provides more metadata for every event.
    public var metadataProvider: Logger.MetadataProvider?

    /// Creates a handler.
    ///
    /// - Parameters:
    ///   - label: The logger's name.
    ///   - output: Where lines go. All handlers that write to one file descriptor must share it.
    ///   - level: The lowest level that is written.
    ///   - metadataProvider: Provides more metadata for every event.
    ///   - clock: The source of the time.
    public init(
        label: String,
        to output: LogOutput,
        level: Logger.Level = .info,
        metadataProvider: Logger.MetadataProvider? = nil,
        clock: BrokerClock = .system
    ) {
        self.label = label
        self.output = output
        self.clock = clock
        logLevel = level
        self.metadataProvider = metadataProvider
    }

    /// Reads or changes the metadata that is written with every event.
    public subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes an event. If a key occurs more than once, the event's own metadata wins, then the provider's.
    public func log(event: LogEvent) {
        var line = JSONLine()
        line.add("ts", clock.now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        line.add("level", event.level.rawValue)
        line.add("logger", label)
        line.add("msg", event.message.description)
        line.add("source", event.source)
        if let error = event.error {
            line.add("error.message", "\(error)")
            line.add("error.type", String(reflecting: type(of: error)))
        }
        let all = [metadata, metadataProvider?.get() ?? [:], event.metadata ?? [:]]
            .reduce(into: Logger.Metadata()) { all, more in all.merge(more) { _, later in later } }
        line.add(Dictionary(all.map { (Self.name(of: $0.key), $0.value) }) { first, _ in first })
        output.write(line.text)
    }

    private static func name(of key: String) -> String {
        ownKeys.contains(key) ? "metadata.\(key)" : key
    }
}
