import IdentityBroker
import StrictJSON
import UpstreamAPI

/// A refusal in one of DingTalk's answers, and what it means for a login.
struct Refusal: Sendable {
    /// Whether a table lists the code: any other says less than a status does.
    let isListed: Bool
    private let meaning: Meaning
    private let code: String?
    /// Whether the code is one of the table's own words.
    private let isTableWord: Bool

    /// What a code means, in our own words: DingTalk's are never repeated.
    struct Meaning: Sendable {
        let kind: BrokerError.Kind
        let message: String

        init(_ kind: BrokerError.Kind, _ message: String) {
            self.kind = kind
            self.message = message
        }
    }

    /// The refusal in an answer; nil if there is none.
    ///
    /// Its `code` is a text. A number, or the `errcode` of DingTalk's older API, is in no table; 0 is none.
    init?(in answer: JSONObject, from endpoint: Endpoint) {
        let members = [answer["code"], answer["errcode"]].compactMap(\.self)
        guard let member = members.first(where: { !$0.isNull && $0.wholeNumber != 0 }) else { return nil }
        code = member.string ?? member.wholeNumber.map { "\($0)" }
        let row = code.flatMap { Self.row(of: $0, at: endpoint) }
        isListed = row != nil
        isTableWord = row?.code == code
        // One that no table lists means at least that the code was not accepted, where a code was sent.
        meaning = row?.meaning ?? (endpoint == .token ? Self.codeRefused : Self.unknown)
    }

    /// The failure that it is.
    ///
    /// - Parameter retryAfter: The time to wait, if the answer says one.
    func error(retryAfter: Duration?) -> BrokerError {
        let wait = meaning.kind == .rateLimited ? retryAfter : nil
        return isTableWord
            ? BrokerError(meaning.kind, meaning.message, listedCode: code, retryAfter: wait)
            : BrokerError(meaning.kind, meaning.message, upstreamCode: code, retryAfter: wait)
    }

    private static func row(of code: String, at endpoint: Endpoint) -> (code: String, meaning: Meaning)? {
        let rows = endpoint == .user ? atUser + table : table
        return rows.first { code == $0.code || $0.code.hasSuffix("*") && code.hasPrefix($0.code.dropLast()) }
    }
}

extension Refusal {
    private static let codeRefused = Meaning(
        .invalidCredential,
        """
        DingTalk does not accept the code: it is unknown, used, out of date, or of another app. Begin a new login, and check \
        that clientId is the app's.
        """)
    private static let unknown = Meaning(
        .upstreamMisbehaved,
        """
        DingTalk refuses to say who the user is, with a code that is not known here. Begin a new login. If that fails as \
        well, look the code up in DingTalk's documentation.
        """)
    private static let clientRefused = Meaning(
        .misconfigured, "DingTalk does not accept the app. Check clientId and clientSecret.")
    private static let tokenRefused = Meaning(
        .upstreamMisbehaved,
        "DingTalk does not accept the user's access token that it has just issued. Begin a new login.")
    private static let tooManyRequests = Meaning(
        .rateLimited, "DingTalk takes no more requests of the app now. Try again later.")
    private static let quotaUsed = Meaning(
        .rateLimited,
        """
        The organization's quota of requests to DingTalk is used up. Wait for the next month, or have the quota raised in \
        DingTalk's console.
        """)
    private static let permissionMissing = Meaning(
        .misconfigured,
        """
        The app lacks a permission at DingTalk. Add the permission to read a user's personal information \
        (Contact.User.Read) in DingTalk's console.
        """)
    private static let addressRefused = Meaning(
        .misconfigured,
        """
        DingTalk takes the app's requests from the listed addresses only. Add the egress addresses of this machine to the \
        app's server egress IPs (服务器出口IP) in DingTalk's console.
        """)
    private static let forbidden = Meaning(
        .misconfigured,
        "DingTalk does not let the app make this request. Check the app's permissions and state in DingTalk's console.")
    private static let addressUnknown = Meaning(
        .misconfigured, "DingTalk has no such endpoint at that address. Check apiURL.")
    private static let unavailable = Meaning(
        .upstreamUnavailable, "DingTalk cannot serve now. Try again later with a new code.")

    /// What codes mean. An asterisk stands for any ending, and the first row that fits counts.
    static let table: [(code: String, meaning: Meaning)] = [
        ("invalidParameter.authCode*", codeRefused), ("invalidParameter.code*", codeRefused),
        ("InvalidAuthentication", clientRefused), ("invalidClientIdOrSecret", clientRefused),
        ("Forbidden.AccessDenied.AccessTokenPermissionDenied", permissionMissing),
        ("Forbidden.AccessDenied.QpsLimit*", tooManyRequests), ("Forbidden.AccessDenied.ApiCountLimit*", quotaUsed),
        ("Forbidden.AccessDenied.IpNotInWhiteList", addressRefused), ("Forbidden.AccessDenied*", forbidden),
        ("InvalidAction.NotFound", addressUnknown), ("Throttling*", tooManyRequests),
        ("ServiceUnavailable", unavailable), ("InternalError", unavailable),
    ]

    /// What codes mean where the user's own token is sent, if it is something else.
    static let atUser: [(code: String, meaning: Meaning)] = [("InvalidAuthentication", tokenRefused)]
}
