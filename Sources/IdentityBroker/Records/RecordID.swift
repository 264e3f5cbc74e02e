import Crypto
public import Foundation

/// The id of a record within its kind: 1 to 255 visible ASCII characters (0x21 to 0x7E), which stores compare byte by byte.
///
/// Stores write ids in the clear. A record that is found by a secret, such as an authorization code, has a digest of the
/// secret as its id.
public struct RecordID: Sendable, Hashable {
    /// The id as text.
    public let rawValue: String

    /// Reads an id. Returns nil for anything that is not one; no record has such an id.
    public init?(_ text: String) {
        let characters = text.utf8
        guard (1...255).contains(characters.count), characters.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        rawValue = text
    }

    /// The id of a record that is found by a secret: the SHA-256 of these parts, in 64 hexadecimal digits.
    ///
    /// Each part is prefixed with its length, so that no two lists of parts collide.
    public init(digestOf parts: [UInt8]...) {
        var hash = SHA256()
        for part in parts {
            withUnsafeBytes(of: UInt64(part.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: part)
        }
        rawValue = hash.finalize().hexadecimal
    }

    /// A UUID as an id: 36 characters in lower case (RFC 9562 §4).
    public init(_ id: UUID) {
        rawValue = id.uuidString.lowercased()
    }
}

extension RecordID: ExpressibleByStringLiteral {
    /// An id written in source code, of a record that exists once.
    ///
    /// - Precondition: The literal is an id; a wrong one is a mistake in the program, found at its first run.
    public init(stringLiteral literal: String) {
        guard let id = RecordID(literal) else {
            preconditionFailure("'\(literal)' is not a record id: 1 to 255 visible ASCII characters.")
        }
        self = id
    }
}

extension RecordID: Comparable {
    /// Compares the bytes.
    public static func < (left: RecordID, right: RecordID) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}
