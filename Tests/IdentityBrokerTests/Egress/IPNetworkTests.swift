import IdentityBroker
import Testing

@Suite("A network")
struct IPNetworkTests {
    @Test(
        "is read in CIDR notation",
        arguments: [
            ("10.20.0.0/16", 16), ("0.0.0.0/0", 0), ("10.1.2.3/32", 32), ("10.1.2.3", 32), ("128.0.0.0/1", 1),
            ("fd00::/8", 8), ("::/0", 0), ("::1/128", 128), ("::1", 128), ("8000::/1", 1),
        ]
    )
    func accepted(text: String, prefixLength: Int) throws {
        #expect(try #require(IPNetwork(text)).prefixLength == prefixLength)
    }

    @Test(
        "is refused if it is not what it looks like",
        arguments: [
            "", "/", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8/8",
            "10.0.0.0/a",
            "10.0.0.0/ 8", "10.0.0.1/8", "10.20.0.0/12", "0.0.0.1/0", "fd00::/129", "fd00::1/8", "10.0.0/8",
            "fe80::%1/10",
            // Candidates are unmapped first, so that such a block would silently contain nothing.
            "::ffff:10.0.0.0/104", "::ffff:0:0/96",
        ]
    )
    func refused(_ text: String) {
        #expect(IPNetwork(text) == nil)
    }

    @Test(
        "contains its first to its last address",
        arguments: [
            (
                "10.20.0.0/16", ["10.20.0.0", "10.20.255.255", "::ffff:10.20.1.1"],
                ["10.19.255.255", "10.21.0.0", "::a14:101"]
            ),
            ("10.1.2.3", ["10.1.2.3", "::ffff:a01:203"], ["10.1.2.2", "10.1.2.4"]),
            ("0.0.0.0/0", ["0.0.0.0", "255.255.255.255", "::ffff:1.2.3.4"], ["::", "::1.2.3.4"]),
            ("128.0.0.0/1", ["128.0.0.0", "255.255.255.255"], ["127.255.255.255"]),
            ("fd00::/8", ["fd00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"], ["fcff::", "fe00::", "253.0.0.0"]),
            ("::/0", ["::", "2001:db8::1"], ["0.0.0.0", "::ffff:1.2.3.4"]),
            ("2001:db8::1", ["2001:db8::1"], ["2001:db8::", "2001:db8::2"]),
        ]
    )
    func contains(text: String, inside: [String], outside: [String]) throws {
        let network = try #require(IPNetwork(text))
        for address in inside { #expect(try network.contains(#require(IPAddress(address))), "\(address)") }
        for address in outside { #expect(try !network.contains(#require(IPAddress(address))), "\(address)") }
    }

    @Test("of this computer is loopback in both families")
    func loopback() throws {
        #expect(IPNetwork.loopback == [try #require(IPNetwork("127.0.0.0/8")), try #require(IPNetwork("::1"))])
    }
}
