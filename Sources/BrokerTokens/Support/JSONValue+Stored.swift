import StrictJSON

import Foundation

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
