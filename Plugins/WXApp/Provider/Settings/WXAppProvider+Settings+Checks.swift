import IdentityBroker
import WXAppClient

extension WXAppProvider.Settings {
    /// Longer than any id of GenAuth's, which have 24 characters.
    private static let longestUserPoolId = 128

    /// The address of the exchange.
    func checkedEndpoint() throws(BrokerError) -> UpstreamURL {
        try checkedBaseURL().appending("oauth", "app2wxapp", "auth", checkedUserPoolId())
    }

    /// Who vouches: what is set, else the base URL with the user pool's id.
    func checkedIssuer() throws(BrokerError) -> Issuer {
        let derived = try checkedBaseURL().appending(checkedUserPoolId()).description
        guard let issuer = Issuer(issuer ?? derived) else {
            throw BrokerError(
                .misconfigured,
                "The issuer is empty, longer than 255 bytes, or has white space or characters beyond ASCII. Set issuer."
            )
        }
        return issuer
    }

    func checkedLaunchRequest() throws(BrokerError) -> WXAppLaunchRequest {
        let (userPoolId, miniProgram) = (try checkedUserPoolId(), try miniProgram.checkedMiniProgram())
        do {
            return try WXAppLaunchRequest(userPoolId: userPoolId, requestPhone: requestPhone, miniProgram: miniProgram)
        } catch {
            throw BrokerError(.misconfigured, error.description)
        }
    }

    private func checkedBaseURL() throws(BrokerError) -> UpstreamURL {
        guard let url = UpstreamURL(baseURL) else {
            throw BrokerError(
                .misconfigured,
                "baseURL is no plain absolute URL; write it as in \(Self.defaultBaseURL), without a query."
            )
        }
        return url
    }

    /// The id becomes a path segment and part of the issuer. Dot segments are out because every HTTP client resolves them
    /// (RFC 3986 §5.2.4), and percent-encoding leaves dots as they are.
    private func checkedUserPoolId() throws(BrokerError) -> String {
        guard !userPoolId.isEmpty else { throw BrokerError(.misconfigured, "userPoolId is empty; set it.") }
        guard userPoolId.utf8.count <= Self.longestUserPoolId,
            userPoolId.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), userPoolId != ".", userPoolId != ".."
        else {
            throw BrokerError(
                .misconfigured,
                "userPoolId is no user pool's id: visible ASCII, at most \(Self.longestUserPoolId) characters."
            )
        }
        return userPoolId
    }
}
