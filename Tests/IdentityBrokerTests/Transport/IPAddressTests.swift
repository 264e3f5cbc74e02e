import IdentityBroker
import Testing

@Suite("An IP address")
struct IPAddressTests {
    @Test(
        "is read in its plain spelling",
        arguments: [
            ("0.0.0.0", .v4(0)), ("127.0.0.1", .v4(0x7F00_0001)), ("255.255.255.255", .v4(.max)),
            ("::", .v6(0)), ("::1", .v6(1)), ("2001:DB8::a", .v6(0x2001_0DB8 << 96 | 0xA)),
            ("::ffff:10.0.0.1", .v6(0xFFFF_0A00_0001)), ("0:0:0:0:0:0:0:1", .v6(1)),
            ("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", .v6(.max)),
        ] as [(String, IPAddress)]
    )
    func accepted(text: String, address: IPAddress) {
        #expect(IPAddress(text) == address)
    }

    @Test(
        "is refused in any other",
        arguments: [
            "", " 127.0.0.1", "127.0.0.1 ", "127.1", "2130706433", "0x7f.0.0.1", "0177.0.0.1", "127.0.0.01",
            "127.0.0.256",
            "1.2.3", "1.2.3.4.5", "1.2.3.4/32", "::g", "[::1]", "fe80::1%eth0", ":::", "1::2::3", "1:2:3:4:5:6:7",
            "::ffff:127.1", "127.0.0.1\u{0}", "::1\u{0}.example", "١٢٧.0.0.1", "example.com",
        ]
    )
    func refused(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "stands for the IPv4 address that is mapped into it",
        arguments: [
            ("::ffff:10.0.0.1", "10.0.0.1"), ("::ffff:0:0", "0.0.0.0"), ("::ffff:ffff:ffff", "255.255.255.255"),
            ("::fffe:a00:1", "::fffe:a00:1"), ("::1:ffff:a00:1", "::1:ffff:a00:1"), ("::a00:1", "::a00:1"),
            ("10.0.0.1", "10.0.0.1"),
        ]
    )
    func unmapped(text: String, meant: String) throws {
        #expect(try #require(IPAddress(text)).unmapped == IPAddress(meant))
    }

    @Test("has its bytes in network byte order")
    func bytes() throws {
        #expect(try #require(IPAddress("1.2.3.4")).bytes == [1, 2, 3, 4])
        #expect(try #require(IPAddress("102:304::ff")).bytes == [1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255])
    }
}

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
