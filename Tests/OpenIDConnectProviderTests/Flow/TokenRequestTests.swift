import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import OpenIDConnectProvider
import StrictJSON
import Testing

@Suite("The request for tokens")
struct TokenRequestTests {
    private func request(of scenario: Scenario) async throws -> ReceivedRequest {
        try await scenario.run { desk in
            _ = await Scenario.failure { _ = try await desk.login() }
            return try #require(desk.upstream.requests.first { $0.target == "/token" })
        }
    }

    private static let basic =
        "Basic "
        + Data("client-1:\(FormText.encode(Scenario.secret).replacing("%2D", with: "-"))".utf8).base64EncodedString()

    @Test(
        "authenticates by the first method that both sides know",
        arguments: [
            (nil, false), (["client_secret_basic"], false), (["client_secret_post"], true),
            (["private_key_jwt", "client_secret_post", "client_secret_basic"], true),
            (["none", "client_secret_basic"], false),
        ] as [([String]?, Bool)])
    func method(offered: [String]?, isInBody: Bool) async throws {
        let scenario = Scenario {
            $0.document = { document, _ in
                document["token_endpoint_auth_methods_supported"] = offered.map { JSONValue.strings($0) }
            }
        }
        let request = try await request(of: scenario)
        let form = FormText.decode(request.bodyText)
        #expect(form["client_secret"] == (isInBody ? Scenario.secret : nil))
        #expect(request.values(of: "Authorization") == (isInBody ? [] : [Self.basic]))
    }

    @Test(
        "authenticates as configured",
        arguments: [ClientAuthenticationMethod.basic, .post, ClientAuthenticationMethod.none])
    func configured(method: ClientAuthenticationMethod) async throws {
        let request = try await request(
            of: Scenario().with {
                $0.authMethod = method
                if method == .none { $0.clientSecret = nil }
            })
        let form = FormText.decode(request.bodyText)
        #expect(form["client_secret"] == (method == .post ? Scenario.secret : nil))
        #expect(form["client_id"] == (method == .basic ? nil : "client-1"))
        #expect(request.values(of: "Authorization") == (method == .basic ? [Self.basic] : []))
    }

    @Test("has the code, the callback URI and the verifier, and nothing in its query")
    func fields() async throws {
        let form = FormText.decode(try await request(of: Scenario()).bodyText)
        #expect(form["grant_type"] == "authorization_code")
        #expect(form["code"] == OpenIDProviderDouble.code)
        #expect(form["redirect_uri"] == Scenario.callbackURI)
        #expect(form["code_verifier"]?.count == 43)
    }

    @Test(
        "fails for the client's settings if it is refused without a code by the status for that, and by no other",
        arguments: [(401, .misconfigured), (400, .upstreamMisbehaved), (403, .upstreamMisbehaved)]
            as [(Int, BrokerError.Kind)])
    func refusedWithoutCode(status: Int, kind: BrokerError.Kind) async throws {
        for answer in [ServerResponse.text("", status: status), .json(["message": "no"], status: status)] {
            let failure = try await Scenario { $0.tokenAnswer = answer }.failure()
            #expect(failure?.kind == kind)
            #expect(failure?.message.contains("clientId") == (kind == .misconfigured))
        }
    }

    @Test("has no verifier where PKCE is off")
    func noPKCE() async throws {
        let form = FormText.decode(try await request(of: Scenario().with { $0.pkce = .off }).bodyText)
        #expect(form["code_verifier"] == nil)
    }
}
