/// Which of DingTalk's endpoints answers.
enum Endpoint: Sendable {
    /// `userAccessToken`: Client Secret and code in, the user's access token out.
    case token
    /// `contact/users/me`: the user's access token in, ids and profile out.
    case user

    var name: String {
        switch self {
        case .token: "userAccessToken"
        case .user: "contact/users/me"
        }
    }
}
