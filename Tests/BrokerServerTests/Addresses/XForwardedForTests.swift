import BrokerServing
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("X-Forwarded-For")
struct XForwardedForTests {
    private static let name = "X-Forwarded-For"
    private static let proto = "X-Forwarded-Proto"

    @Test(
        "names the client by the rightmost address that is not a trusted proxy's",
        arguments: [
            ProxyCase(expected: "10.0.0.1"),
            ProxyCase(fields: [(name, "192.0.2.1")], expected: "192.0.2.1"),
            ProxyCase(fields: [(name, "198.51.100.9, 192.0.2.1")], expected: "192.0.2.1"),
            ProxyCase(fields: [(name, "192.0.2.1, 10.0.0.2,10.0.0.3")], expected: "192.0.2.1"),
            ProxyCase(
                fields: [(name, "198.51.100.9"), (name, "192.0.2.1"), (name, "10.0.0.2")], expected: "192.0.2.1"),
            ProxyCase(fields: [(name, "10.0.0.3, 10.0.0.2")], expected: "10.0.0.3"),
            ProxyCase(fields: [(name, " ,,192.0.2.1\t, ,")], expected: "192.0.2.1"),
            ProxyCase(fields: [(name, "192.0.2.1:49152")], expected: "192.0.2.1"),
            ProxyCase(fields: [(name, "::ffff:192.0.2.1")], expected: "192.0.2.1"),
            ProxyCase(fields: [(name, "192.0.2.1, ::ffff:10.0.0.2")], expected: "192.0.2.1"),
            ProxyCase(peer: "::ffff:10.0.0.1", fields: [(name, "192.0.2.1")], expected: "192.0.2.1"),
            ProxyCase(peer: "fd00::1", fields: [(name, "2001:DB8::1, fd00::2")], expected: "2001:db8::1"),
            ProxyCase(fields: [(name, "[2001:db8::1]:443")], expected: "2001:db8::1"),
            ProxyCase(fields: [(name, "[2001:db8::1]")], expected: "2001:db8::1"),
        ]
    )
    func client(example: ProxyCase) throws {
        let origin = try example.origin(by: .xForwardedFor)
        #expect(origin.address.description == example.expected)
        #expect(origin.cameThroughProxy)
    }

    @Test(
        "is not trusted from anyone else",
        arguments: [
            ProxyCase(
                peer: "192.0.2.1", fields: [(name, "198.51.100.9"), (proto, "https"), ("Forwarded", "for=10.0.0.9")],
                expected: "192.0.2.1"),
            ProxyCase(peer: "11.0.0.1", fields: [(name, "10.0.0.1")], expected: "11.0.0.1"),
            ProxyCase(peer: "fe00::1", fields: [(name, "10.0.0.1")], expected: "fe00::1"),
        ]
    )
    func untrusted(example: ProxyCase) throws {
        let origin = try example.origin(by: .xForwardedFor)
        #expect(origin.address.description == example.expected)
        #expect(!origin.isSecure)
        #expect(!origin.cameThroughProxy)
    }

    @Test(
        "makes the address unknown if unreadable, never the proxy's own",
        arguments: [
            "unknown", "_hidden", "192.0.2.1 192.0.2.2", "192.0.2.1;", "192.0.2.1:", "192.0.2.1:123456",
            "192.0.2.1:80x",
            "[192.0.2.1]", "[2001:db8::1", "[2001:db8::1]80", "[]", ":80", "2001:db8::1::", "fe80::1%eth0",
            "192.0.2.256",
            "\"192.0.2.1\"", "１９２.0.2.1", "\u{600}", "192.0.2.1\u{301}",
        ]
    )
    func garbage(entry: String) throws {
        let alone = ProxyCase(fields: [(Self.name, "198.51.100.9, \(entry)")], expected: "unknown")
        #expect(try alone.origin(by: .xForwardedFor).address.description == alone.expected)
        let behind = ProxyCase(fields: [(Self.name, "198.51.100.9, \(entry), 10.0.0.2")], expected: "unknown")
        #expect(try behind.origin(by: .xForwardedFor).address.description == behind.expected)
        let clients = ProxyCase(fields: [(Self.name, "\(entry), 192.0.2.7, 10.0.0.2")], expected: "192.0.2.7")
        #expect(try clients.origin(by: .xForwardedFor).address.description == clients.expected)
    }

