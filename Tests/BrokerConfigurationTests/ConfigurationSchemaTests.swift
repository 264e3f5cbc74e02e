import BrokerConfiguration
import Foundation
import IdentityBroker
import Testing

@Suite("The JSON Schema of configuration")
struct ConfigurationSchemaTests {
    private static func json() throws -> String {
        let providers = try ProviderRegistry([RichProvider.self, PlainProvider.self])
        return try ConfigurationSchema(providers: providers, stores: StoreRegistry([.memory, .filed])).json
    }

    /// The part of the schema at these keys.
    private func part(_ keys: String...) throws -> [String: Any] {
        let whole = try JSONSerialization.jsonObject(with: Data(Self.json().utf8))
        return try #require(
            keys.reduce(whole as Any?) { ($0 as? [String: Any])?[$1] } as? [String: Any],
            "\(keys.joined(separator: "."))"
        )
    }

    private func setting(_ key: String) throws -> [String: Any] {
        try part("$defs", "provider.rich", "properties", "settings", "properties", key)
    }

    @Test("It follows draft 2020-12, is the same each time, and ends with a line break")
    func document() throws {
        #expect(try part()["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(try part()["required"] as? [String] == ["version", "providers"])
        #expect(try Self.json() == Self.json())
        #expect(try Self.json().hasSuffix("}\n"))
    }

    @Test("Objects are closed")
    func closed() throws {
        #expect(try part()["additionalProperties"] as? Bool == false)
        #expect(try part("$defs", "provider.rich")["additionalProperties"] as? Bool == false)
        #expect(try part("$defs", "store.filed")["additionalProperties"] as? Bool == false)
        #expect(try setting("nested")["additionalProperties"] as? Bool == false)
        #expect(try part("$defs", "secret")["additionalProperties"] as? Bool == false)
    }

    @Test("A type contributes its names, and a setting its documentation and default")
    func documentation() throws {
        #expect(try part("$defs", "provider.rich")["title"] as? String == "Rich")
        #expect(try part("$defs", "provider.rich")["description"] as? String == "Has a setting of every form.")
        #expect(try setting("name")["description"] as? String == "A name.")
        #expect(try setting("count")["default"] as? Int == 3)
        #expect(try setting("count")["maximum"] as? Int == 10)
        #expect(try setting("offset")["maximum"] == nil)
        #expect(try setting("verbose")["default"] as? Bool == false)
        #expect(try setting("pause")["default"] as? String == "250ms")
        #expect(try setting("mode")["enum"] as? [String] == ["gentle", "strict"])
        #expect(try setting("tags")["default"] as? [String] == [])
        #expect(try setting("name")["$ref"] as? String == "#/$defs/text")
        #expect(try setting("secret")["$ref"] as? String == "#/$defs/secret")
    }

    @Test("A default derived from other settings is described in words")
    func composedDefault() throws {
        let issuer = try part(
            "$defs", "provider.rich", "properties", "settings", "properties", "nested", "properties", "issuer"
        )
        #expect(issuer["default"] == nil)
        #expect(issuer["description"] as? String == "Made of others. Default: {endpoint}/{name}.")
    }

    @Test("The defaults under limits are the core's")
    func limitDefaults() throws {
        let limits = try part("$defs", "limits", "properties")
        let breaker = try part("$defs", "limits", "properties", "breaker", "properties")
        func number(_ key: String, in settings: [String: Any]) -> Int? {
            (settings[key] as? [String: Any])?["default"] as? Int
        }
        func text(_ key: String, in settings: [String: Any]) -> String {
            (settings[key] as? [String: Any])?["default"] as? String ?? ""
        }
        let defaults = ProviderLimits()
        #expect(DurationText(text("timeout", in: limits))?.duration == defaults.timeout)
        #expect(DurationText(text("connectTimeout", in: limits))?.duration == defaults.connectTimeout)
        #expect(SizeText(text("responseSize", in: limits))?.bytes == defaults.responseSize)
        #expect(number("concurrency", in: limits) == defaults.concurrency)
        #expect(number("queue", in: limits) == defaults.queue)
        #expect(number("failures", in: breaker) == defaults.breaker?.failures)
        #expect(DurationText(text("openFor", in: breaker))?.duration == defaults.breaker?.openFor)
    }

    @Test("Rates are closed objects, whose burst defaults to the number of logins")
    func rates() throws {
        for key in ["rate", "callerRate"] {
            let rate = try part("$defs", "limits", "properties", key)
            #expect(rate["additionalProperties"] as? Bool == false)
            #expect(rate["required"] as? [String] == ["logins", "per"])
            let burst = try part("$defs", "limits", "properties", key, "properties", "burst")
            #expect((burst["description"] as? String)?.hasSuffix("Default: {logins}.") == true)
        }
    }

    @Test("The default retention is the core's, and the default kind is the first one registered")
    func storeDefaults() throws {
        let settings = try part("$defs", "store.memory", "properties")
        func text(_ key: String) -> String? { (settings[key] as? [String: Any])?["default"] as? String }
        #expect(DurationText(text("retention") ?? "")?.duration == .seconds(24 * 60 * 60))
        #expect(text("kind") == "memory")
    }

    @Test(
        "An independent validator accepts what the broker accepts",
        .enabled(if: Python.hasJSONSchema, "python3 with jsonschema and PyYAML is needed"),
        arguments: [
            "version: 1\nproviders: {}",
            "version: 1\nproviders: {p: {type: plain}}\nstores: {kind: memory}",
            "version: 1\nproviders: {}\nstores: {}",
            "version: 1\nproviders: {}\nstores: {retention: 48h}",
            "version: 1\nproviders: {}\nstores: {kind: filed, path: p, password: {file: f}, retention: 10m}",
            """
            version: 1
            providers:
              p:
                type: rich
                displayName: 12
                enabled: false
                attributes: { department: /profile/department, tenant_2: /a~1b/0 }
                admit:
                  - {claim: /hd, is: 1}
                  - {emailDomain: [example.com]}
                  - {attribute: groups, contains: staff}
                limits:
                  timeout: 5s
                  connectTimeout: 250ms
                  concurrency: 1
                  queue: 0
                  rate: {logins: 1, per: 1s, burst: 2}
                  callerRate: {logins: 1, per: 1m}
                  breaker: {failures: 0, openFor: 1h}
                  responseSize: 1KiB
                network:
                  caFile: ca.pem
                  allowAddresses: [10.0.0.0/8]
                  allowInsecureHTTP: true
                  proxy: {url: "https://proxy.internal:3129", credentials: {env: PROXY}, caFile: proxy.pem}
                settings:
                  name: 0123
                  endpoint: https://a.example/b
                  certificate: c
                  secret: {env: A}
                  fallback: {literal: 5}
                  verbose: true
                  count: 5
                  offset: -5
                  pause: 1h
                  budget: 5B
                  mode: strict
                  tags: [a, 1, true]
                  labels: { a: b, c: 1 }
                  hosts: [{host: h, port: 1}]
                  nested: {inner: i}
            """,
        ]
    )
    func accepted(yaml: String) throws {
        #expect(try problems(in: yaml) == [])
        #expect(try Python.validate(yaml, against: Self.json()) == [])
    }

    @Test(
        "An independent validator refuses what the broker refuses, at the same place",
        .enabled(if: Python.hasJSONSchema, "python3 with jsonschema and PyYAML is needed"),
        arguments: [
            ("providers: {}", "$"),
            ("version: 2\nproviders: {}", "$.version"),
            ("version: 1\nproviders: {P: {type: plain}}", "$.providers"),
            ("version: 1\nproviders: {p: {}}", "$.providers.p"),
            ("version: 1\nproviders: {p: {type: saml}}", "$.providers.p.type"),
            ("version: 1\nproviders: {p: {type: plain, extra: 1}}", "$.providers.p"),
            ("version: 1\nproviders: {p: {type: plain, admit: []}}", "$.providers.p.admit"),
            (
                "version: 1\nproviders: {p: {type: plain, admit: [{emailDomain: []}]}}",
                "$.providers.p.admit[0].emailDomain"
            ),
            ("version: 1\nproviders: {p: {type: plain, admit: [{claim: hd, is: x}]}}", "$.providers.p.admit[0].claim"),
            ("version: 1\nproviders: {p: {type: plain, attributes: {Department: /d}}}", "$.providers.p.attributes"),
            ("version: 1\nproviders: {p: {type: plain, attributes: {d: /a~2}}}", "$.providers.p.attributes.d"),
            ("version: 1\nproviders: {p: {type: rich}}", "$.providers.p"),
            ("version: 1\nproviders: {p: {type: rich, settings: {name: [a]}}}", "$.providers.p.settings.name"),
            (
                "version: 1\nproviders: {p: {type: rich, settings: {name: n, count: 11}}}",
                "$.providers.p.settings.count"
            ),
            ("version: 1\nproviders: {p: {type: rich, settings: {name: n, pause: 5}}}", "$.providers.p.settings.pause"),
            (
                "version: 1\nproviders: {p: {type: rich, settings: {name: n, budget: 1KB}}}",
                "$.providers.p.settings.budget"
            ),
            (
                "version: 1\nproviders: {p: {type: rich, settings: {name: n, secret: x}}}",
                "$.providers.p.settings.secret"
            ),
            (
                "version: 1\nproviders: {p: {type: rich, settings: {name: n, secret: {}}}}",
                "$.providers.p.settings.secret"
            ),
            (
                "version: 1\nproviders: {p: {type: rich, settings: {name: n, verbose: 'true'}}}",
                "$.providers.p.settings.verbose"
            ),
            (
                "version: 1\nproviders: {p: {type: rich, settings: {name: n, endpoint: a.example}}}",
                "$.providers.p.settings.endpoint"
            ),
            (
                "version: 1\nproviders: {p: {type: rich, settings: {name: n, hosts: [{port: 1}]}}}",
                "$.providers.p.settings.hosts[0]"
            ),
            ("version: 1\nproviders: {}\nstores: {kind: memory, path: p}", "$.stores"),
            ("version: 1\nproviders: {}\nstores: {path: p}", "$.stores"),
            ("version: 1\nproviders: {}\nstores: {retention: 1}", "$.stores.retention"),
            ("version: 1\nproviders: {}\nstores: {kind: sqlite}", "$.stores.kind"),
            ("version: 1\nproviders: {p: {type: plain, limits: {queue: -1}}}", "$.providers.p.limits.queue"),
            ("version: 1\nproviders: {p: {type: plain, limits: {rate: {logins: 1}}}}", "$.providers.p.limits.rate"),
            (
                "version: 1\nproviders: {p: {type: plain, limits: {breaker: {failures: x}}}}",
                "$.providers.p.limits.breaker.failures"
            ),
        ]
    )
    func refused(yaml: String, path: String) throws {
        #expect(try !problems(in: yaml).isEmpty)
        #expect(try Python.validate(yaml, against: Self.json()).contains(path))
    }

    @Test("A program without provider types has a schema too")
    func noTypes() throws {
        let json = try ConfigurationSchema(providers: ProviderRegistry(), stores: StoreRegistry([.memory])).json
        #expect(json.contains("\"allOf\" : [\n        true\n      ]"))
    }
}
