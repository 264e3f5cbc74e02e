/// Why Feishu refuses, by its code, and with which status.
struct Refusal: Error, Sendable, Equatable {
    let code: Int
    let status: Int
    let error: String
    let message: String
    /// After how many seconds the next request may come, if there were too many.
    private(set) var wait: Int?

    static let parameter = Refusal(20001, "invalid_request", "The request is missing a required parameter.")
    static let client = Refusal(20002, "invalid_client", "The client secret is invalid.")
    static let code = Refusal(20003, "invalid_grant", "The authorization code is not found.")
    static let expiredCode = Refusal(20004, "invalid_grant", "The authorization code has expired.")
    static let userToken = Refusal(20005, "", "The user access token passed is invalid.", status: 200)
    static let otherClient = Refusal(20024, "invalid_grant", "The authorization code is of another client.")
    static let grantType = Refusal(20036, "unsupported_grant_type", "The grant_type is not supported.")
    static let app = Refusal(20048, "invalid_client", "The app does not exist.")
    static let verifier = Refusal(20049, "invalid_grant", "PKCE code challenge failed.")
    static let usedCode = Refusal(20065, "invalid_grant", "The authorization code has been used.")
    static let redirectURI = Refusal(20071, "invalid_grant", "The redirect_uri does not match.")
    static let appId = Refusal(10003, "", "invalid app_id", status: 200)
    static let secret = Refusal(10014, "", "app secret invalid", status: 200)
    static let appToken = Refusal(99_991_664, "", "invalid app access token")
    static let expiredAppToken = Refusal(99_991_677, "", "Authentication token expired")

    /// Too many requests: at old endpoints with status 400.
    static func frequency(status: Int, wait: Int) -> Refusal {
        var refusal = Refusal(99_991_400, "", "request trigger frequency limit", status: status)
        refusal.wait = wait
        return refusal
    }

    private init(_ code: Int, _ error: String, _ message: String, status: Int = 400) {
        self.code = code
        self.error = error
        self.message = message
        self.status = status
    }
}
