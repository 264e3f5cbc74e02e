/// The address of a value in a JSON document, such as `/profile/department` (RFC 6901).
///
/// ```swift
/// let pointer = JSONPointer("/groups/0")
/// pointer?.value(in: ["groups": ["staff"]])        // "staff"
/// ```
public struct JSONPointer: Sendable, Hashable {
    /// The pointer as text: empty for the whole document, otherwise names and indices, each after a `/`.
    public let text: String
    private let tokens: [String]

    /// Parses a pointer. Returns nil for a text that neither is empty nor begins with `/`, and for a `~` that is not
    /// part of `~0` (a tilde) or `~1` (a slash).
    public init?(_ text: String) {
        guard text.isEmpty || text.utf8.first == UInt8(ascii: "/") else { return nil }
        var tokens: [String] = []
        for part in text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
            guard let token = Self.unescaped(part) else { return nil }
            tokens.append(token)
        }
        self.text = text
        self.tokens = tokens
    }

    /// The value at this address; nil if there is none.
    public func value(in document: JSONValue) -> JSONValue? {
        var value = document
        for token in tokens {
            guard let next = Self.step(to: token, in: value) else { return nil }
            value = next
        }
        return value
    }

    private static func step(to token: String, in value: JSONValue) -> JSONValue? {
        switch value {
        case .object(let object):
            return object[token]
        case .array(let elements):
            guard let index = index(token), elements.indices.contains(index) else { return nil }
            return elements[index]
        case .null, .bool, .number, .string:
            return nil
        }
    }

    /// Digits without a leading zero (RFC 6901 §4).
    private static func index(_ token: String) -> Int? {
        guard token.utf8.allSatisfy({ (0x30...0x39).contains($0) }), token == "0" || token.utf8.first != 0x30 else {
            return nil
        }
        return Int(token)
    }

    private static func unescaped(_ part: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        var rest = part[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "~") else {
                bytes.append(byte)
                continue
            }
            switch rest.popFirst() {
            case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
            case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
            default: return nil
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSONPointer: CustomStringConvertible {
    /// The pointer as text.
    public var description: String { text }
}
