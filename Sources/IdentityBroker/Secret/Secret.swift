/// Confidential text: a user-pool secret, a ticket, a token.
///
/// It has no `description` and is neither `Encodable` nor `Hashable`, so it cannot slip into a log, an error, a JSON
/// document or a dictionary's debug output. Code that needs the text calls ``reveal()``, which is easy to find in a
/// review.
public struct Secret: Sendable {
    private let bytes: [UInt8]

    /// Wraps the text.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The text itself. Keep it in the narrowest possible scope.
    public func reveal() -> String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// The UTF-8 bytes. Handle them with the same care.
    public func revealBytes() -> [UInt8] {
        bytes
    }

    /// Whether the text is empty.
    public var isEmpty: Bool { bytes.isEmpty }

    /// The length in UTF-8 bytes.
    public var byteCount: Int { bytes.count }
}

extension Secret: Equatable {
    /// Compares in time that depends only on the lengths.
    public static func == (left: Secret, right: Secret) -> Bool {
        guard left.bytes.count == right.bytes.count else { return false }
        var difference: UInt8 = 0
        for index in left.bytes.indices {
            difference |= left.bytes[index] ^ right.bytes[index]
        }
        return difference == 0
    }
}

extension Secret: CustomReflectable {
    /// A mirror without children: `print`, `dump` and string interpolation use it and find nothing.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
