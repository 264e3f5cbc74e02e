import IdentityBroker
import UpstreamAPI

extension Refusal {
    /// The codes that refuse the app's access token and nothing else.
    static let codesOfAppToken: Set<Int64> = [99_991_663, 99_991_664, 99_991_668, 99_991_671, 99_991_677]

    /// What a code means that no table lists.
    static let unknown = Refusal(
        [], .upstreamMisbehaved, "Feishu refuses the request for a reason that it does not document.")

    /// What a code means that no table lists, where a code was sent: at least that was not accepted.
    static let codeRefused = Refusal(
        [20003, 20024, 20007, 1007],
        .invalidCredential,
        """
        Feishu does not accept the code: it is unknown, used, out of date, or of another app. Begin a new login. If the app \
        got the code itself, check that appCode names the call that gave it.
        """
    )

    /// Feishu's codes (the page of the token endpoint, that of frequency control, and the general one), each number once.
    static let table: [Refusal] = [
        codeRefused,
        Refusal([20004], .credentialExpired, "Feishu says that the code has expired. Begin a new login."),
        Refusal([20065], .credentialAlreadyUsed, "Feishu says that the code was used before. Begin a new login."),
        Refusal([20049], .invalidCredential, "Feishu does not accept the code's PKCE verifier. Begin a new login."),
        Refusal([20008], .accessDenied, "Feishu knows no such user."),
        Refusal([20010], .accessDenied, "The user is not among those who may use the app at Feishu."),
        Refusal([20066], .accessDenied, "The user's account at Feishu is suspended or closed."),
        Refusal([20050, 20072], .upstreamUnavailable, "Feishu cannot serve now. Try again later."),
        Refusal([99_991_400], .rateLimited, "Feishu takes no more requests of the app now. Try again later."),
        Refusal(
            [20002, 20048], .misconfigured,
            "Feishu does not accept the app. Check appId and secret, and whether it is Lark's."),
        Refusal([20009], .misconfigured, "The user's tenant has not installed the app at Feishu."),
        Refusal([20069], .misconfigured, "The app is disabled at Feishu. Enable it there."),
        Refusal(
            [20029], .misconfigured,
            "Feishu does not know the callback URI. Register it among the app's redirect URLs."),
        Refusal(
            [20071], .misconfigured, "The redirect URI differs from the one in the authorization request at Feishu."),
        Refusal([20067, 20068], .misconfigured, "Feishu does not give the app all of the scopes. Check scopes."),
        Refusal(
            [20001, 20036, 20063, 20070], .misconfigured,
            "Feishu does not accept the request as it is documented. Check tokenPath."),
        Refusal(
            Array(codesOfAppToken).sorted(), .misconfigured,
            "Feishu does not accept the app's access token. Check the app's permissions there."),
        Refusal([20005], .upstreamMisbehaved, "Feishu does not accept an access token that it has just issued."),
    ]

    /// What codes mean for an app's own code, with which no redirect URI is sent: nothing that the operator could put right.
    static let tableOfAppCodes: [Refusal] = [
        Refusal(
            [20071], .invalidCredential,
            "The code is of a redirect at Feishu, and was presented as an app's own. Begin a new login.")
    ]

    /// What codes mean where the user's own token is sent, which Feishu has just issued.
    static let tableOfUserInfo: [Refusal] = [
        Refusal(
            Array(codesOfAppToken).sorted(), .upstreamMisbehaved,
            "Feishu does not accept the user's access token that it has just issued. Begin a new login.")
    ]

    /// What codes mean where the app's access token is asked for.
    static let tableOfAppToken: [Refusal] = [
        Refusal(
            [10003, 10014], .misconfigured,
            "Feishu does not accept the app. Check appId and secret, and whether it is Lark's.")
    ]
}
