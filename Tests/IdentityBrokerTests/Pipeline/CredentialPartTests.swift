import BrokerTesting
import Testing

@testable import IdentityBroker

@Suite("A part of a credential")
struct CredentialPartTests {
    private static let form = CredentialForm(
        kind: .ticket, parts: [CredentialPart("device", maximumBytes: 8, alphabet: .unreserved, "The device.")])

    private let journal = Journal()

    /// The parts that reach the provider.
    private func login(
        _ form: CredentialForm,
        with credential: Credential
    ) async throws(BrokerError) -> [String: Secret] {
        let received = Locked<[String: Secret]>([:])
        let transport = ScriptedTransport()
        do {
            let settings = ScriptedProvider.Settings { credential, exchange in
                received.withLock { $0 = credential.parts }
                _ = try await exchange.send(.redeeming(credential))
                return .person
            }
            let context = ProviderContext(id: Bench.id)
            var manifest = ScriptedProvider.manifest
            manifest.credentials = [form]
            let instance = try ProviderInstance(manifest: manifest, context: context) {
                (try ScriptedProvider(settings: settings, context: context), nil)
            }
            let journal = journal
            var steps = ScriptedStore.Script()
            steps.reserve = { journal.note("reserve") }
            steps.append = { journal.note("append") }
            let broker = try Broker(
                providers: [instance], transport: transport, store: ScriptedStore(steps), clock: .stopped)
            _ = try await broker.login(Bench.id, with: credential)
        } catch {
            throw error as? BrokerError ?? BrokerError(.internalError, "\(error)")
        }
        return received.withLock { $0 }
    }

    @Test("reaches the provider, if its manifest names it")
    func named() async throws {
        let credential = Credential(kind: .ticket, value: Secret("t"), parts: ["device": Secret("phone-1")])
        #expect(try await login(Self.form, with: credential) == ["device": Secret("phone-1")])
        #expect(try await login(Self.form, with: .ticket("t")).isEmpty)
    }

    @Test(
        "is refused in another form than the manifest's, before anything is reserved",
        arguments: [
            ["device": ""], ["device": "phone-123"], ["device": "a b"], ["canary-name": "a"],
            ["device": "phone-1", "canary-name": "a"],
        ])
    func malformed(parts: [String: String]) async throws {
        let credential = Credential(kind: .ticket, value: Secret("t"), parts: parts.mapValues { Secret($0) })
        let error = await #expect(throws: BrokerError.self) { try await login(Self.form, with: credential) }
        #expect(error?.kind == .invalidCredential && error?.credential == .unused)
        #expect(error?.message.contains("canary-name") == false && error?.message.contains("phone-123") == false)
        #expect(journal.entries == ["append"])
    }

    @Test("changes nothing for a code that the instance takes only from a redirect: it is not reserved either")
    func refusedCode() async throws {
        let form = CredentialForm(kind: .authorizationCode, parts: Self.form.parts)
        let credential = Credential.authorizationCode("c", parts: ["device": "phone-1"].mapValues { Secret($0) })
        let error = await #expect(throws: BrokerError.self) { try await login(form, with: credential) }
        #expect(error?.kind == .invalidCredential && journal.entries == ["append"])
    }

    @Test("is secret if it is long")
    func secrecy() {
        let parts = ["device": Secret("a-part-that-is-long-enough"), "name": Secret("Ada")]
        let credential = Credential.authorizationCode("c", parts: parts)
        #expect(credential.secrets.contains(Secret("a-part-that-is-long-enough")))
        #expect(credential.shortParts == [Secret("Ada")])
    }

    @Test(
        "has a name that a request can give it",
        arguments: ["", "Device", "1device", "device-id", "device__id", "_device", "provider", "nonce", "client_id"])
    func names(name: String) {
        var manifest = ScriptedProvider.manifest
        manifest.credentials = [
            CredentialForm(kind: .ticket, parts: [CredentialPart(name, maximumBytes: 8, "The device.")])
        ]
        let kind = ProviderKind(ScriptedProvider.self, manifest: manifest)
        #expect(throws: BrokerError.self) { try ProviderRegistry([kind]) }
    }
}
