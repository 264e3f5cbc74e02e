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
