import BrokerTesting
import Testing

@testable import IdentityBroker

private let own = "abcdefghijklmnop"
private let other = "abcdefghijklmnoq"
/// The SHA-256 of the first.
private let digest = "f39dac6cbaba535e2c207cd0cd8f154974223c848f727f98b3564cea569b41cf"

@Suite("The nonce of an ID token")
struct NonceTests {
    private func kind(
        of rule: NonceRule?,
        token nonce: String?,
        presenting credential: Credential,
        standing: AccountStanding = .active
    ) async throws -> BrokerError.Kind? {
        let settings = ScriptedProvider.Settings(nonceRule: rule) { credential, exchange in
            _ = try await exchange.send(.redeeming(credential))
            var identity = UpstreamIdentity.person
            identity.nonce = nonce
            identity.standing = standing
            return identity
        }
        let context = ProviderContext(id: Bench.id)
        var manifest = ScriptedProvider.manifest
        manifest.credentials.append(CredentialForm(kind: .authorizationCode, acceptsNativeCodes: true))
        let instance = try ProviderInstance(manifest: manifest, context: context) {
            (try ScriptedProvider(settings: settings, context: context), nil)
        }
        let broker = try Broker(providers: [instance], transport: ScriptedTransport(), clock: .stopped)
        do throws(BrokerError) {
            _ = try await broker.login(Bench.id, with: credential)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test(
        "is as long as vendors' SDKs make it, or it is refused before anything is sent",
        arguments: [1, 15, 16, 512, 513])
    func length(count: Int) async throws {
        let nonce = String(repeating: "n", count: count)
        let kind = try await kind(of: .required, token: nonce, presenting: .idToken("a.b.c", nonce: nonce))
        #expect(kind == (CredentialForm.nonceBytes.contains(count) ? nil : .invalidCredential))
    }

    /// A rule, the nonce in the token, the nonce that the app presents, and whether the login succeeds.
    @Test(
        "is compared with what the app presents with a native token",
        arguments: [
            (.required, own, own, true), (.required, own, other, false), (.required, own, nil, false),
            (.required, nil, own, false), (.required, nil, nil, false), (.required, "", "", false),
            (.required, "", nil, false), (.required, own, "", false), (.required, own.uppercased(), own, false),
            (.required, "\(own) ", own, false),
            (.required, "e\u{301}aaaaaaaaaaaaaaaa", "\u{E9}aaaaaaaaaaaaaaaa", false),
            (.optional, nil, own, true), (.optional, nil, nil, true), (.optional, own, own, true),
            (.optional, own, other, false), (.optional, own, nil, false),
            (.absent, nil, own, true), (.absent, nil, nil, true), (.absent, own, own, true),
            (.absent, own, other, false),
            (.hashed, digest, own, true),
            (.hashed, own, own, false), (.hashed, nil, own, false),
            (nil, nil, own, true), (nil, own, other, false),
        ] as [(NonceRule?, String?, String?, Bool)]
    )
    func native(_ rule: NonceRule?, _ token: String?, _ presented: String?, _ isRight: Bool) async throws {
        let kind = try await kind(of: rule, token: token, presenting: .idToken("a.b.c", nonce: presented))
        #expect(kind == (isRight ? nil : .invalidCredential))
    }

    @Test("is compared before anything about the person is revealed")
    func stolen() async throws {
        let credential = Credential.idToken("a.b.c", nonce: other)
        let kind = try await kind(of: .required, token: own, presenting: credential, standing: .blocked)
        #expect(kind == .invalidCredential)
    }

    /// A rule, the nonce in the token (`FLOW` for the flow's nonce), and whether the login succeeds.
    @Test(
        "is compared with the flow's after a redirect",
        arguments: [
            (nil, "FLOW", true), (nil, "other", false), (nil, nil, false), (nil, "", false), (.required, "FLOW", true),
            (.hashed, "FLOW", true), (.hashed, nil, false), (.optional, nil, true), (.optional, "FLOW", true),
            (.optional, "other", false), (.absent, nil, true), (.absent, "other", false),
        ] as [(NonceRule?, String?, Bool)]
    )
    func redirect(_ rule: NonceRule?, _ token: String?, _ isRight: Bool) async throws {
        let settings = RedirectProvider.Settings(
            nonceRule: rule, nonce: { flow in token?.replacing("FLOW", with: flow.nonce.reveal()) })
        let instance = try ProviderInstance(
            RedirectProvider.self, settings: settings, context: ProviderContext(id: "site"))
        let broker = try Broker(providers: [instance], transport: ScriptedTransport(), clock: .stopped)
        let flow = try await broker.beginRedirect("site", returningTo: "https://app.example/callback").flow
        let credential = Credential.callback("code=abc&state=\(flow.state.reveal())", of: flow)
        do throws(BrokerError) {
            _ = try await broker.login("site", with: credential)
            #expect(isRight)
        } catch {
            #expect(!isRight && error.kind == .invalidCredential && error.credential == .spent)
        }
    }

    /// Without an ID token there is no nonce; if one comes anyway, it is compared.
    @Test(
        "is not required for tickets and native codes without an ID token",
        arguments: [
            (.ticket("t"), nil, true), (.ticket("t"), own, false), (.authorizationCode("c"), nil, true),
            (.authorizationCode("c"), own, false), (.authorizationCode("c", nonce: own), own, true),
            (.authorizationCode("c", nonce: own), nil, false),
        ] as [(Credential, String?, Bool)]
    )
    func others(_ credential: Credential, _ token: String?, _ isRight: Bool) async throws {
        let kind = try await kind(of: .required, token: token, presenting: credential)
        #expect(kind == (isRight ? nil : .invalidCredential))
    }

    @Test("is refused beside a code that leads to no ID token: nothing would check it")
    func unchecked() async throws {
        let credential = Credential.authorizationCode("c", nonce: own)
        #expect(try await kind(of: .absent, token: nil, presenting: credential) == .invalidCredential)
        #expect(try await kind(of: .absent, token: nil, presenting: .authorizationCode("c")) == nil)
    }

    @Test("does not appear in an error")
    func secrecy() {
        #expect(Credential.idToken("a.b.c", nonce: "the-nonce").secrets.contains(Secret("the-nonce")))
    }
}
