import NIOHTTP1

/// The target of a request line (RFC 9112 §3.2).
enum RequestTarget {
    /// Whether the target has a form that the method allows: a path, an absolute HTTP URL, or `*` for `OPTIONS`.
    static func isValid(_ target: String, for method: HTTPMethod) -> Bool {
        guard target.utf8.allSatisfy(isAllowed) else { return false }
        if target.utf8.first == UInt8(ascii: "/") { return true }
        if target == "*" { return method == .OPTIONS }
        guard let separator = target.firstRange(of: "://"), let authority = authority(of: target) else { return false }
        let scheme = target[..<separator.lowerBound].lowercased()
        return (scheme == "http" || scheme == "https") && HostField.isValid(authority)
    }

    /// The authority of a target in absolute form; nil for any other form.
    static func authority(of target: String) -> Substring? {
        guard target.utf8.first != UInt8(ascii: "/"), let separator = target.firstRange(of: "://") else { return nil }
        return target[separator.upperBound...].prefix { $0 != "/" && $0 != "?" }
    }

    /// The path of a valid target, without its query.
    static func path(of target: String) -> Substring {
        var rest = target[...]
        if target.utf8.first != UInt8(ascii: "/"), let separator = target.firstRange(of: "://") {
            rest = target[separator.upperBound...].drop { $0 != "/" && $0 != "?" }
        }
        return rest.prefix { $0 != "?" }
    }

    /// Visible ASCII, and no fragment.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "#")
    }
}

/// The value of a `Host` field: `uri-host [ ":" port ]` (RFC 9112 §3.2, RFC 3986 §3.2.2).
enum HostField {
    /// Whether the text is a host with an optional port.
    ///
    /// RFC 3986 allows a comma in a registered name. It is refused, since two `Host` fields joined by a proxy contain
    /// one.
    static func isValid(_ text: some StringProtocol) -> Bool {
        let bytes = ArraySlice(text.utf8)
        guard bytes.first == UInt8(ascii: "[") else {
            let name = bytes.prefix { $0 != UInt8(ascii: ":") }
            return !name.isEmpty && isRegisteredName(name) && isPort(bytes[name.endIndex...])
        }
        guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
        let address = bytes[bytes.index(after: bytes.startIndex)..<end]
        return !address.isEmpty && address.allSatisfy(isPartOfLiteral) && isPort(bytes[bytes.index(after: end)...])
    }

    private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let colon = bytes.first else { return true }
        let digits = bytes.dropFirst()
        guard colon == UInt8(ascii: ":"), digits.count <= 5, digits.allSatisfy(isDigit) else { return false }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } <= 65_535
    }

    private static func isRegisteredName(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst(), let low = rest.popFirst(), isHexadecimal(high), isHexadecimal(low)
                else { return false }
            } else if !isUnreserved(byte), !"!$&'()*+;=".utf8.contains(byte) {
                return false
            }
        }
        return true
    }

    private static func isPartOfLiteral(_ byte: UInt8) -> Bool {
        isHexadecimal(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        default: isDigit(byte) || "-._~".utf8.contains(byte)
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: isDigit(byte)
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
