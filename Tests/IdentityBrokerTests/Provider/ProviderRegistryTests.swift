import IdentityBroker
import Testing

@Suite("A registry of provider types")
struct ProviderRegistryTests {
    @Test("finds its types by name")
    func types() throws {
        let registry = try ProviderRegistry([ScriptedProvider.self, LaunchingProvider.self])
        #expect(registry.all.map(\.manifest.type) == ["launching", "scripted"])
        #expect(registry["scripted"]?.manifest == ScriptedProvider.manifest)
        #expect(registry["wxapp"] == nil)
    }

    @Test("refuses a second type of the same name")
    func twice() throws {
        var registry = try ProviderRegistry([ScriptedProvider.self])
        let error = #expect(throws: BrokerError.self) { try registry.register(ProviderKind(ScriptedNamesake.self)) }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.contains("scripted") == true)
        #expect(registry["scripted"]?.manifest == ScriptedProvider.manifest)
        #expect(throws: BrokerError.self) { try ProviderRegistry([ScriptedProvider.self, ScriptedProvider.self]) }
    }

    @Test("refuses a type with an invalid name")
    func misnamed() {
        let error = #expect(throws: BrokerError.self) { try ProviderRegistry([MisnamedProvider.self]) }
        #expect(error?.kind == .misconfigured)
    }

    @Test(
        "refuses a type with a credential kind that documents cannot name",
        arguments: ["", "code", "js-code", "jsCode", "1st"])
    func misnamedCredential(kind: String) {
        var manifest = ProviderManifest.example("misnamed")
        manifest.credentials = [CredentialForm(kind: CredentialKind(rawValue: kind))]
        let error = #expect(throws: BrokerError.self) {
            try ProviderRegistry([ProviderKind(ScriptedProvider.self, manifest: manifest)])
        }
        #expect(error?.kind == .misconfigured && error?.message.contains("'\(kind)'") == true)
    }

    @Test("derives a type's capabilities from its conformances")
    func capabilities() {
        #expect(ProviderKind(ScriptedProvider.self).capabilities == [])
        #expect(ProviderKind(LaunchingProvider.self).capabilities == [.launch])
        #expect(ProviderKind(CallbackProvider.self).capabilities == [.callback])
        #expect(ProviderKind(RedirectProvider.self).capabilities == [.redirect])
    }

    @Test("makes several kinds from one Swift type, each with its manifest")
    func preset() throws {
        let preset = ProviderKind(ScriptedProvider.self, manifest: .example("preset"))
        let registry = try ProviderRegistry([ProviderKind(ScriptedProvider.self), preset])
        #expect(registry.all.map(\.manifest.type) == ["preset", "scripted"])
        let instance = try ProviderInstance(
            preset,
            settings: DecoderProbe.decoder(of: #"{"secret":{"literal":"abcd"}}"#),
            context: ProviderContext(id: "one"),
            displayName: nil,
            isEnabled: true,
            limits: ProviderLimits(),
            network: NetworkPolicy()
        )
        #expect(instance.manifest.type == "preset" && instance.displayName == "preset")
    }

    @Test("makes instances from decoded settings")
    func instance() throws {
        let kind = try #require(ProviderRegistry([ScriptedProvider.self])["scripted"])
        let instance = try ProviderInstance(
            kind,
            settings: DecoderProbe.decoder(of: #"{"secret":{"literal":"abcd"}}"#),
            context: ProviderContext(id: "one"),
            displayName: "One",
            isEnabled: true,
            limits: ProviderLimits(concurrency: 7),
            network: NetworkPolicy(caFile: "/ca.pem")
        )
        #expect(instance.id == "one")
        #expect(instance.displayName == "One")
        #expect(instance.limits.concurrency == 7)
        #expect(instance.network.caFile == "/ca.pem")
        #expect(instance.issuer == .example)
    }

    @Test("passes on what is wrong with settings")
    func wrongSettings() throws {
        let kind = try #require(ProviderRegistry([ScriptedProvider.self])["scripted"])
        let decoder = try DecoderProbe.decoder(of: #"{"secret":"abcd"}"#)
        #expect(throws: DecodingError.self) {
            try ProviderInstance(
                kind,
                settings: decoder,
                context: ProviderContext(id: "one"),
                displayName: nil,
                isEnabled: true,
                limits: ProviderLimits(),
                network: NetworkPolicy()
            )
        }
    }

    @Test("makes a disabled instance whatever is wrong with its settings, so the kill switch always works")
    func disabled() throws {
        let kind = try #require(ProviderRegistry([ScriptedProvider.self])["scripted"])
        let instance = try ProviderInstance(
            kind,
            settings: DecoderProbe.decoder(of: #"{"secret":"abcd"}"#),
            context: ProviderContext(id: "one"),
            displayName: nil,
            isEnabled: false,
            limits: ProviderLimits(),
            network: NetworkPolicy()
        )
        #expect(!instance.isEnabled)
    }

    @Test("builds launch requests for types that support them, and no others")
    func launching() throws {
        let registry = try ProviderRegistry([ScriptedProvider.self, LaunchingProvider.self])
        let decoder = try DecoderProbe.decoder(of: "{}")
        let request = try #require(registry["launching"]).launchRequest(settings: decoder)
        #expect(request == LaunchRequest(target: "example", parameters: [.init("path", "/")]))
        let error = try #require(throws: BrokerError.self) {
            _ = try #require(registry["scripted"]).launchRequest(settings: decoder)
        }
        #expect(error.kind == .misconfigured)
    }

    @Test("reads credentials from callbacks, for types that support it")
    func callbacks() throws {
        let registry = try ProviderRegistry([ScriptedProvider.self, CallbackProvider.self])
        let kind = try #require(registry["callback"])
        #expect(try kind.credential(fromCallback: "abc").value == Secret("abc"))
        #expect(throws: BrokerError(.cancelledByUser, "The user said no.")) {
            try kind.credential(fromCallback: "no")
        }
        let error = #expect(throws: BrokerError.self) { try registry["scripted"]?.credential(fromCallback: "abc") }
        #expect(error?.kind == .misconfigured)
    }

    @Test("passes on a type's advice on settings")
    func advice() throws {
        let registry = try ProviderRegistry([ScriptedProvider.self, AdvisingProvider.self])
        let decoder = try DecoderProbe.decoder(of: "{}")
        #expect(try registry["advising"]?.advice(settings: decoder) == ["Have settings."])
        #expect(try registry["scripted"]?.advice(settings: decoder) == [])
    }

    private struct ScriptedNamesake: ManifestOnly {
        static let manifest = ProviderManifest.example("scripted")
    }
}
