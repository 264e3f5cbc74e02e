import Testing

@testable import IdentityBroker

@Suite("A provider instance")
struct ProviderInstanceTests {
    private let withoutSecret = ScriptedProvider.Settings(secret: .environment("NO SUCH VARIABLE"))

    @Test("has its type's name, unless it is given another")
    func displayName() throws {
        let context = ProviderContext(id: "one")
        let unnamed = try ProviderInstance(ScriptedProvider.self, settings: .init(), context: context)
        #expect(unnamed.displayName == "Scripted")
        let named = try ProviderInstance(ScriptedProvider.self, settings: .init(), context: context, displayName: "One")
        #expect(named.displayName == "One")
        #expect(named.manifest == ScriptedProvider.manifest)
    }

    @Test("needs its secrets to serve")
    func secrets() {
        let error = #expect(throws: BrokerError.self) {
            try ProviderInstance(ScriptedProvider.self, settings: withoutSecret, context: ProviderContext(id: "one"))
        }
        #expect(error?.kind == .misconfigured)
    }

    @Test("needs no secret if it is disabled")
    func disabled() throws {
        let instance = try ProviderInstance(
            ScriptedProvider.self,
            settings: withoutSecret,
            context: ProviderContext(id: "one"),
            isEnabled: false
        )
        #expect(!instance.isEnabled)
        #expect(instance.issuer == nil)
        #expect(instance.id == "one")
    }

    @Test("has its type's launch request, made from a Swift type or a kind, unless it is disabled")
    func launching() throws {
        let decoder = try DecoderProbe.decoder(of: "{}")
        let settings = try NoSettings(from: decoder)
        for isEnabled in [true, false] {
            let context = ProviderContext(id: "one")
            let ofType = try ProviderInstance(
                LaunchingProvider.self, settings: settings, context: context, isEnabled: isEnabled)
            let ofKind = try ProviderInstance(
                ProviderKind(LaunchingProvider.self), settings: decoder, context: context, isEnabled: isEnabled)
            for instance in [ofType, ofKind] {
                #expect(instance.launchRequest?.target == (isEnabled ? "example" : nil))
            }
        }
        let other = try ProviderInstance(
            CallbackProvider.self, settings: settings, context: ProviderContext(id: "one"))
        #expect(other.launchRequest == nil)
    }

    @Test(
        "binds the codes of its redirects by PKCE or a nonce, unless its type says that the upstream knows neither",
        arguments: [
            (true, .absent, false, true), (false, .required, false, true), (false, .hashed, false, true),
            (false, nil, false, true), (false, .optional, false, false), (false, .absent, false, false),
            (false, .absent, true, true),
        ] as [(Bool, NonceRule?, Bool, Bool)])
    func binding(usesPKCE: Bool, rule: NonceRule?, reliesOnStateAlone: Bool, isMade: Bool) throws {
        var manifest = RedirectProvider.manifest
        manifest.reliesOnStateAlone = reliesOnStateAlone
        let context = ProviderContext(id: "one")
        let settings = RedirectProvider.Settings(form: RedirectForm(usesPKCE: usesPKCE), nonceRule: rule)
        let make = {
            try ProviderInstance(manifest: manifest, context: context) {
                (try RedirectProvider(settings: settings, context: context), nil)
            }
        }
        guard !isMade else { return _ = try make() }
        let error = #expect(throws: BrokerError.self) { try make() }
        #expect(error?.kind == .misconfigured)
        #expect(error?.message.hasSuffix("Set pkce or nonce to required.") == true)
    }

    @Test(
        "takes no code without a flow where only the state binds those of its redirects, unless its type does by itself"
    )
    func nativeCodes() throws {
        var manifest = RedirectProvider.manifest
        manifest.credentials = [CredentialForm(kind: .authorizationCode), CredentialForm(kind: .idToken)]
        manifest.reliesOnStateAlone = true
        #expect(manifest.presentableKinds == [.idToken])
        let native = manifest.acceptingNativeCodes()
        #expect(native.presentableKinds == [.authorizationCode, .idToken])
        let context = ProviderContext(id: "one")
        func make(_ manifest: ProviderManifest, usesPKCE: Bool) throws {
            let settings = RedirectProvider.Settings(form: RedirectForm(usesPKCE: usesPKCE), nonceRule: .absent)
            _ = try ProviderInstance(manifest: manifest, context: context) {
                (try RedirectProvider(settings: settings, context: context), nil)
            }
        }
        try make(manifest, usesPKCE: false)
        try make(native, usesPKCE: true)
        try make(native, usesPKCE: false)
        let settings = RedirectProvider.Settings(form: RedirectForm(usesPKCE: false), nonceRule: .absent)
        let provider = try RedirectProvider(settings: settings, context: context)
        let error = #expect(throws: BrokerError.self) { try native.checkRedirects(of: provider, ofType: manifest) }
        #expect(error?.kind == .misconfigured && error?.message.contains("nativeCodes") == true)
    }

    @Test("applies its limits and network rules to the transport")
    func transportPolicy() throws {
        let network = NetworkPolicy(
            caFile: "/ca.pem",
            egress: EgressPolicy(allowedNetworks: [try #require(IPNetwork("10.0.0.0/8"))], allowsInsecureHTTP: true)
        )
        let instance = try ProviderInstance(
            ScriptedProvider.self,
            settings: .init(),
            context: ProviderContext(id: "one"),
            limits: ProviderLimits(connectTimeout: .seconds(1), responseSize: 1024),
            network: network
        )
        let policy = TransportPolicy(
            connectTimeout: .seconds(1),
            maximumBodyBytes: 1024,
            caFile: "/ca.pem",
            egress: network.egress
        )
        #expect(instance.transportPolicy == policy)
    }

    @Test("has limits that are safe by default")
    func defaults() {
        let limits = ProviderLimits()
        #expect(limits.timeout == .seconds(10))
        #expect(limits.connectTimeout == .seconds(3))
        #expect(limits.concurrency == 256)
        #expect(limits.responseSize == 256 * 1024)
    }
}
