import IdentityBroker
import Testing

@Suite("An upstream's URL")
struct UpstreamURLTests {
    @Test(
        "is parsed, and written in one way",
        arguments: [
            ("https://core.genauth.cn", "https://core.genauth.cn"),
            ("https://core.genauth.cn/", "https://core.genauth.cn"),
            ("HTTPS://Core.GenAuth.CN", "https://core.genauth.cn"),
            ("https://id.example.com:8443/genauth", "https://id.example.com:8443/genauth"),
            ("https://id.example.com/a/b-c/d_e/f.g/~h/", "https://id.example.com/a/b-c/d_e/f.g/~h"),
            ("https://id.example.com//a//b", "https://id.example.com/a/b"),
            ("https://id.example.com/A/b", "https://id.example.com/A/b"),
            ("https://id.example.com/...", "https://id.example.com/..."),
            ("https://id.example.com:443/a", "https://id.example.com/a"),
            ("http://id.example.com:80", "http://id.example.com"),
            ("http://id.example.com:443", "http://id.example.com:443"),
            ("https://id.example.com:80", "https://id.example.com:80"),
            ("https://id.example.com:65535", "https://id.example.com:65535"),
            ("https://localhost:1", "https://localhost:1"),
            ("https://my_host.internal", "https://my_host.internal"),
            ("https://xn--fiqs8s.example", "https://xn--fiqs8s.example"),
            ("https://127.0.0.1:8443", "https://127.0.0.1:8443"),
            ("https://[::1]:8443/a", "https://[::1]:8443/a"),
            ("https://[2001:DB8::1]", "https://[2001:db8::1]"),
            ("https://[::ffff:10.0.0.1]", "https://[::ffff:10.0.0.1]"),
        ]
    )
    func accepted(text: String, written: String) throws {
        let url = try #require(UpstreamURL(text))
        #expect("\(url)" == written)
        #expect(UpstreamURL(written) == url)
    }

    @Test(
        "is refused if two parsers could read it differently",
        arguments: [
            // Not an absolute URL, or another scheme.
            "", "https", "https:", "https://", "https:///a", "//id.example.com", "id.example.com",
            "ftp://id.example.com",
            "file:///etc/passwd", " https://id.example.com", "https://id.example.com ", "https//id.example.com",
            "http\u{17F}://id.example.com",
            // User information, query, fragment.
            "https://user@id.example.com", "https://user:password@id.example.com", "https://@id.example.com",
            "https://id.example.com?a=b", "https://id.example.com/a?b", "https://id.example.com/#a",
            "https://id.example.com#@evil.example", #"https://id.example.com\@evil.example"#,
            // Names.
            "https://bücher.example", "https://\u{212A}ube.example", "https://id\u{3002}example.com",
            "https://id.example.com.", "https://.example.com", "https://id..example.com", "https://-a.example",
            "https://a-.example", "https://a b.example", "https://a%2eexample", "https://a\u{0}.example",
            "https://a\n.example", "https://*.example.com",
            "https://\(String(repeating: "a", count: 64)).example",
            "https://\(Array(repeating: "abcdefg", count: 32).joined(separator: "."))",
            // IPv4 in any form but dotted decimal.
            "https://127.1", "https://2130706433", "https://0x7f000001", "https://0x7f.0.0.1", "https://0177.0.0.1",
            "https://127.0.0.01", "https://127.0.0.256", "https://127.0.0.1.", "https://1.2.3.4.5",
            "https://example.0x1",
            "https://example.1",
            // IPv6.
            "https://::1", "https://[::1", "https://[]", "https://[::1%25eth0]", "https://[fe80::1%eth0]",
            "https://[::1]a",
            "https://[::g]", "https://[127.0.0.1]", "https://[::1\u{0}.evil.example]", "https://[::ffff:127.1]",
            // Ports.
            "https://id.example.com:", "https://id.example.com:0", "https://id.example.com:65536",
            "https://id.example.com:-1", "https://id.example.com:+1", "https://id.example.com:8443a",
            "https://id.example.com:99999999999999999999", "https://id.example.com:٤٤٣", "https://id.example.com:1:2",
            // Paths.
            "https://id.example.com/.", "https://id.example.com/a/../b", "https://id.example.com/%2e%2e/b",
            "https://id.example.com/a%20b", "https://id.example.com/a b", "https://id.example.com/ü",
            #"https://id.example.com/a\b"#, "https://id.example.com/a\r\nHost: evil.example",
            "https://id.example.com/\u{301}a", "https://id.example.com/a;b", "https://id.example.com/a@b",
        ]
    )
    func refused(_ text: String) {
        #expect(UpstreamURL(text) == nil)
    }

    @Test(
        "is known to lead to this machine",
        arguments: [
            ("http://localhost:1", true), ("https://127.0.0.1", true), ("http://127.9.9.9:1/a", true),
            ("http://[::1]:1", true), ("http://localhost.example.com", false), ("http://128.0.0.1", false),
            ("http://[::2]", false), ("http://0.0.0.0", false),
        ]
    )
    func isLoopback(_ text: String, isLoopback: Bool) throws {
        #expect(try #require(UpstreamURL(text)).isLoopback == isLoopback)
    }

    @Test(
        "encodes the segments added to it",
        arguments: [
            ("a-b_c.d~e", "a-b_c.d~e"), ("a/b", "a%2Fb"), ("a b", "a%20b"), ("a?b#c", "a%3Fb%23c"), ("a%b", "a%25b"),
            ("ü", "%C3%BC"), ("a\r\nb", "a%0D%0Ab"), ("\u{0}", "%00"),
            ("@:;,&=+$!*'()", "%40%3A%3B%2C%26%3D%2B%24%21%2A%27%28%29"),
        ]
    )
    func appending(segment: String, encoded: String) throws {
        let url = try #require(UpstreamURL("https://id.example.com:8443/base"))
        #expect(url.appending("auth", segment).path == "/base/auth/\(encoded)")
        #expect(url.appending(segment).authority == "id.example.com:8443")
        #expect(url.appending() == url)
    }
}
