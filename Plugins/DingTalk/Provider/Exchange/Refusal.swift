import IdentityBroker
import OAuthClient
import StrictJSON

/// What one of DingTalk's error codes means for a login, in our own words.
struct Refusal: Sendable {
    let kind: BrokerError.Kind
    let message: String
    /// The code, if it is a number.
    private(set) var number: String?
    /// Whether a table lists the code.
    private(set) var isListed = true

    init(_ kind: BrokerError.Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// The refusal in an answer; nil if there is none.
    init?(in answer: JSONObject, from endpoint: Endpoint) {
        if let member = answer["errcode"], !member.isNull, member.wholeNumber != 0 {
            let code = member.wholeNumber
            self.init(code.flatMap { Self.byNumber[$0] }, at: endpoint)
            number = code.map { "\($0)" }
        } else if let member = answer["code"], !member.isNull {
            self.init(member.string.flatMap { Self.listed($0, at: endpoint) }, at: endpoint)
        } else {
            return nil
        }
    }

    /// One that no table lists means at least that the code was not accepted, where a code was sent.
    private init(_ listed: Refusal?, at endpoint: Endpoint) {
        self = listed ?? (endpoint == .token ? Self.codeRefused : Self.unknown)
        isListed = listed != nil
    }

    private static func listed(_ code: String, at endpoint: Endpoint) -> Refusal? {
        if endpoint == .user, let refusal = atUser[code] { return refusal }
        return table.first { row in
            row.codes.contains { code == $0 || $0.hasSuffix("*") && code.hasPrefix($0.dropLast()) }
        }?
        .refusal
    }
}

extension Refusal {
    private static let codeRefused = Refusal(
        .invalidCredential,
        """
        DingTalk does not accept the code: it is unknown, used, out of date, or of another app. Begin a new login, and check \
        that clientId is the app's.
        """)
    private static let unknown = Refusal(
        .upstreamMisbehaved, "DingTalk refuses the request for a reason that it does not document.")
    private static let clientRefused = Refusal(
        .misconfigured, "DingTalk does not accept the app. Check clientId and clientSecret.")
    private static let tokenRefused = Refusal(
        .upstreamMisbehaved,
        "DingTalk does not accept the user's access token that it has just issued. Begin a new login.")

    /// The codes of the newer API; an asterisk stands for any ending.
    static let table: [(codes: [String], refusal: Refusal)] = [
        (["invalidParameter.authCode*", "invalidParameter.code*"], codeRefused),
        (["InvalidAuthentication", "invalidClientIdOrSecret"], clientRefused),
        (
            ["Forbidden.AccessDenied*"],
            Refusal(
                .misconfigured,
                """
                The app lacks a permission at DingTalk. Add the permission to read a user's personal information \
                (Contact.User.Read) in DingTalk's console.
                """)
        ),
        (
            ["InvalidAction.NotFound"],
            Refusal(.misconfigured, "DingTalk has no such endpoint at that address. Check apiURL.")
        ),
        (["Throttling*"], Refusal(.rateLimited, "DingTalk takes no more requests of the app now. Try again later.")),
        (["ServiceUnavailable", "InternalError"], Refusal(.upstreamUnavailable, "DingTalk cannot serve now.")),
    ]

    /// What codes mean where the user's own token is sent, if it is something else.
    static let atUser: [String: Refusal] = ["InvalidAuthentication": tokenRefused]

    /// The codes of the older API (`errcode`).
    static let byNumber: [Int64: Refusal] = [
        40078: codeRefused,
        41007: Refusal(.upstreamMisbehaved, "DingTalk does not accept the request as it is documented."),
        41026: Refusal(.upstreamMisbehaved, "DingTalk does not accept the request as it is documented."),
        88: tokenRefused, 40014: tokenRefused,
        60121: Refusal(.accessDenied, "The user is not a member of the organization at DingTalk."),
    ]
}
