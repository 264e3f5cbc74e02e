import BrokerServing
import HTTPTypes
import IdentityBroker

extension ForwardingHeader {
    /// Whether any of the fields is there by which proxies tell that they forward a request, one that is not read included:
    /// a proxy that writes another one than configuration says is not the client either.
    static func isAny(in fields: HTTPFields) -> Bool {
        [xForwardedFor.rawValue, xForwardedProto, forwarded.rawValue].contains { name in
            HTTPField.Name(name).map { fields.contains($0) } ?? false
        }
    }

    private static let xForwardedProto = "X-Forwarded-Proto"

    /// What the proxies say, the nearest first.
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

    /// Where each proxy added to both lists, the schemes go with the nodes one by one. Otherwise it is unknown which
    /// scheme belongs to which, and all must be https.
    private static func hops(nodes: [Substring], schemes: [Substring]) -> [ForwardedHop] {
        if nodes.count == schemes.count {
            return zip(nodes, schemes).map { ForwardedHop(node: $0, scheme: $1) }
        }
        let scheme = schemes.first { $0.lowercased() != "https" } ?? schemes.first
        guard !nodes.isEmpty else { return [ForwardedHop(node: nil, scheme: scheme)] }
        return nodes.map { ForwardedHop(node: $0, scheme: scheme) }
    }

    /// A line that is not well formed is one hop that says nothing, which ends the way back to the client.
    private static func hops(line: String) -> [ForwardedHop] {
        guard let elements = ForwardedReader.elements(of: line) else { return [ForwardedHop(node: nil, scheme: nil)] }
        return elements.reversed().map { ForwardedHop(node: $0["for"], scheme: $0["proto"]) }
    }
}

extension HTTPFields {
    /// The members of a list that may span several field lines, the last first and without the empty ones (RFC 9110 §5.6.1).
    fileprivate func listMembers(of name: String) -> [Substring] {
        values(of: name).reversed().flatMap { line in
            line.utf8.split(separator: UInt8(ascii: ",")).reversed().map { Substring($0).trimmingSpace() }
                .filter { !$0.isEmpty }
        }
    }
}
