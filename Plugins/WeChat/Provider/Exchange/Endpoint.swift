/// Which of WeChat's endpoints answers.
enum Endpoint: Sendable {
    /// `jscode2session`: AppSecret and code in, ids and session key out.
    case session
    /// `sns/oauth2/access_token`: the same, with the user's access token out.
    case token
    /// `getuserphonenumber`: the app's access token and the phone code in.
    case phone
    /// `sns/userinfo`: the user's access token in.
    case profile
    /// `stable_token`: AppSecret in, the app's access token out.
    case appToken

    var name: String {
        switch self {
        case .session: "jscode2session"
        case .token: "sns/oauth2/access_token"
        case .phone: "getuserphonenumber"
        case .profile: "sns/userinfo"
        case .appToken: "stable_token"
        }
    }
}
