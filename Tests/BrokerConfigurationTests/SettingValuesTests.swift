import IdentityBroker
import Testing

@testable import BrokerConfiguration

@Suite("Values of settings")
struct SettingValuesTests {
    private func settings(_ yaml: String) throws -> RichProvider.Settings {
        let entry = try #require(try Configuration(settings: yaml)["rich"])
        return try RichProvider.Settings(from: entry.settings.decoder)
    }

    @Test(
        "Text is taken literally, whatever its type in YAML",
        arguments: [
            ("123456789012345678901e12", "123456789012345678901e12"), ("0123", "0123"),
            ("5e4cdd055df3df65dc58b97d", "5e4cdd055df3df65dc58b97d"),
            ("yes", "yes"), ("true", "true"), ("1:30", "1:30"), ("0x1F", "0x1F"), (".inf", ".inf"),
            ("2020-01-01", "2020-01-01"),
            ("1_000", "1_000"), ("'null'", "null"), ("\"~\"", "~"), ("''", ""), ("=", "="), ("<<", "<<"), ("微信", "微信"),
            ("a b", "a b"), ("|\n  a\n  b\n", "a\nb\n"),
        ]
    )
    func text(spelling: String, expected: String) throws {
        #expect(try settings("name: \(spelling)").name == expected)
    }

    @Test("Every form is decoded as its type")
    func forms() throws {
        let settings = try settings(
            """
            name: n
            endpoint: https://id.example.com:8443/path
            certificate: ../ca.pem
            secret: { env: A }
            fallback: { file: b }
            verbose: true
            count: 10
            offset: -9223372036854775808
            pause: 250ms
            budget: 256KiB
            mode: strict
            tags: [a, '1', 2]
            labels: { b: 1, 'a b': c }
            hosts:
              - host: one
              - { host: two, port: 65535 }
            nested:
              inner: x
              token: { literal: t }
            """
        )
        let expected = RichProvider.Settings(
            name: "n",
            endpoint: "https://id.example.com:8443/path",
            certificate: "/etc/broker/../ca.pem",
            secret: .environment("A"),
            fallback: .file("/etc/broker/b"),
            verbose: true,
            count: 10,
            offset: .min,
            pause: .milliseconds(250),
            budget: 262_144,
            mode: .strict,
            tags: ["a", "1", "2"],
            labels: ["b": "1", "a b": "c"],
            hosts: [.init(host: "one", port: nil), .init(host: "two", port: 65535)],
            nested: .init(inner: "x", token: .literal(Secret("t")), issuer: nil)
        )
        #expect(settings == expected)
    }

    @Test("Omitted settings are absent")
    func absent() throws {
        #expect(try settings("name: n") == RichProvider.Settings(name: "n"))
    }

    @Test("An empty list is a list")
    func emptyList() throws {
        #expect(try settings("name: n\ntags: []").tags == [])
    }

    @Test(
        "An absolute path is kept, and a relative one is resolved against the file's directory",
        arguments: ["/", "/etc/broker", "/etc/broker/"])
    func paths(base: String) {
        let checker = Checker(file: "", baseDirectory: base)
        #expect(checker.absolutePath("/a/b") == "/a/b")
        #expect(checker.absolutePath("a/b") == (base.hasSuffix("/") ? "\(base)a/b" : "\(base)/a/b"))
    }
}
