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
