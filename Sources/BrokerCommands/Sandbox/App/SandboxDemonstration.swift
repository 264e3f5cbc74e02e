import BrokerConfiguration
import BrokerSandbox
import BrokerServing
import BrokerTokens
import IdentityBroker
import Logging

/// What `serve --sandbox` shows in a browser: an example app, and an upstream with people to choose from.
struct SandboxDemonstration: Sendable {
    let app: ExampleApp
    /// What the people sign in at.
    let upstream: RunningSandbox
    private let registration: ExampleApp.Registration

    private static let upstreamID: ProviderID = "people"
    private static let clientID = "example-site"

    /// Starts both; nil for a program that does not speak OpenID Connect, or a service whose address is not known yet.
    init?(of server: ServerEntry, in composition: Composition, logger: Logger) async throws {
        let type = ExampleApp.providerType
        guard composition.providers[type] != nil,
            let kind = composition.sandboxes.first(where: { $0.providerType == type }),
            server.listen.port != 0, server.tls == nil, server.issuer == nil
        else { return nil }
        upstream = try await RunningSandbox(
            kind, following: [], as: Self.upstreamID, endingWith: composition.end)
        registration = ExampleApp.Registration(
            id: Self.clientID, secret: Secret(RandomSource.system.bytes(24).hexadecimal),
            issuer: "http://\(server.listen.authority())")
        app = try await ExampleApp.start(as: registration, in: composition, logger: logger)
    }

    /// The app among the service's clients.
    func client() throws(BrokerError) -> TokenClient {
        try TokenClient(
            id: registration.id, displayName: "Example site", authentication: .secret(registration.secret),
            audiences: [],
            authorization: AuthorizationSettings(redirectURIs: [ExampleApp.redirectURI(at: app.port)]))
    }
}
