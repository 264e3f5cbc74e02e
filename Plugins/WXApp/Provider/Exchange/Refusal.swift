import IdentityBroker

/// What one of GenAuth's codes means for a login, in our own words: an upstream's text is never repeated.
struct Refusal: Sendable {
    /// The business codes, and HTTP statuses of the same number, with this meaning.
    let codes: [Int64]
    let kind: BrokerError.Kind
    let message: String

    init(_ codes: [Int64], _ kind: BrokerError.Kind, _ message: String) {
        self.codes = codes
        self.kind = kind
        self.message = message
    }
}

extension Refusal {
    private static let byCode: [Int64: Refusal] = Dictionary(
        uniqueKeysWithValues: table.flatMap { refusal in refusal.codes.map { ($0, refusal) } }
    )

    /// What a business code means. GenAuth also puts HTTP statuses there (`statusCode`), which have their usual
    /// meaning; an unlisted code means at least that the ticket was not accepted.
    static func of(businessCode code: Int64) -> Refusal {
        byCode[code] ?? ((500..<600).contains(code) ? serverFailed : ticketRefused)
    }

    /// What an HTTP status without a business code means.
    static func of(httpStatus status: Int) -> Refusal {
        switch status {
        case 400..<500: byCode[Int64(status)] ?? ticketRefused
        case 500..<600: serverFailed
        default: unexpectedStatus
        }
    }

    private static let unexpectedStatus = Refusal(
        [],
        .upstreamMisbehaved,
        "GenAuth answered with an HTTP status that the exchange does not have."
    )

    static let ticketRefused = Refusal(
        [2206, 2207, 2241, 2300, 1920, 1921, 1922, 1923, 410],
        .invalidCredential,
        "GenAuth does not accept the ticket: it is unknown, used or out of date. Begin a new login in the app."
    )

    static let serverFailed = Refusal(
        [500, 502, 503, 1000],
        .upstreamUnavailable,
        "GenAuth cannot serve now. Try again later with a new ticket."
    )

    /// GenAuth's published codes (its error-code pages of all generations), each number once.
    static let table: [Refusal] = [
        ticketRefused,
        serverFailed,
        Refusal(
            [601, 602, 603],
            .upstreamUnavailable,
            "What GenAuth relies on, WeChat or the user pool's own code, failed. Try again later with a new ticket."
        ),
        Refusal([429, 2100], .rateLimited, "GenAuth takes no more requests now. Try again later with a new ticket."),
        Refusal([2000], .rateLimited, "GenAuth wants a captcha after too many attempts. Try again later."),
        Refusal([2004], .accessDenied, "GenAuth knows no such user."),
        Refusal([2005], .accessDenied, "GenAuth has locked this user."),
        Refusal([2031], .accessDenied, "The user pool takes no new users. Registration is switched off in GenAuth."),
        Refusal([2036], .accessDenied, "The user does not belong to this user pool."),
        Refusal([1576], .accessDenied, "The user may not use this application."),
        Refusal([2_120_008, 2_130_010], .accessDenied, "The user is disabled in the tenant or has no right to it."),
        Refusal(
            [2026, 2035, 2200, 2213, 2215],
            .accessDenied,
            "The WeChat account, phone number or e-mail address belongs to another user of the pool already."
        ),
        Refusal([1635, 1636], .interactionRequired, "GenAuth wants a second factor from the user first."),
        Refusal([1639, 2058], .interactionRequired, "The user has to set a new password at GenAuth first."),
        Refusal(
            [1640, 1641, 2921],
            .interactionRequired,
            "The user has to say first which account to link the WeChat account to."
        ),
        Refusal([1642], .interactionRequired, "The user has to complete the profile at GenAuth first."),
        Refusal([1643], .interactionRequired, "The user is locked and has to unlock the account at GenAuth first."),
        Refusal(
            [401, 403, 1001, 2020],
            .misconfigured,
            "GenAuth does not let the broker exchange tickets. Check userPoolId and secret."
        ),
        Refusal(
            [404, 405, 2010, 2011, 2101, 2224],
            .misconfigured,
            "GenAuth knows no such user pool or application there. Check baseURL and userPoolId."
        ),
        Refusal(
            [402, 2002, 2040, 4021],
            .misconfigured,
            "The user pool has used up what its GenAuth plan allows. Check the plan."
        ),
        Refusal([501], .misconfigured, "This GenAuth does not support the exchange. Check baseURL and the user pool."),
    ]
}
