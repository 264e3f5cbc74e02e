import BrokerServing
import Testing

@testable import BrokerServer

@Suite("Forwarded")
struct ForwardedTests {
    private static func example(
        _ lines: String..., from expected: String, isSecure: Bool = false
    ) -> ProxyCase {
        ProxyCase(fields: lines.map { ("Forwarded", $0) }, expected: expected, isSecure: isSecure)
    }

    @Test(
        "names the client and its scheme",
        arguments: [
            example("for=192.0.2.1", from: "192.0.2.1"),
            example("For=\"192.0.2.1:4711\";Proto=HTTPS;by=203.0.113.43", from: "192.0.2.1", isSecure: true),
            example("for=\"[2001:db8:cafe::17]:4711\"", from: "2001:db8:cafe::17"),
            example("for=[2001:db8:cafe::17]", from: "2001:db8:cafe::17"),
            example("for=198.51.100.9;proto=https, for=192.0.2.1;proto=http", from: "192.0.2.1"),
            example("for=192.0.2.1;proto=https,for=10.0.0.2;proto=http", from: "192.0.2.1", isSecure: true),
            example("for=192.0.2.1;proto=https", "for=10.0.0.2;proto=http", from: "192.0.2.1", isSecure: true),
            example("for=192.0.2.1;host=\"a\\\"b\";proto=https", from: "192.0.2.1", isSecure: true),
            example(" for=192.0.2.1 ; proto=https ,, ", from: "192.0.2.1", isSecure: true),
            example("for=192.0.2.1;", from: "192.0.2.1"),
            example("for=\"\\192.0.2.1\"", from: "192.0.2.1"),
            example("by=10.0.0.9", from: "unknown"),
            example("for=unknown;proto=https", from: "unknown", isSecure: true),
            example("for=198.51.100.9, for=_hidden", from: "unknown"),
            example("for=_hidden, for=10.0.0.2", from: "unknown"),
        ]
    )
    func client(example: ProxyCase) throws {
        let origin = try example.origin(by: .forwarded)
        #expect(origin.address.description == example.expected)
        #expect(origin.isSecure == example.isSecure)
    }

    @Test("does not mistake what a proxy quotes from the client for an element")
    func quoted() throws {
        let example = Self.example("for=192.0.2.1;host=\"x, for=198.51.100.9;proto=https\"", from: "192.0.2.1")
        let origin = try example.origin(by: .forwarded)
        #expect(origin.address.description == example.expected)
        #expect(!origin.isSecure)
    }

    @Test(
        "is not trusted at all if malformed",
        arguments: [
            "for", "for=", "for=\"", "for=\"192.0.2.1", "for=192.0.2.1 x", "for=192.0.2.1;for=198.51.100.9",
            "for=192.0.2.1;FOR=192.0.2.1", "=192.0.2.1", "for =192.0.2.1", "for= 192.0.2.1", "for=\"192.0.2.1\\",
            "for=é",
            "for=\"x, for=192.0.2.1;proto=https", "192.0.2.1", "for=192.0.2.1/24", "for=\"192.0.2.1\"x",
        ]
    )
    func garbage(line: String) throws {
        let alone = Self.example("for=198.51.100.9;proto=https", line, from: "unknown")
        let origin = try alone.origin(by: .forwarded)
        #expect(origin.address.description == alone.expected)
        #expect(!origin.isSecure)
        let clients = Self.example(line, "for=192.0.2.7", from: "192.0.2.7")
        #expect(try clients.origin(by: .forwarded).address.description == clients.expected)
    }

    @Test("is followed for a limited number of hops")
    func bound() throws {
        let hops = Array(repeating: "for=10.0.0.2", count: 10_000).joined(separator: ",")
        let example = Self.example("for=192.0.2.1,\(hops)", from: "unknown")
        #expect(try example.origin(by: .forwarded).address.description == example.expected)
    }

    @Test("is read exclusively: the client's X-Forwarded-For is ignored")
    func alone() throws {
        let fields = [
            ("X-Forwarded-For", "198.51.100.9"), ("X-Forwarded-Proto", "https"), ("Forwarded", "for=192.0.2.1"),
        ]
        let origin = try ProxyCase(fields: fields, expected: "192.0.2.1").origin(by: .forwarded)
        #expect(origin.address.description == "192.0.2.1")
        #expect(!origin.isSecure)
    }
}
