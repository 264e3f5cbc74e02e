/// Parses a line of `Forwarded` (RFC 7239 §4).
///
/// Commas and semicolons inside quoted text separate nothing: `host` quotes what the client sent, and must not be able
/// to add an element.
struct ForwardedReader {
    /// The parameters of one element by their lower-case names.
    typealias Element = [String: Substring]

    private var rest: Substring

    /// The elements of a line in order, without empty ones; nil if the line is malformed.
    static func elements(of line: String) -> [Element]? {
        var reader = ForwardedReader(rest: line[...])
        var elements: [Element] = []
        repeat {
            guard let element = reader.element() else { return nil }
            if !element.isEmpty { elements.append(element) }
        } while reader.skip(",")
        return reader.rest.isEmpty ? elements : nil
    }

    private mutating func element() -> Element? {
        var element: Element = [:]
        repeat {
            skipSpace()
            let name = token().lowercased()
            if name.isEmpty { continue }
            guard skip("="), let value = value(), element.updateValue(value, forKey: name) == nil else { return nil }
            skipSpace()
        } while skip(";")
        return element
    }

    private mutating func value() -> Substring? {
        guard skip("\"") else {
            let value = token()
            return value.isEmpty ? nil : value
        }
        var value: Substring = ""
        while let character = rest.unicodeScalars.popFirst() {
            switch character {
            case "\"":
                return value
            case "\\":
                guard let escaped = rest.unicodeScalars.popFirst() else { return nil }
                value.unicodeScalars.append(escaped)
            default:
                value.unicodeScalars.append(character)
            }
        }
        return nil
    }

    private mutating func token() -> Substring {
        let end = rest.utf8.firstIndex { !Self.isTokenByte($0) } ?? rest.endIndex
        defer { rest = rest[end...] }
        return rest[..<end]
    }

    private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
        guard rest.unicodeScalars.first == scalar else { return false }
        rest.unicodeScalars.removeFirst()
        return true
    }

    private mutating func skipSpace() {
        while skip(" ") || skip("\t") {}
    }

    /// Whether this byte may be in a token (RFC 9110 §5.6.2), or is one that proxies leave unquoted in an address.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~:[]".utf8.contains(byte)
        }
    }
}
