/// The parameters of the mini program's query that have a meaning, decoded. An empty one counts as absent.
///
/// The query is split by bytes, not by Characters: a combining mark or a variation selector after a delimiter forms one
/// Character with it.
struct CallbackParameters {
    enum Name: String {
        case code
        case message
        case ticket
    }

    private var values: [Name: String] = [:]

    var code: String? { value(of: .code) }
    var message: String? { value(of: .message) }
    var ticket: String? { value(of: .ticket) }

    init(_ callback: String) throws(WXAppCallbackError) {
        for pair in Self.query(in: callback).split(separator: UInt8(ascii: "&")) {
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = Name(rawValue: PercentEncoding.decode(pair[..<equals])) else { continue }
            try add(PercentEncoding.decode(pair[equals...].dropFirst()), named: name)
        }
    }

    private func value(of name: Name) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func add(_ value: String, named name: Name) throws(WXAppCallbackError) {
        guard let earlier = values[name] else {
            values[name] = value
            return
        }
        // By bytes: `==` also holds for strings that are merely canonically equivalent.
        guard name == .message || earlier.utf8.elementsEqual(value.utf8) else {
            throw WXAppCallbackError(.ambiguous(name))
        }
    }

    /// The query in the text that was passed in, which may be a whole URL, begin with "?", or be surrounded by white
    /// space.
    private static func query(in callback: String) -> ArraySlice<UInt8> {
        let text = trimmed(Array(callback.utf8)[...])
        guard let mark = text.firstIndex(of: UInt8(ascii: "?")) else { return text }
        let before = text[..<mark]
        let isInsideValue = before.contains { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "&") }
        guard !isInsideValue else { return text }
        let query = text[mark...].dropFirst()
        // Only a URL has a fragment; elsewhere a "#" is part of a value.
        return before.isEmpty ? query : query.prefix { $0 != UInt8(ascii: "#") }
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var trimmed = text.drop(while: isBlank)
        while let last = trimmed.last, isBlank(last) {
            trimmed.removeLast()
        }
        return trimmed
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains(byte)
    }
}
