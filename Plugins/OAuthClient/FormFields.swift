/// Parameters in the form `application/x-www-form-urlencoded`, in order.
package struct FormFields: Sendable {
    /// The encoded form.
    package private(set) var text = ""
    /// The names that it has.
    package private(set) var names: Set<String> = []

    /// Begins without parameters.
    package init() {}

    /// Adds a parameter after the others.
    package mutating func add(_ name: String, _ value: String) {
        names.insert(name)
        if !text.isEmpty { text += "&" }
        text += "\(Self.encoded(name))=\(Self.encoded(value))"
    }

    /// A text with everything encoded but the unreserved characters of RFC 3986 §2.3. A space becomes `%20`, since not
    /// all providers decode a plus sign.
    package static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension FormFields: CustomReflectable {
    /// A mirror without children: the values may be secrets.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
