import IdentityBroker
import Testing

@Suite("A manifest")
struct AdaptedManifestTests {
    /// Changes all that it can.
    private struct AdaptingProvider: ManifestOnly {
        static let manifest = ProviderManifest(
            type: "adapting", displayName: "Adapting", summary: "",
            credentials: [CredentialForm(kind: .authorizationCode)])

        func adapted(_ manifest: ProviderManifest) -> ProviderManifest {
            var manifest = manifest
            manifest.type = "another"
            manifest.icon = "own"
            manifest.settings = [.optional("more", .text, "More.")]
            manifest.notices = [.nameCleaned: "Cleaned."]
            manifest.credentials[0].acceptsNativeCodes = true
            return manifest
        }
    }

    private static func instance(isEnabled: Bool) throws -> ProviderInstance {
        try ProviderInstance(
            AdaptingProvider.self, settings: NoSettings(), context: ProviderContext(id: "adapting"),
            isEnabled: isEnabled)
    }

    @Test("is adapted to an instance by its provider, but for the type's name, settings and notices")
    func adapted() throws {
        let manifest = try Self.instance(isEnabled: true).manifest
        #expect(manifest.icon == "own" && manifest.credentials.map(\.acceptsNativeCodes) == [true])
        #expect(manifest.type == "adapting" && manifest.settings.isEmpty && manifest.notices.isEmpty)
        // There is no provider to ask.
        #expect(try Self.instance(isEnabled: false).manifest == AdaptingProvider.manifest)
    }

    @Test("that is adapted decides whether a code without a redirect is taken")
    func nativeCodes() async throws {
        let broker = try Broker(providers: [Self.instance(isEnabled: true)], transport: NoTransport())
        let identity = try await broker.login("adapting", with: .authorizationCode("a-code"))
        #expect(identity.provider == "adapting")
    }

    private struct NoTransport: UpstreamTransport {
        func send(
            _ request: UpstreamRequest,
            under policy: TransportPolicy,
            within timeout: Duration
        ) async throws(TransportFailure) -> UpstreamResponse {
            throw TransportFailure(.connectionFailed, mayHaveLeft: false)
        }
    }
}
