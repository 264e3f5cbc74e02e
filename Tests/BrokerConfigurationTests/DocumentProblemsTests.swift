import BrokerConfiguration
import IdentityBroker
import Testing

@Suite("Problems of the document")
struct DocumentProblemsTests {
    @Test(
        "Version and providers are required",
        arguments: [
            ("version: 1", ["1:1: 'providers' is missing. The provider instances, each under its id."]),
            ("providers: {}", ["1:1: 'version' is missing. Begin the file with 'version: 1'."]),
            (
                "version:\nproviders: {}",
                ["1:9: Expected the number 1, found nothing. Give a value, or leave the key out."]
            ),
            ("[]", ["1:1: Expected a mapping, found a list."]),
            ("version: 1\nproviders: []", ["2:12: Expected a mapping, found a list."]),
            (
                "version: 1\nproviders:",
                ["2:11: Expected a mapping, found nothing. Give a value, or leave the key out."]
            ),
            (
                "version: '1'\nproviders: {}",
                ["1:10: Expected the number 1. Write it in digits, without quotes."]
            ),
        ]
    )
    func frame(yaml: String, expected: [String]) throws {
        #expect(try problems(in: yaml) == expected)
    }

    @Test("A file of another version has only that problem", arguments: ["0", "2", "10"])
    func version(version: String) throws {
        let yaml = "version: \(version)\nproviders: nonsense\nfuture: true"
        #expect(try problems(in: yaml) == ["1:10: This broker reads only version 1 of the configuration."])
    }

    @Test(
        "A provider id must match its alphabet, and a valid one is suggested",
        arguments: [
            ("WXApp", " Did you mean 'wxapp'?"), ("my_app", " Did you mean 'my-app'?"), ("2nd", ""), ("-a", ""),
            ("é", ""), ("'a b'", ""), ("''", ""),
        ]
    )
    func providerIDs(id: String, proposal: String) throws {
        let message =
            "This is not a provider id: a lowercase letter, then lowercase letters, digits and hyphens, up to 63."
        #expect(try problems(in: "version: 1\nproviders:\n  \(id): { type: plain }") == ["3:3: \(message)\(proposal)"])
    }

    @Test(
        "A provider needs a known type; its settings are checked only then",
        arguments: [
            ("type: rihc, settings: {nonsense: 1}", "3:13: Expected one of plain, rich. Did you mean 'rich'?"),
            ("type: saml", "3:13: Expected one of plain, rich."),
            ("settings: {nonsense: 1}", "3:6: 'type' is missing. The provider type."),
            ("tpye: rich, settings: {nonsense: 1}", "3:7: Unknown key 'tpye'. Did you mean 'type'?"),
            ("type: [rich]", "3:13: Expected one of plain, rich, found a list."),
        ]
    )
    func types(members: String, expected: String) throws {
        #expect(try problems(in: "version: 1\nproviders:\n  p: {\(members)}") == [expected])
    }

    @Test("A provider that is not a mapping is refused")
    func noMapping() throws {
        let yaml = "version: 1\nproviders:\n  a:\n  b: plain\n"
        #expect(
            try problems(in: yaml) == [
                "3:5: Expected a mapping, found nothing. Give a value, or leave the key out.",
                "4:6: Expected a mapping, found a single value.",
            ]
        )
    }

    @Test("Settings may be omitted if none is required")
    func settings() throws {
        #expect(try problems(in: "version: 1\nproviders:\n  p: { type: plain }") == [])
        #expect(
            try problems(in: "version: 1\nproviders:\n  p: { type: rich }") == [
                "3:6: 'settings' is missing. The settings of the type rich."
            ]
        )
        #expect(
            try problems(in: "version: 1\nproviders:\n  p: { type: plain, settings: { a: 1 } }") == [
                "3:33: Unknown key 'a'. No settings are allowed here."
            ]
        )
    }

    @Test(
        "A store's settings are checked by its kind, or by the default kind",
        arguments: [
            ("{}", []),
            ("{ retention: 1h }", []),
            ("{ kind: memroy, path: x }", ["3:17: Expected one of filed, memory. Did you mean 'memory'?"]),
            ("{ kind: postgres, url: { env: X } }", ["3:17: Expected one of filed, memory."]),
            ("{ kind: memory, path: x }", ["3:25: Unknown key 'path'. Allowed here: kind, retention."]),
            ("{ path: x }", ["3:11: Unknown key 'path'. Allowed here: kind, retention."]),
            ("{ kind: filed }", ["3:9: 'path' is missing. The file."]),
            ("{ kind: filed, path: x }", []),
            ("memory", ["3:9: Expected a mapping, found a single value."]),
        ]
    )
    func stores(stores: String, expected: [String]) throws {
        #expect(try problems(in: "version: 1\nproviders: {}\nstores: \(stores)") == expected)
    }

    @Test(
        "A retention beyond its range is refused, whatever the kind of store",
        arguments: [
            ("{ retention: 599s }", ["3:22: Expected a time from 10m to 720h."]),
            ("{ retention: 721h }", ["3:22: Expected a time from 10m to 720h."]),
            ("{ retention: 30d }", ["3:22: Expected a time. Write a time such as 250ms, 10s, 5m or 24h."]),
            (
                "{ kind: postgres, retention: 1m }",
                ["3:17: Expected one of filed, memory.", "3:38: Expected a time from 10m to 720h."]
            ),
            ("{ kind: filed, path: x, retention: 10m }", []),
            ("{ retention: 720h }", []),
        ]
    )
    func retention(stores: String, expected: [String]) throws {
        #expect(try problems(in: "version: 1\nproviders: {}\nstores: \(stores)") == expected)
    }

    @Test("A default kind of store with a required setting must still be configured")
    func noDefaultStore() throws {
        let error = try #require(throws: (any Error).self) {
            try Configuration(bytes: Array("version: 1\nproviders: {}".utf8), stores: [.filed, .memory])
        }
        #expect("\(error)" == "test.yaml:1:1: 'stores' is missing. A store of kind filed needs 'path'.")
    }

    @Test("A program without any kind of store is told so")
    func noStores() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration(bytes: Array("version: 1\nproviders: {}".utf8), stores: [])
        }
        #expect("\(error)" == "test.yaml:1:1: The program has no kind of store. This is a bug in the program.")
        #expect(error.problems.map(\.kind) == [.defect])
    }
}
