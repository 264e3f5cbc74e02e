/// The parameters of an `application/x-www-form-urlencoded` text, in order.
package struct FormParameters: Sendable {
    /// A parameter that occurs more than once (RFC 6749 §3.1), so that two readers could see different values.
    package struct Repeated: Error {}

    private let pairs: [(name: String, value: String)]

    /// Parses a text. Returns nil if it is not form-encoded.
    package init?(_ text: Substring) {
        var pairs: [(name: String, value: String)] = []
        for pair in formPairs(text) {
            guard let name = formDecoded(pair.name), let value = formDecoded(pair.value) else { return nil }
            pairs.append((name, value))
        }
        self.pairs = pairs
    }

    /// All parameters by name.
    ///
    /// - Throws: ``Repeated``.
    package func byName() throws(Repeated) -> [String: String] {
        let values = Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard values.count == pairs.count else { throw Repeated() }
        return values
    }

    /// The value of a parameter that may occur once; nil if it is absent.
    func single(_ name: String) throws(Repeated) -> String? {
        let values = pairs.filter { $0.name == name }
        guard values.count <= 1 else { throw Repeated() }
        return values.first?.value
    }
}

/// The pairs of `application/x-www-form-urlencoded`, still encoded, in order; without a value, it is empty.
///
/// Split by bytes, as others do it: a mark would make one character of itself and the ampersand before it.
package func formPairs(_ text: Substring) -> [(name: Substring, value: Substring)] {
    text.utf8.split(separator: UInt8(ascii: "&")).map { pair in
        let end = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
        return (Substring(pair[..<end]), Substring(pair[end...].dropFirst()))
    }
}

/// A name or value of `application/x-www-form-urlencoded`, decoded (WHATWG URL §5.1), or nil if a percent sign does not
/// begin a byte or the bytes are not UTF-8: text that two readers could read differently is refused.
package func formDecoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "+"):
            bytes.append(UInt8(ascii: " "))
        case UInt8(ascii: "%"):
            guard let high = rest.popFirst().flatMap(hexValue), let low = rest.popFirst().flatMap(hexValue) else {
                return nil
            }
            bytes.append(high << 4 | low)
        default:
            bytes.append(byte)
        }
    }
    return String(validating: bytes, as: UTF8.self)
}

private func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
}
