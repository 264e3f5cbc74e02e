import BrokerTesting
import StrictJSON
import Testing

@testable import IdentityBroker

@Suite("A part of a credential")
struct CredentialPartTests {
    private static let form = CredentialForm(
        kind: .ticket, parts: [CredentialPart("device", maximumBytes: 8, alphabet: .unreserved, "The device.")])

    private let journal = Journal()

    /// The parts that reach the provider, and the identity of someone with an attribute `site`.
    private func login(
        _ form: CredentialForm,
        with credential: Credential,
        site: String? = nil
    ) async throws(BrokerError) -> (parts: [String: Secret], identity: Identity) {
        let received = Locked<[String: Secret]>([:])
        let transport = ScriptedTransport()
        let identity: Identity
        do {
            let settings = ScriptedProvider.Settings { credential, exchange in
                received.withLock { $0 = credential.parts }
                _ = try await exchange.send(.redeeming(credential))
                var person = UpstreamIdentity.person
                person.attributes["site"] = site.map(JSONValue.string)
                return person
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
            identity = try await broker.login(Bench.id, with: credential)
        } catch {
            throw error as? BrokerError ?? BrokerError(.internalError, "\(error)")
        }
        return (received.withLock { $0 }, identity)
    }

    @Test("reaches the provider, if its manifest names it")
    func named() async throws {
        let credential = Credential(kind: .ticket, value: Secret("t"), parts: ["device": Secret("phone-1")])
        #expect(try await login(Self.form, with: credential).parts == ["device": Secret("phone-1")])
        #expect(try await login(Self.form, with: .ticket("t")).parts.isEmpty)
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

    @Test("may be any text, if its form says so")
    func text() async throws {
        let form = CredentialForm(
            kind: .ticket, parts: [CredentialPart("profile", maximumBytes: 64, alphabet: .text, "The profile.")])
        let profile = Secret("{\"name\": \"微信用户\\n\t\"}\n")
        let credential = Credential(kind: .ticket, value: Secret("t"), parts: ["profile": profile])
        #expect(try await login(form, with: credential).parts == ["profile": profile])
    }

    @Test("changes nothing for a code that the instance takes only from a redirect: it is not reserved either")
    func refusedCode() async throws {
        let form = CredentialForm(kind: .authorizationCode, parts: Self.form.parts)
        let credential = Credential.authorizationCode("c", parts: ["device": "phone-1"].mapValues { Secret($0) })
        let error = await #expect(throws: BrokerError.self) { try await login(form, with: credential) }
        #expect(error?.kind == .invalidCredential && journal.entries == ["append"])
    }

    @Test(
        "is kept out of the identity if it is long, unless its manifest says that it is no secret",
        arguments: [true, false])
    func disclosure(isSecret: Bool) async throws {
        let site = "https://app.example/callback"
        let part = CredentialPart("site", maximumBytes: 64, isSecret: isSecret, "The site.")
        let credential = Credential(kind: .ticket, value: Secret("t"), parts: ["site": Secret(site)])
        let form = CredentialForm(kind: .ticket, parts: [part])
        let identity = try await login(form, with: credential, site: "\(site)/ada").identity
        #expect((identity.attributes["site"] == .string("\(site)/ada")) == !isSecret)
    }

    @Test("is kept out of errors, also if it is no secret")
    func openPart() {
        var credential = Credential.authorizationCode("c", parts: ["site": Secret("https://app.example/callback")])
        credential.openParts = ["site"]
        #expect(credential.secrets == [Secret("c")])
        #expect(credential.unspokenParts == [Secret("https://app.example/callback")])
    }

    @Test("is secret if it is long")
    func secrecy() {
        let parts = ["device": Secret("a-part-that-is-long-enough"), "name": Secret("Ada")]
        let credential = Credential.authorizationCode("c", parts: parts)
        #expect(credential.secrets.contains(Secret("a-part-that-is-long-enough")))
        #expect(credential.unspokenParts == [Secret("Ada")])
    }

    @Test(
        "has a name that a request can give it",
        arguments: ["", "Device", "1device", "device-id", "device__id", "_device", "device_", "devicé"].map {
            ($0, "is not in snake case")
        } + ["provider", "nonce", "client_id"].map { ($0, "is a parameter of every token request") })
    func names(name: String, fault: String) {
        var manifest = ScriptedProvider.manifest
        manifest.credentials = [
            CredentialForm(kind: .ticket, parts: [CredentialPart(name, maximumBytes: 8, "The device.")])
        ]
        let kind = ProviderKind(ScriptedProvider.self, manifest: manifest)
        let error = #expect(throws: BrokerError.self) { try ProviderRegistry([kind]) }
        #expect(error?.message.contains("'\(name)', which \(fault).") == true)
    }
}
