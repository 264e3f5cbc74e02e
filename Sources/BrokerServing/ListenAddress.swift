import IdentityBroker

/// Where a service listens.
public struct ListenAddress: Sendable, Hashable {
    /// The address, an IPv6 one without brackets.
    public let host: String
    /// The port; 0 takes a free one.
    public let port: Int

    /// Where a service listens that was told nothing else: this machine alone.
    public static let standard = ListenAddress(host: "127.0.0.1", port: 8080)

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Reads an address and a port such as `127.0.0.1:8080` or `[::1]:8080`. Returns nil for anything else, names among it:
    /// a name may mean another address tomorrow.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port), String(port) == text[text.index(after: colon)...]
        else { return nil }
        let host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = String(host.dropFirst().dropLast())
            guard case .v6? = IPAddress(inner) else { return nil }
            self.host = inner
        } else {
            guard case .v4? = IPAddress(String(host)) else { return nil }
            self.host = String(host)
        }
        self.port = port
    }

    /// Whether only this machine can reach it.
    public var isLoopback: Bool {
        guard let address = IPAddress(host) else { return false }
        return IPNetwork.loopback.contains { $0.contains(address) }
    }

    /// Whether a service cannot listen at both: they are the same, or one of them stands for all addresses.
    package func overlaps(_ other: ListenAddress) -> Bool {
        guard port == other.port, port != 0, let one = IPAddress(host), let another = IPAddress(other.host) else {
            return false
        }
        return one == another || one.isEvery(including: another) || another.isEvery(including: one)
    }

    /// The address as written in a URL, with a port.
    ///
    /// - Parameter port: The port that was taken, where it is not the one that was asked for.
    public func authority(port: Int? = nil) -> String {
        "\(host.contains(":") ? "[\(host)]" : host):\(port ?? self.port)"
    }
}

extension IPAddress {
    /// Whether to listen here is to listen there. `::` stands for the addresses of IPv4 as well (RFC 3493 §5.3).
    fileprivate func isEvery(including other: IPAddress) -> Bool {
        switch (self, other) {
        case (.v6(0), _), (.v4(0), .v4): true
        default: false
        }
    }
}
