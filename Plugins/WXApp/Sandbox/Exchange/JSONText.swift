import Foundation

/// How the sandbox writes JSON: members sorted, slashes unescaped, dates in ISO 8601 with milliseconds and `Z`.
///
/// The sandbox stands in for the upstream, so it shares no code with the provider that reads its answers: Foundation
/// writes them.
enum JSONText {
    static func encode(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func date(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
