import BrokerConfiguration
import Foundation
import Testing

@Suite("Problems of settings")
struct SettingProblemsTests {
    /// The problems of lines under `settings:`, which begin at line 6, column 7.
    private func settingProblems(in settings: String) throws -> [String] {
        do {
            _ = try Configuration(settings: settings)
            return []
        } catch let error as ConfigurationError {
            return error.problems.map { "\($0.position?.description ?? "-"): \($0.message)" }
        }
    }

    @Test(
        "A value of another type is refused with what is expected",
        arguments: [
            ("name: [a]", "6:13: Expected text, found a list."),
            ("name: {a: b}", "6:13: Expected text, found a mapping."),
            ("name:", "6:12: Expected text, found nothing. Give a value, or leave the key out."),
            ("name: null", "6:13: Expected text, found nothing. Give a value, or leave the key out."),
            ("name: ~", "6:13: Expected text, found nothing. Give a value, or leave the key out."),
            ("name: \"a\\0b\"", "6:13: The value contains a control character. Remove it."),
        ]
    )
    func text(settings: String, expected: String) throws {
        #expect(try settingProblems(in: settings) == [expected])
    }

    @Test(
        "A variable is not expanded, but refused with advice on how to refer to one",
        arguments: [
            "name: $POOL", "name: ${POOL}", "name: 'the ${POOL} pool'", "name: ${POOL:-none}", "name: $_p1",
            "name: n\nendpoint: https://$HOST/x", "name: n\nendpoint: https://${HOST}",
            "name: n\ncertificate: $DIR/ca.pem",
            "name: n\ncertificate: /etc/$NAME.pem", "name: n\ncount: $COUNT", "name: n\nmode: ${MODE}",
            "name: n\nverbose: $VERBOSE", "name: n\ntags: [a, $TAG]",
        ]
    )
    func variables(settings: String) throws {
        let problems = try settingProblems(in: settings)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("not expanded") == true && problems.first?.contains("{ env: NAME }") == true)
    }

    @Test(
        "A dollar sign in a text without a variable is kept",
        arguments: ["US$", "$5 off", "a$b", "Cash & $more than that", "$$", "$", "${", "costs ${5}"]
    )
    func dollars(text: String) throws {
        #expect(try settingProblems(in: "name: '\(text)'") == [])
    }

    @Test(
        "Only unquoted true and false are Booleans",
        arguments: ["yes", "no", "on", "off", "True", "TRUE", "1", "0", "'true'", "\"false\"", "y", "''"]
    )
    func booleans(spelling: String) throws {
        #expect(
            try settingProblems(in: "name: n\nverbose: \(spelling)") == [
                "7:16: Expected true or false. Write it without quotes."
            ]
        )
    }

    @Test(
        "A whole number has one spelling, and a range",
        arguments: [
            "0", "11", "-1", "1.0", "1e0", "07", "0x5", "0o5", "+5", "1_0", "'5'", "five", "99999999999999999999",
        ]
    )
    func integers(spelling: String) throws {
        #expect(
            try settingProblems(in: "name: n\ncount: \(spelling)") == [
                "7:14: Expected a whole number from 1 to 10. Write it in digits, without quotes."
            ]
        )
    }

    @Test(
        "Errors in durations, sizes, URLs, paths and choices say how to write them",
        arguments: [
            ("pause: 10", "7:14: Expected a time. Write a time such as 250ms, 10s, 5m or 24h."),
            ("pause: 0s", "7:14: Expected a time. Write a time such as 250ms, 10s, 5m or 24h."),
            ("budget: 256KB", "7:15: Expected a size. Write a size such as 512B, 256KiB or 1MiB."),
            (
                "endpoint: example.com",
                "7:17: Expected a URL. Write an absolute URL such as https://id.example.com, without query, "
                    + "fragment or user name."
            ),
            ("certificate: ''", "7:20: Expected the path of a file."),
            ("mode: gentel", "7:13: Expected one of gentle, strict. Did you mean 'gentle'?"),
            ("mode: on", "7:13: Expected one of gentle, strict."),
        ]
    )
    func typed(setting: String, expected: String) throws {
        #expect(try settingProblems(in: "name: n\n\(setting)") == [expected])
    }

    @Test(
        "The contents of lists and objects are checked",
        arguments: [
            ("labels: [a]", ["7:15: Expected a mapping, found a list."]),
            (
                "labels: { a: [b], c: { d: e } }",
                ["7:20: Expected text, found a list.", "7:28: Expected text, found a mapping."]
            ),
            ("tags: a", ["7:13: Expected a list such as [a, b], found a single value."]),
            (
                "tags: [a, [b], {c: d}]",
                ["7:17: Expected text, found a list.", "7:22: Expected text, found a mapping."]
            ),
            (
                "hosts:\n  - port: 0\n  - {host: h, prot: 1}",
                [
                    "8:11: 'host' is missing. Its name.",
                    "8:17: Expected a whole number from 1 to 65535. Write it in digits, without quotes.",
                    "9:21: Unknown key 'prot'. Did you mean 'port'?",
                ]
            ),
            ("nested: {}", ["7:15: 'inner' is missing. An inner text."]),
            ("nested: {inner: [x]}", ["7:23: Expected text, found a list."]),
        ]
    )
    func inside(settings: String, expected: [String]) throws {
        #expect(try settingProblems(in: "name: n\n\(settings)") == expected)
    }

    @Test(
        "An unknown key is reported with the nearest name, its proper place, or all names",
        arguments: [
            ("verbsoe: true", "7:7: Unknown key 'verbsoe'. Did you mean 'verbose'?"),
            ("inner: x", "7:7: Unknown key 'inner'. It belongs under 'nested'."),
            (
                "<<: {a: b}",
                "7:7: Unknown key '<<'. YAML merge keys are not supported. Write the settings out."
            ),
            (
                "xyz: 1",
                "7:7: Unknown key 'xyz'. Allowed here: name, endpoint, certificate, secret, fallback, verbose, "
                    + "count, offset, pause, budget, mode, tags, labels, hosts, nested."
            ),
        ]
    )
    func unknownKeys(setting: String, expected: String) throws {
        #expect(try settingProblems(in: "name: n\n\(setting)") == [expected])
    }

    @Test("A misspelled required key is one problem, not two")
    func misspeltRequiredKey() throws {
        #expect(try settingProblems(in: "nmae: x") == ["6:7: Unknown key 'nmae'. Did you mean 'name'?"])
    }

    @Test("All problems are reported together, in file order")
    func severalAtOnce() throws {
        let yaml = """
            version: 1
            stores: { kind: memory, size: 3 }
            providers:
              one:
                type: rich
                enabled: yes
                limits: { timeout: 10 }
                settings:
                  verbose: 1
                  secret: hunter2
              Two:
                typ: plain
              three:
                type: plain
                timeout: 3s
                network: { allowAddresses: 10.0.0.0/8 }
            extra: 1
            """
        #expect(
            try problems(in: yaml) == [
                "2:25: Unknown key 'size'. Allowed here: kind, retention.",
                "6:14: Expected true or false. Write it without quotes.",
                "7:24: Expected a time. Write a time such as 250ms, 10s, 5m or 24h.",
                "9:7: 'name' is missing. A name.",
                "9:16: Expected true or false. Write it without quotes.",
                "10:15: A secret cannot be written here directly. Write a reference: { env: NAME } for an environment "
                    + "variable, { file: PATH } for a file, or { literal: \"…\" } to write it in this file.",
                "11:3: This is not a provider id: a lowercase letter, then lowercase letters, digits and hyphens, "
                    + "up to 63. Did you mean 'two'?",
                "12:5: Unknown key 'typ'. Did you mean 'type'?",
                "15:5: Unknown key 'timeout'. It belongs under 'limits'.",
                "16:32: Expected a list such as [a, b], found a single value.",
                "17:1: Unknown key 'extra'. Allowed here: version, providers, stores, server, clients.",
            ]
        )
    }

    @Test("A problem is encoded under stable names, with a null position for a whole file")
    func encoded() throws {
        let error = try #require(throws: ConfigurationError.self) { try Configuration(settings: "name: n\ncount: 0") }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        #expect(
            String(decoding: try encoder.encode(error.problems), as: UTF8.self) == """
                [{"column":14,"file":"test.yaml","key_path":"providers.rich.settings.count","kind":"invalid_value",\
                "line":7,"message":"Expected a whole number from 1 to 10. Write it in digits, without quotes."}]
                """
        )
        let empty = try #require(throws: ConfigurationError.self) { try Configuration("") }
        #expect(
            String(decoding: try encoder.encode(empty.problems), as: UTF8.self) == """
                [{"column":null,"file":"test.yaml","key_path":"","kind":"malformed","line":null,\
                "message":"The configuration is empty. Begin it with 'version: 1'."}]
                """
        )
    }

    @Test("A problem says which keys lead to it, and its kind")
    func keyPaths() throws {
        let settings = "name: n\nhosts:\n  - {host: h, prot: 1}\nverbose: 1\nnested: {}\n'what is this': 1"
        let error = try #require(throws: ConfigurationError.self) { try Configuration(settings: settings) }
        #expect(
            error.problems.map { "\($0.keyPath) \($0.kind)" } == [
                "providers.rich.settings.hosts[0].prot unknown_key",
                "providers.rich.settings.verbose invalid_value",
                "providers.rich.settings.nested.inner missing_key",
                "providers.rich.settings.…(11:23) unknown_key",
            ]
        )
    }
}
