import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The peer of a connection")
struct ConnectionPeerTests {
    private func peer(_ address: String?, trusting networks: [String] = []) throws -> ConnectionPeer {
        ConnectionPeer(
            address.flatMap { ClientAddress($0) }, trust: ProxyTrust(try networks.map { try #require(IPNetwork($0)) }))
    }

    @Test("is an IPv4 address, even if mapped into IPv6")
    func four() throws {
        #expect(try peer("192.0.2.1") == peer("::ffff:192.0.2.1"))
        #expect(try peer("192.0.2.1") != peer("192.0.2.2"))
    }

    @Test("is a /64 network for IPv6")
    func six() throws {
        #expect(try peer("2001:db8:0:1::1") == peer("2001:db8:0:1:ffff:ffff:ffff:ffff"))
        #expect(try peer("2001:db8:0:1::1") != peer("2001:db8:0:2::1"))
    }

    @Test("is the same for all trusted proxies")
    func proxies() throws {
        #expect(try peer("10.1.2.3", trusting: ["10.0.0.0/8"]) == .trustedProxy)
        #expect(try peer("11.1.2.3", trusting: ["10.0.0.0/8"]) == .network(.v4(0x0B01_0203)))
    }

    @Test("is the same for all sockets without an address")
    func unknown() throws {
        #expect(try peer(nil) == .network(nil))
    }
}
