import Foundation
import StrictJSON

// How stored documents write what JSON has no form for. Documents of earlier versions were written so by Foundation.
extension JSONValue {
    /// A point in time: seconds since the beginning of 2001.
    static func time(_ date: Date) -> JSONValue {
        .double(date.timeIntervalSinceReferenceDate)
    }

    /// The point in time, or nil for a value of another kind.
    var time: Date? {
        double.map { Date(timeIntervalSinceReferenceDate: $0) }
    }

    /// The objects of an array, or nil for a value of another kind.
    var objects: [JSONObject]? {
        guard let objects = array?.map(\.object), !objects.contains(where: { $0 == nil }) else { return nil }
        return objects.compactMap(\.self)
    }

    /// Bytes: base64 with padding (RFC 4648 §4).
    static func bytes(_ bytes: Data) -> JSONValue {
        .string(bytes.base64EncodedString())
    }

    /// The bytes, or nil for a value of another kind.
    var bytes: Data? {
        string.flatMap { Data(base64Encoded: $0) }
    }
}

extension JSONObject {
    /// What a member contains, if there is one.
    ///
    /// - Throws: ``UnreadableMember`` for a member of another form. `null` is no member.
    func optional<Content>(_ name: String, _ read: (JSONValue) -> Content?) throws(UnreadableMember) -> Content? {
        guard let value = self[name], !value.isNull else { return nil }
        guard let content = read(value) else { throw UnreadableMember() }
        return content
    }

    /// What a member contains.
    ///
    /// - Throws: ``UnreadableMember`` if there is none, or one of another form.
    func required<Content>(_ name: String, _ read: (JSONValue) -> Content?) throws(UnreadableMember) -> Content {
        guard let content = try optional(name, read) else { throw UnreadableMember() }
        return content
    }
}

/// A member of a stored document is not as it was written.
struct UnreadableMember: Error {}

extension Date {
    static func + (date: Date, duration: Duration) -> Date { date.addingTimeInterval(duration / .seconds(1)) }

    static func - (date: Date, duration: Duration) -> Date { date + (.zero - duration) }

    /// The time in the form of tokens: whole seconds since 1970 (RFC 7519 §2).
    var wholeSeconds: Int64 { Int64(timeIntervalSince1970.rounded(.down)) }
}

extension UUID {
    /// The id in lower case (RFC 9562 §4).
    var canonical: String { uuidString.lowercased() }

    /// Reads an id in the one form that ``canonical`` writes; nil for any other text.
    init?(canonical text: String) {
        guard let id = UUID(uuidString: text), id.canonical == text else { return nil }
        self = id
    }
}
