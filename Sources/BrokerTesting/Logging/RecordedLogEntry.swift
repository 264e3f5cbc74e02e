public import Logging

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
