import Testing

@testable import BrokerServer

@Suite("A Host field")
struct HostFieldTests {
    @Test(
        "is a host with an optional port",
        arguments: [
            "a", "example.com", "EXAMPLE.com:443", "localhost:", "a_b.example", "127.0.0.1:8080", "[::1]", "[::1]:8080",
            "[::ffff:127.0.0.1]:1", "a%2Db", "a:0", "a:65535",
        ]
    )
    func valid(text: String) {
        #expect(HostField.isValid(text))
    }

    @Test(
        "is nothing else",
        arguments: [
            "", ":", ":80", "a b", "a,b", "a@b", "user:pass@a", "a/b", "a?b", "a#b", "a:b", "a:80:80", "a:65536",
            "a:-1",
            "a:000080", "[]", "[::1", "::1", "[::1]x", "[::1]:x", "[a.b/c]", "a%2", "a%zz", "a%", "é", "a\\b", "\"a\"",
            "<a>", "http://a",
        ]
    )
    func invalid(text: String) {
        #expect(!HostField.isValid(text))
    }
}
