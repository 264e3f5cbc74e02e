import HTTPTypes
import IdentityBroker
import JOSE
import Logging
import OAuthClient
import StrictJSON
import UpstreamAPI

extension OpenIDConnectProvider {
    /// The claims that each scope asks for, as far as their absence is a reason to ask the userinfo endpoint (OpenID
    /// Connect Core §5.4). No one has all claims of `profile`.
    private static let claimsOfScopes = [
        "profile": "name", "email": "email", "phone": "phone_number", "address": "address",
    ]

    /// What the userinfo endpoint says of the person, by the setting `userInfo`.
    ///
    /// - Returns: Nil if it is not asked, or if its failure is only noted.
    /// - Throws: ``BrokerError``.
    func userInfo(
        beside idToken: SignedClaims,
        for accessToken: Secret,
        by metadata: ProviderMetadata,
        _ keys: SharedValue<JSONWebKeySet>?,
        in exchange: ExchangeContext
    ) async throws -> (JSONObject?, [Notice]) {
        switch userInfoRule {
        case .never:
            return (nil, [])
        case .always:
            let endpoint = try metadata.endpoint(\.userInfo, "userinfo_endpoint")
            return (try await userInfo(at: endpoint, beside: idToken, for: accessToken, keys, in: exchange), [])
        case .auto:
            guard let endpoint = metadata.endpoints.userInfo, lacksClaims(idToken.claims) else { return (nil, []) }
            // Half, so that a hanging endpoint cannot fail a login that needs no answer of it.
            let part = exchange.limited(to: exchange.deadline.remaining / 2)
            do {
                let claims = try await userInfo(at: endpoint, beside: idToken, for: accessToken, keys, in: part)
                report(nil, in: exchange)
                return (claims, [])
            } catch let error as BrokerError where error.kind != .cancelled && !exchange.deadline.isOver {
                report(error.kind == .misconfigured ? error.message : nil, in: exchange)
                return (nil, [OpenIDConnectNotice.profileUnreadable.notice])
            }
        }
    }

    /// Logs trouble that lasts until an operator mends it, such as a network rule that refuses the address: the login
    /// succeeds without claims, so nothing else says so.
    private func report(_ trouble: String?, in exchange: ExchangeContext) {
        let now = clock.uptime()
        guard let news = userInfoTrouble.withLock({ $0.observe(trouble, at: now) }) else { return }
        guard let trouble else { return exchange.logger.notice("the userinfo endpoint can be asked again") }
        var metadata: Logger.Metadata = ["broker.reason": "\(trouble)"]
        metadata["broker.seconds"] = news.seconds.map { "\($0)" }
        exchange.logger.warning("the userinfo endpoint cannot be asked, so claims are missing", metadata: metadata)
    }

    private func lacksClaims(_ claims: JSONObject) -> Bool {
        scopes.contains { scope in Self.claimsOfScopes[scope].map { claims[$0]?.isNull ?? true } ?? false }
    }

    private func userInfo(
        at endpoint: Endpoint,
        beside idToken: SignedClaims,
        for accessToken: Secret,
        _ keys: SharedValue<JSONWebKeySet>?,
        in exchange: ExchangeContext
    ) async throws -> JSONObject {
        let request = endpoint.request(.get, [.authorization: "Bearer \(accessToken.reveal())"])
        let claims: JSONObject
        switch try UserInfoAnswer(try await exchange.send(request), at: clock.now()) {
        case .object(let object):
            claims = object
        case .signed(let token):
            do {
                let issuer = try rules.issuers.issuer(of: idToken.claims)
                try rules.checkAddressee(ofUserInfo: token.claims, beside: idToken.claims)
                _ = try await verify(token, of: issuer, allowing: rules.algorithms, keys, in: exchange)
            } catch is IDTokenFault {
                throw UserInfoAnswer.fault("answers with a token that is not the provider's for this client")
            }
            claims = token.claims
        }
        // Core §5.3.2: it must be there. Whether it is the same person is the gate's to say.
        guard claims["sub"]?.string?.isEmpty == false else {
            throw UserInfoAnswer.fault("does not say whom its answer is about")
        }
        return claims
    }
}
