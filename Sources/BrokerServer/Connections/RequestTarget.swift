import NIOHTTP1

/// The target of a request line (RFC 9112 §3.2).
enum RequestTarget {
    /// Whether the target has a form that the method allows: a path, an absolute HTTP URL, or `*` for `OPTIONS`.
    static func isValid(_ target: String, for method: HTTPMethod) -> Bool {
        guard target.utf8.allSatisfy(isAllowed) else { return false }
        if target.utf8.first == UInt8(ascii: "/") { return true }
        if target == "*" { return method == .OPTIONS }
        guard let separator = target.firstRange(of: "://") else { return false }
        let scheme = target[..<separator.lowerBound].lowercased()
        let authority = target[separator.upperBound...].prefix { $0 != "/" && $0 != "?" }
        return (scheme == "http" || scheme == "https") && HostField.isValid(authority)
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
