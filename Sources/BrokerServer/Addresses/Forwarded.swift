import BrokerServing
import HTTPTypes
import IdentityBroker

extension ForwardingHeader {
    /// Whether any forwarding field is present, including those that are not read: a proxy that writes a field other
    /// than the configured one is not the client either.
    static func isAny(in fields: HTTPFields) -> Bool {
        [xForwardedFor.rawValue, xForwardedProto, forwarded.rawValue].contains { name in
            HTTPField.Name(name).map { fields.contains($0) } ?? false
        }
    }

    private static let xForwardedProto = "X-Forwarded-Proto"

    /// The proxies' statements, nearest first.
    func hops(in fields: HTTPFields) -> [ForwardedHop] {
        switch self {
        case .xForwardedFor:
            Self.hops(
                nodes: fields.listMembers(of: rawValue),
                schemes: fields.listMembers(of: Self.xForwardedProto)
            )
        case .forwarded: fields.values(of: rawValue).reversed().flatMap { Self.hops(line: $0) }
        }
    }

    /// If each proxy added to both lists, nodes and schemes correspond one to one. Otherwise the correspondence is
    /// unknown, and all schemes must be https.
    private static func hops(nodes: [Substring], schemes: [Substring]) -> [ForwardedHop] {
        if nodes.count == schemes.count {
            return zip(nodes, schemes).map { ForwardedHop(node: $0, scheme: $1) }
        }
        let scheme = schemes.first { $0.lowercased() != "https" } ?? schemes.first
        guard !nodes.isEmpty else { return [ForwardedHop(node: nil, scheme: scheme)] }
        return nodes.map { ForwardedHop(node: $0, scheme: scheme) }
    }

    /// A malformed line is one hop without information, which ends the search for the client.
    private static func hops(line: String) -> [ForwardedHop] {
        guard let elements = ForwardedReader.elements(of: line) else { return [ForwardedHop(node: nil, scheme: nil)] }
        return elements.reversed().map { ForwardedHop(node: $0["for"], scheme: $0["proto"]) }
    }
}

extension HTTPFields {
    /// The members of a list that may span several field lines, last first and without empty ones (RFC 9110 §5.6.1).
    fileprivate func listMembers(of name: String) -> [Substring] {
        values(of: name).reversed().flatMap { line in
            line.utf8.split(separator: UInt8(ascii: ",")).reversed().map { Substring($0).trimmingSpace() }
                .filter { !$0.isEmpty }
        }
    }
}

/// One proxy's statement about the client of a request.
struct ForwardedHop: Sendable, Hashable {
    /// Nil if the proxy states none, or something other than an address.
    let address: ClientAddress?
    /// Whether the request reached that proxy over https; nil if unstated.
    let isSecure: Bool?

    /// - Parameters:
    ///   - node: An address with or without a port (RFC 7239 §6).
    ///   - scheme: The scheme of the request.
    init(node: Substring?, scheme: Substring?) {
        address = node.flatMap { IPAddress(node: $0) }.map { ClientAddress($0) }
        isSecure = scheme.map { $0.lowercased() == "https" }
    }
}

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

extension IPAddress {
    /// Parses the node of a proxy's header field: an address with or without a port (RFC 7239 §6). IPv6 without
    /// brackets, as in `X-Forwarded-For`, cannot have a port. Returns nil for `unknown`, for an obfuscated node and for
    /// garbage.
    init?(node: Substring) {
        let (host, port): (Substring, Substring)
        if node.first == "[" {
            guard let end = node.firstIndex(of: "]") else { return nil }
            (host, port) = (node[..<end].dropFirst(), node[end...].dropFirst())
        } else if let colon = node.firstIndex(of: ":"), colon == node.lastIndex(of: ":") {
            (host, port) = (node[..<colon], node[colon...])
        } else {
            (host, port) = (node, "")
        }
        guard port.isEmpty || port.isPort, let address = IPAddress(String(host)) else { return nil }
        if node.first == "[", case .v4 = address { return nil }
        self = address
    }
}

extension Substring {
    /// Whether this is a colon followed by a port.
    fileprivate var isPort: Bool {
        let digits = utf8.dropFirst()
        return utf8.first == UInt8(ascii: ":") && (1...5).contains(digits.count)
            && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
