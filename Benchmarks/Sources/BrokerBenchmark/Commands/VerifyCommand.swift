import ArgumentParser
import BrokerTokens
import IdentityBroker
import LoadGeneration

/// Verifies an access token as an app's middleware does, repeatedly: parses it, and checks its signature and claims.
struct VerifyCommand: BlockingCommand {
    static let configuration = CommandConfiguration(commandName: "verify")

    @OptionGroup var record: RecordOption

    @Option(help: "How many verifications there are, one after the other.")
    var count = 20_000

    private static let issuer = "https://login.example.com"
    private static let audience = "https://api.example.com"

    func measure() async throws {
        let store = MemoryStore()
        let instance = try WXApp.instance(WXApp.healthy, port: 443, authority: nil, limits: .benchmark(inFlight: 1))
        let broker = try Broker(providers: [instance], transport: try record.transport(), store: store)
        let keys = SigningKeys(store: store, encryptionKey: .ephemeral())
        try await keys.prepare()
        let token = try await token(from: broker, keeping: store, signedBy: keys)
        let verifier = AccessTokenVerifier(issuer: Self.issuer, keys: keys)
        let figures = await CountedLoop.run(0..<UInt64(count), inFlight: 1) { _ in
            (try? await verifier.verify(token, audience: Self.audience)) != nil
        }
        await broker.finish()
        figures.print()
    }

    /// A token as the service issues it.
    private func token(
        from broker: Broker,
        keeping store: MemoryStore,
        signedBy keys: SigningKeys
    ) async throws -> String {
        let secret = Secret("0123456789abcdef")
        let client = try TokenClient(id: "notes", authentication: .secret(secret), audiences: [Self.audience])
        let tokens = try TokenService(
            issuer: Self.issuer,
            clients: ClientDirectory([client]),
            broker: broker,
            store: store,
            keys: keys
        )
        let issued = try await tokens.exchange(
            ExchangeRequest(
                client: try await tokens.authenticate(client.id, secret: secret),
                provider: WXApp.healthy,
                credential: WXApp.ticket(0),
                scope: "openid"
            )
        )
        return issued.accessToken.reveal()
    }
}
