import IdentityBroker
import Testing

@testable import BrokerConfiguration

@Suite("Secrets in configuration")
struct SecretSettingsTests {
    private static let hint = """
        Write a reference: { env: NAME } for an environment variable, { file: PATH } for a file, or { literal: "…" } \
        to write it in this file.
        """

    private func reference(_ setting: String) throws -> SecretReference? {
        let configuration = try Configuration(settings: "name: n\nsecret: \(setting)")
        let entry = try #require(configuration["rich"])
        return try RichProvider.Settings(from: entry.settings.decoder).secret
    }

    @Test(
        "A secret is a reference",
        arguments: [
            ("{ env: GENAUTH_SECRET }", SecretReference.environment("GENAUTH_SECRET")),
            ("{ file: /run/secrets/genauth }", .file("/run/secrets/genauth")),
            ("{ file: secrets/genauth }", .file("/etc/broker/secrets/genauth")),
            ("{ literal: \"hunter2\" }", .literal(Secret("hunter2"))),
            ("{ literal: 0123 }", .literal(Secret("0123"))),
            (
                "\n  literal: |\n    -----BEGIN KEY-----\n    YQ==", .literal(Secret("-----BEGIN KEY-----\nYQ=="))
            ),
        ]
    )
    func references(setting: String, expected: SecretReference) throws {
        #expect(try reference(setting) == expected)
    }

    @Test(
        "Anything else is refused and not repeated",
        arguments: [
            ("hunter2", "7:15: A secret cannot be written here directly. \(hint)"),
            ("'hunter2'", "7:15: A secret cannot be written here directly. \(hint)"),
            ("[hunter2]", "7:15: A secret cannot be written here directly. \(hint)"),
            ("", "7:14: A secret cannot be written here directly. \(hint)"),
            ("{ hunter2 }", "7:15: Expected exactly one of env, file and literal. \(hint)"),
            ("{ hunter2: hunter2 }", "7:15: Expected exactly one of env, file and literal. \(hint)"),
            ("{}", "7:15: Expected exactly one of env, file and literal. \(hint)"),
            ("{ env: A, literal: hunter2 }", "7:15: Expected exactly one of env, file and literal. \(hint)"),
            (
                "{ env: $hunter2 }",
                "7:22: Expected the name of an environment variable, without '$': letters, digits and '_'."
            ),
            (
                "{ env: hunter-2 }",
                "7:22: Expected the name of an environment variable, without '$': letters, digits and '_'."
            ),
            ("{ env: }", "7:22: Expected text, found nothing. Give a value, or leave the key out."),
            ("{ env: [hunter2] }", "7:22: Expected text, found a list."),
            ("{ literal: '' }", "7:26: Expected text that is not empty and contains no NUL."),
            ("{ literal: \"hunter\\02\" }", "7:26: Expected text that is not empty and contains no NUL."),
            ("{ file: { hunter2: hunter2 } }", "7:23: Expected text, found a mapping."),
        ]
    )
    func refusals(setting: String, expected: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try reference(setting) }
        let problem = try #require(error.problems.first)
        #expect(error.problems.count == 1)
        #expect("\(problem)" == "test.yaml:\(expected)")
        #expect(!String(reflecting: error).contains("hunter"))
    }

    @Test("No error repeats any value in a file, wherever it is")
    func valuesAreNotRepeated() throws {
        let places = [
            "version: §", "providers: §", "providers: {p: §}", "providers: {p: {type: §}}", "stores: §",
            "stores: {kind: §}", "providers: {p: {type: rich, enabled: §}}", "providers: {p: {type: rich, limits: §}}",
            "providers: {p: {type: rich, limits: {timeout: §, connectTimeout: §, concurrency: §, responseSize: §}}}",
            "providers: {p: {type: rich, limits: {queue: §, rate: {logins: §, per: §, burst: §}, callerRate: §}}}",
            "providers: {p: {type: rich, limits: {breaker: {failures: §, openFor: §}}}}",
            "stores: {retention: §}",
            "providers: {p: {type: rich, network: {caFile: [§], allowAddresses: [§, '§/8'], allowInsecureHTTP: §}}}",
            "providers: {p: {type: rich, network: {proxy: §}}}",
            "providers: {p: {type: rich, network: {proxy: {url: 'http://§:§@proxy', credentials: §, caFile: [§]}}}}",
            "providers: {p: {type: rich, network: {proxy: {url: 'http://proxy/§', credentials: {env: '§ §'}}}}}",
            "providers: {p: {type: rich, settings: {name: [§], endpoint: §, verbose: §, count: §, pause: §, mode: §}}}",
            "providers: {p: {type: rich, settings: {name: §, budget: §, tags: §, hosts: [§], nested: §, secret: §}}}",
            "providers: {p: {type: rich, settings: {unknown: §, secret: {§: §}, fallback: {env: '§ §', file: §}}}}",
            "unknown: §", "§", "[§]", "a: §: §", "a: &§ b", "a: *§", "a: !§ b", "a: \"§", "a: {b: §, b: §}",
            "? [§]\n: §",
        ]
        for place in places {
            let yaml = place.replacing("§", with: "hunter2")
            let error = try #require(throws: ConfigurationError.self) { try Configuration(yaml) }
            #expect(!String(reflecting: error).contains("hunter2"), "\(place)")
            #expect(!"\(error)".contains("hunter2"), "\(place)")
        }
    }
}
