import BrokerTesting
import Testing

@testable import IdentityBroker

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
        let broker = try Broker(providers: [instance], transport: ScriptedTransport())
        do throws(BrokerError) {
            _ = try await broker.login(Bench.id, with: credential)
            return nil
        } catch {
            return error.kind
        }
    }

    /// A rule, the nonce in the token, the nonce that the app presents, and whether the login succeeds.
    @Test(
        "is compared with what the app presents with a native token",
        arguments: [
            (.required, "abcd", "abcd", true), (.required, "abcd", "abce", false), (.required, "abcd", nil, false),
            (.required, nil, "abcd", false), (.required, nil, nil, false), (.required, "", "", false),
            (.required, "", nil, false), (.required, "abcd", "", false), (.required, "ABCD", "abcd", false),
            (.required, "abcd ", "abcd", false), (.required, "e\u{301}aaa", "\u{E9}aaa", false),
            (.optional, nil, "abcd", true), (.optional, nil, nil, true), (.optional, "abcd", "abcd", true),
            (.optional, "abcd", "abce", false), (.optional, "abcd", nil, false),
            (.absent, nil, "abcd", true), (.absent, nil, nil, true), (.absent, "abcd", "abcd", true),
            (.absent, "abcd", "abce", false),
            (.hashed, "88d4266fd4e6338d13b845fcf289579d209c897823b9217da3e161936f031589", "abcd", true),
            (.hashed, "abcd", "abcd", false), (.hashed, nil, "abcd", false),
            (nil, nil, "abcd", true), (nil, "abcd", "abce", false),
        ] as [(NonceRule?, String?, String?, Bool)]
    )
    func native(_ rule: NonceRule?, _ token: String?, _ presented: String?, _ isRight: Bool) async throws {
        let kind = try await kind(of: rule, token: token, presenting: .idToken("a.b.c", nonce: presented))
        #expect(kind == (isRight ? nil : .invalidCredential))
    }

    @Test("is compared before anything about the person is revealed")
    func stolen() async throws {
        let credential = Credential.idToken("a.b.c", nonce: "other")
        let kind = try await kind(of: .required, token: "abcd", presenting: credential, standing: .blocked)
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
        let broker = try Broker(providers: [instance], transport: ScriptedTransport())
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
            (.ticket("t"), nil, true), (.ticket("t"), "abcd", false), (.authorizationCode("c"), nil, true),
            (.authorizationCode("c"), "abcd", false), (.authorizationCode("c", nonce: "abcd"), "abcd", true),
            (.authorizationCode("c", nonce: "abcd"), nil, false),
        ] as [(Credential, String?, Bool)]
    )
    func others(_ credential: Credential, _ token: String?, _ isRight: Bool) async throws {
        let kind = try await kind(of: .required, token: token, presenting: credential)
        #expect(kind == (isRight ? nil : .invalidCredential))
    }

    @Test("does not appear in an error")
    func secrecy() {
        #expect(Credential.idToken("a.b.c", nonce: "the-nonce").secrets.contains(Secret("the-nonce")))
    }
}