    @Test(
        "goes with X-Forwarded-Proto, in which the client's own claim is ignored",
        arguments: [
            ProxyCase(fields: [(name, "192.0.2.1"), (proto, "https")], expected: "192.0.2.1", isSecure: true),
            ProxyCase(fields: [(name, "192.0.2.1"), (proto, "HTTPS")], expected: "192.0.2.1", isSecure: true),
            ProxyCase(fields: [(name, "192.0.2.1"), (proto, "http")], expected: "192.0.2.1"),
            ProxyCase(fields: [(name, "192.0.2.1"), (proto, "https evil")], expected: "192.0.2.1"),
            ProxyCase(fields: [(name, "192.0.2.1")], expected: "192.0.2.1"),
            ProxyCase(fields: [(proto, "https")], expected: "unknown", isSecure: true),
            // The outer proxy was contacted over https, and uses http to the inner one.
            ProxyCase(
                fields: [(name, "192.0.2.1, 10.0.0.2"), (proto, "https, http")], expected: "192.0.2.1", isSecure: true),
            ProxyCase(fields: [(name, "192.0.2.1, 10.0.0.2"), (proto, "http, https")], expected: "192.0.2.1"),
            // The client sent one of each itself.
            ProxyCase(fields: [(name, "198.51.100.9, 192.0.2.1"), (proto, "https, http")], expected: "192.0.2.1"),
            // The client sent a scheme and no address.
            ProxyCase(fields: [(name, "192.0.2.1"), (proto, "https"), (proto, "http")], expected: "192.0.2.1"),
            ProxyCase(
                fields: [(name, "192.0.2.1, 10.0.0.2"), (proto, "https")], expected: "192.0.2.1", isSecure: true),
            ProxyCase(fields: [(name, "unknown"), (proto, "https")], expected: "unknown", isSecure: true),
        ]
    )
    func scheme(example: ProxyCase) throws {
        let origin = try example.origin(by: .xForwardedFor)
        #expect(origin.address.description == example.expected)
        #expect(origin.isSecure == example.isSecure)
    }

    @Test("is followed for a limited number of hops")
    func bound() throws {
        let hops = Array(repeating: "10.0.0.2", count: 10_000).joined(separator: ", ")
        let proxies = ProxyCase(fields: [(Self.name, "192.0.2.1, \(hops)")], expected: "unknown")
        #expect(try proxies.origin(by: .xForwardedFor).address.description == proxies.expected)
        let garbage = Array(repeating: "198.51.100.9", count: 10_000).joined(separator: ", ")
        let client = ProxyCase(fields: [(Self.name, "\(garbage), 192.0.2.1")], expected: "192.0.2.1")
        #expect(try client.origin(by: .xForwardedFor).address.description == client.expected)
        let lines = (0..<10_000).map { _ in (Self.name, "198.51.100.9") } + [(Self.name, "192.0.2.1")]
        #expect(
            try ProxyCase(fields: lines, expected: "").origin(by: .xForwardedFor).address.description == "192.0.2.1")
    }

    @Test(
        "names no client if it is empty, or if the proxy writes a header that is not read",
        arguments: [("X-Forwarded-For", ""), ("X-Forwarded-For", " , ,"), ("Forwarded", "for=192.0.2.1")]
    )
    func nobody(name: String, value: String) throws {
        let origin = try ProxyCase(fields: [(name, value)], expected: "unknown").origin(by: .xForwardedFor)
        #expect(origin.address == .unknown)
    }

    @Test("is read exclusively: the client's Forwarded is ignored")
    func alone() throws {
        let example = ProxyCase(
            fields: [("Forwarded", "for=198.51.100.9;proto=https"), (Self.name, "192.0.2.1")], expected: "192.0.2.1")
        let origin = try example.origin(by: .xForwardedFor)
        #expect(origin.address.description == example.expected)
        #expect(!origin.isSecure)
    }

    @Test("leaves the scheme to the connection if no proxy states it")
    func connection() throws {
        let peer = try #require(ClientAddress("10.0.0.1"))
        #expect(ProxyTrust().origin(of: peer, overTLS: true, HTTPFields()).isSecure)
        #expect(!ProxyTrust().origin(of: peer, overTLS: false, HTTPFields()).isSecure)
        let trust = ProxyTrust([try #require(IPNetwork("10.0.0.1"))])
        #expect(trust.origin(of: peer, overTLS: true, HTTPFields()).isSecure)
    }
}
