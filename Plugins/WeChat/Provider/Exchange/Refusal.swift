import IdentityBroker
import UpstreamAPI

extension Refusal {
    /// Whether a failure is about the person, and not about the profile that was asked for: WeChat restricts the account,
    /// takes it for a risk, or has seen its password change.
    static func endsLogin(_ error: BrokerError) -> Bool {
        ["50002", "40226", "42007"].contains(error.upstreamCode)
    }

    /// What a code means that no table lists.
    static let unknown = Refusal(
        [], .upstreamMisbehaved, "WeChat refuses the request for a reason that it does not document.")

    /// What a code means that no table lists, where a code was sent: at least that was not accepted.
    static let codeRefused = Refusal(
        [40029, 41008],
        .invalidCredential,
        """
        WeChat does not accept the code: it is unknown, used, out of date, or of another app. Begin a new login in the \
        app, and check that appId is the app's.
        """
    )

    /// The same where a phone code was sent.
    static let phoneCodeRefused = Refusal(
        [40029, 41008],
        .invalidCredential,
        """
        WeChat does not accept phone_code: it is unknown, used, out of date, or of another app. It is the code that \
        getPhoneNumber gave the app, and not the one of wx.login.
        """
    )

    /// The family's codes (the pages of code2Session, getPhoneNumber, getStableAccessToken and of the web pages'
    /// authorization, and the tables of public clients), each number once. Other families use the same numbers otherwise.
    static let table: [Refusal] = [
        codeRefused,
        Refusal([-1], .upstreamUnavailable, "WeChat is busy. Try again later with a new code."),
        Refusal([40163], .credentialAlreadyUsed, "WeChat says that the code was used before. Begin a new login."),
        Refusal([42003], .credentialExpired, "WeChat says that the code has expired. Begin a new login."),
        Refusal(
            [40030, 42002, 87007, 87009], .credentialExpired,
            "What WeChat issued at sign-in has expired. Begin a new login."),
        Refusal(
            [42007], .credentialExpired, "The user has changed the WeChat password since signing in. Begin a new login."
        ),
        Refusal([40226], .accessDenied, "WeChat considers this user a high risk, and does not let them sign in."),
        Refusal([50001], .accessDenied, "The user has not authorized the app at WeChat."),
        Refusal([50002], .accessDenied, "WeChat has restricted this user: the account is frozen or closed."),
        Refusal([45011], .rateLimited, "WeChat takes no more requests for this user now. Try again in a minute."),
        Refusal([45033], .rateLimited, "WeChat takes no more requests of the app at once. Try again in a moment."),
        Refusal([45009], .rateLimited, "The app has used up its calls of this day at WeChat. Raise its quota there."),
        Refusal(
            [40001, 40014, 42001, 40125, 41004], .misconfigured,
            "WeChat does not accept the app's secret, or a token that it was given for it. Check appId and secret."),
        Refusal(
            [40013, 41002, 40002], .misconfigured, "WeChat knows no such app for this use. Check appId and the type."),
        Refusal(
            [40164, 61004], .misconfigured,
            "The broker's address is not in the app's list of allowed IP addresses at WeChat. Add it there."),
        Refusal(
            [89501, 89503, 89506, 89507], .misconfigured,
            "The app's administrator has to confirm calls from the broker's address at WeChat."),
        Refusal(
            [40243], .misconfigured, "The app's secret is frozen. Unfreeze it at WeChat; that takes up to ten minutes."),
        Refusal(
            [48001, 48004], .misconfigured, "The app may not use this interface of WeChat. Check its permissions there."
        ),
        Refusal(
            [61003], .misconfigured,
            "The account has not authorized the third-party platform at WeChat that asks for it."),
        Refusal(
            [10003, 10005], .misconfigured,
            "WeChat does not allow the callback's domain, or the scope, to this app. Check its settings there."),
        Refusal(
            [40003, 41001, 41009, 43001, 43002, 43003, 47001, 87008], .upstreamMisbehaved,
            "WeChat does not accept the request as it is documented."),
    ]

    /// What codes mean where a phone number is asked for, if it is something else.
    static let tableOfPhone: [Refusal] = [
        phoneCodeRefused,
        Refusal([-1], .upstreamUnavailable, "WeChat is busy. Try again later with a new code and a new phone_code."),
        Refusal([40003], .invalidCredential, "WeChat says that phone_code is another user's."),
        Refusal([40163], .credentialAlreadyUsed, "WeChat says that phone_code was used before. Ask the user again."),
        Refusal([42003], .credentialExpired, "WeChat says that phone_code has expired. Ask the user again."),
        Refusal(
            [102], .misconfigured,
            "WeChat gives the app no phone numbers. Check its privacy declaration, and its quota of them."),
    ]

    /// What codes mean where the user's own token is sent, which WeChat has just issued.
    static let tableOfProfile: [Refusal] = [
        Refusal(
            [40001, 40014, 42001], .upstreamMisbehaved,
            "WeChat does not accept the user's access token that it has just issued. Begin a new login.")
    ]
}
