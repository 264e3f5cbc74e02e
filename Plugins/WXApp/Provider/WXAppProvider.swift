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

extension WXAppProvider: LaunchRequesting {
    /// What the user's app passes to WeChat to open the mini program: `user_name`, `app_id`, `path` with its query, and
    /// `mini_program_type`.
    ///
    /// - Throws: ``BrokerError`` of kind `misconfigured`.
    public static func launchRequest(settings: Settings) throws -> LaunchRequest {
        let launch = try settings.checkedLaunchRequest()
        return LaunchRequest(
            target: "wechat_mini_program",
            parameters: [
                .init("user_name", launch.userName),
                .init("app_id", launch.miniProgram.appId),
                .init("path", launch.path),
                .init("mini_program_type", launch.miniProgramType.rawValue),
            ]
        )
    }
}

extension WXAppProvider: CallbackReading {
    /// Reads the ticket out of the query string that the mini program returned.
    ///
    /// - Throws: ``BrokerError`` of kind `cancelledByUser`, or `invalidCredential` if the mini program reported a
    ///   failure or the text is not its query.
    public static func credential(fromCallback callback: String) throws(BrokerError) -> Credential {
        let outcome: WXAppOutcome
        do {
            outcome = try WXAppCallback(query: callback).outcome
        } catch {
            throw BrokerError(.invalidCredential, error.description)
        }
        switch outcome {
        case .authorized(let ticket):
            return .ticket(ticket.value)
        case .cancelled:
            throw BrokerError(.cancelledByUser, "The user left the mini program without signing in.")
        case .failed(let failure):
            throw BrokerError(
                .invalidCredential,
                failure.description,
                upstreamCode: failure.upstreamCode.map(String.init)
            )
        }
    }
}

extension WXAppProvider: SettingsAdvising {
    /// Warns of a pool without a secret, since anyone who holds a ticket could redeem it, and of an id that does not
    /// look like a pool's.
    public static func advice(settings: Settings) -> [String] {
        var advice: [String] = []
        if settings.secret == nil {
            advice.append(
                """
                There is no secret, so the user pool has to exchange tickets without one, and whoever gets hold of a ticket \
                can redeem it. Have the pool require its secret, and set it here.
                """)
        }
        if !settings.hasUsualUserPoolId {
            advice.append(
                "The id of a GenAuth user pool has 24 hexadecimal digits, and userPoolId does not. Check that it is the pool's."
            )
        }
        return advice
    }
}
