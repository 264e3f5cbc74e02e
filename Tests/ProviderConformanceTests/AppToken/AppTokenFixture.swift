import BrokerTesting
import IdentityBroker
import LoopbackServer

/// The exemplar's upstream, if it issued a token to the app and wanted that with each ticket.
struct AppTokenFixture: ProviderFixture {
    typealias Provider = AppTokenProvider

    private static let secret = "canary-Vd8kTz3RqN6yHs1w"
    private static let token = "canary-Lw5nBx9PcJ2mGf7t"
    private let exemplar = ExemplarFixture()

    let secrets = ["APP_SECRET": secret]
    var sharedRequests = 1
    let sharedSecrets = [token]
    let omissions: [ProviderConformance.Family: String] = [.unknownKeys: "Its answers are not signed."]

    var appToken: AppTokenExample? {
        AppTokenExample(
            Self.token,
            refusals: ["40001", "42001"].map { code in
                UpstreamRefusal("the token, as \(code)", means: .misconfigured) {
                    .json(#"{"ok":false,"code":"\#(code)","message":"\#($0)"}"#)
                }
            })
    }

    func settings(upstream baseURL: String) -> String {
        """
        tenant: acme
        secret: { env: APP_SECRET }
        baseURL: \(baseURL)
        """
    }

    func credential(of person: Person, for id: ProviderID, at broker: Broker) -> Credential {
        exemplar.credential(of: person, for: id, at: broker)
    }

    func response(to request: ReceivedRequest, about person: Person, as variant: Variant) -> ServerResponse? {
        guard request.values(of: "Authorization") == ["Bearer \(Self.token)"] else { return nil }
        return exemplar.response(to: request, about: person, as: variant)
    }

    func response(to request: ReceivedRequest) -> ServerResponse? {
        guard request.target == "/acme/token", request.bodyText == #"{"secret":"\#(Self.secret)"}"# else { return nil }
        return .json(#"{"access_token":"\#(Self.token)","expires_in":7200}"#)
    }

    func expectation(of person: Person) -> ExpectedIdentity { exemplar.expectation(of: person) }

    var refusals: [UpstreamRefusal] { exemplar.refusals }
}
