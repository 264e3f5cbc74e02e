import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("A client's address")
struct ClientAddressTests {
    @Test(
        "is written in its standard form",
        arguments: [
            ("192.0.2.1", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("::ffff:c000:201", "192.0.2.1"),
            ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
            ("::", "::"),
            ("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"),
        ]
    )
    func description(text: String, expected: String) throws {
        #expect(try #require(ClientAddress(text)).description == expected)
    }

    @Test(
        "is nothing else than an address",
        arguments: ["", "localhost", "192.0.2.1:80", "[::1]", "fe80::1%eth0", "192.0.2.01", "192.0.2.1 ", "::1\0"]
    )
    func noAddress(text: String) {
        #expect(ClientAddress(text) == nil)
    }

    @Test(
        "is the same caller as another",
        arguments: [
            ("192.0.2.1", "::ffff:192.0.2.1"),
            ("2001:db8::1", "2001:db8::ffff:ffff:ffff:ffff"),
            ("2001:db8:0:1::", "2001:db8:0:1:8000::"),
        ]
    )
    func sameCaller(one: String, other: String) throws {
        #expect(try #require(ClientAddress(one)).callerKey == #require(ClientAddress(other)).callerKey)
    }

    @Test(
        "is a different caller than another",
        arguments: [("192.0.2.1", "192.0.2.2"), ("2001:db8::1", "2001:db8:0:1::1"), ("0.0.0.0", "::")]
    )
    func otherCaller(one: String, other: String) throws {
        #expect(try #require(ClientAddress(one)).callerKey != #require(ClientAddress(other)).callerKey)
    }

    @Test("is not a client with the same name")
    func noClient() throws {
        #expect(try #require(ClientAddress("192.0.2.1")).callerKey != .client("192.0.2.1"))
    }

    @Test("that is unknown is in no network, and is the same caller as all unknown ones")
    func unknown() throws {
        let everything = try ["0.0.0.0/0", "::/0"].map { try #require(IPNetwork($0)) }
        #expect(!ClientAddress.unknown.lies(in: everything))
        #expect(try #require(ClientAddress("0.0.0.0")).lies(in: everything))
        #expect(ClientAddress.unknown.callerKey == ClientAddress.unknown.callerKey)
        #expect(try ClientAddress.unknown.callerKey != #require(ClientAddress("0.0.0.0")).callerKey)
        #expect(ClientAddress.unknown.description == "unknown")
    }
}
