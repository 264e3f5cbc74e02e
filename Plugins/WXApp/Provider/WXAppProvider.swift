public import IdentityBroker
import WXAppClient

/// Signs users in with the ticket of a WeChat mini program, which GenAuth exchanges for its record of the user
/// (`app2wxapp`, GenAuth's "App launches WeChat mini program").
///
/// ```swift
/// let wxapp = try ProviderInstance(
///     WXAppProvider.self,
///     settings: .init(userPoolId: "5e4cdd055df3df65dc58b97d", secret: .environment("GENAUTH_USER_POOL_SECRET")),
///     context: ProviderContext(id: "wxapp")
/// )
/// ```
public struct WXAppProvider: IdentityProvider {
    /// The issuer of the subjects: the setting `issuer`, or base URL and user pool.
    public let issuer: Issuer

    private let ticketExchange: TicketExchange
    private let tokenInspector: TokenInspector
    private let scope: RecordScope

    /// Creates an instance.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured` that says which setting is wrong, or which secret cannot be read.
    public init(settings: Settings, context: ProviderContext) throws {
        issuer = try settings.checkedIssuer()
        let launch = try settings.checkedLaunchRequest()
        ticketExchange = TicketExchange(
            endpoint: try settings.checkedEndpoint(),
            secret: try settings.secret.map { try context.resolve($0) }
        )
        tokenInspector = TokenInspector(key: try settings.tokenKey.map { try context.resolve($0) })
        scope = RecordScope(userPoolId: launch.userPoolId, appId: launch.miniProgram.appId)
    }

    /// Exchanges the ticket for GenAuth's record of the user.
    ///
    /// - Throws: ``BrokerError``: what sending throws; what GenAuth's code or HTTP status means; `upstreamMisbehaved`
    ///   for an answer that is not a record, for ids that are not text, and for a token that `tokenKey` does not
    ///   verify.
    public func authenticate(
        _ credential: Credential,
        in exchange: ExchangeContext
    ) async throws -> UpstreamIdentity {
        let response = try await exchange.send(ticketExchange.request(for: credential.value))
        let record = GenAuthUserRecord(try response.userRecord(at: exchange.now))
        let inspection = try tokenInspector.inspect(record, at: exchange.now)
        return try UpstreamIdentity(record, token: inspection, in: scope)
    }
}
