import IdentityBroker
import WXAppClient

extension WXAppProvider.Settings {
    /// Longer than any of GenAuth's ids, which have 24 characters.
    private static let longestUserPoolId = 128

    /// The address of the exchange.
    func checkedEndpoint() throws(BrokerError) -> UpstreamURL {
        try checkedBaseURL().appending("oauth", "app2wxapp", "auth", checkedUserPoolId())
    }

    /// The issuer: the setting, else the base URL with the user pool's id.
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
                "baseURL must be an absolute URL without a query, as in \(Self.defaultBaseURL)."
            )
        }
        return url
    }

    /// The id becomes a path segment and part of the issuer. It has the letters and digits of an id, and no character
    /// with a meaning to a URL, a shell or a template.
    private func checkedUserPoolId() throws(BrokerError) -> String {
        guard !userPoolId.isEmpty else { throw BrokerError(.misconfigured, "userPoolId is empty; set it.") }
        guard userPoolId.utf8.count <= Self.longestUserPoolId, userPoolId.utf8.allSatisfy(Self.isIDByte) else {
            throw BrokerError(
                .misconfigured,
                """
                userPoolId is not the id of a user pool: ASCII letters, digits, hyphens and underscores, at most \
                \(Self.longestUserPoolId), such as 5e4cdd055df3df65dc58b97d.
                """
            )
        }
        return userPoolId
    }

    /// Whether the id has the form of all of GenAuth's ids: 24 hexadecimal digits.
    var hasUsualUserPoolId: Bool {
        userPoolId.utf8.count == 24
            && userPoolId.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    private static func isIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}
