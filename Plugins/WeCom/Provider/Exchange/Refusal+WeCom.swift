import IdentityBroker
import UpstreamAPI

extension Refusal {
    /// What a code means that no table lists.
    static let unknown = Refusal(
        [], .upstreamMisbehaved, "WeCom refuses the request for a reason that it does not document.")

    /// What a code means that no table lists, where a code was sent: at least that was not accepted.
    static let codeRefused = Refusal(
        [40029],
        .invalidCredential,
        """
        WeCom does not accept the code: it is unknown, used, out of date, or of another app. Begin a new login. In a mini \
        program, the code is that of wx.qy.login, and not of wx.login.
        """
    )

    /// WeCom's codes (its page of global error codes, and the table of WxJava), each number once. WeChat uses the same
    /// numbers otherwise.
    static let table: [Refusal] = [
        codeRefused,
        Refusal([-1], .upstreamUnavailable, "WeCom is busy. Try again later with a new code."),
        Refusal(
            [40001, 40091, 41004], .misconfigured, "WeCom does not accept the app's secret. Check corpId and secret."),
        Refusal(
            [40014, 42001], .misconfigured,
            """
            WeCom does not accept the access token that it gave the app. Check that apiURL leads to one WeCom alone, and that \
            nothing voids the app's tokens.
            """),
        Refusal([40013], .misconfigured, "WeCom knows no such company. Check corpId."),
        Refusal([41001], .misconfigured, "WeCom finds no access token in the request. Check what is behind apiURL."),
        Refusal(
            [48002, 301002], .misconfigured,
            "The app may not use this interface of WeCom. Check agentId, and the app's permissions there."),
        Refusal(
            [50001], .misconfigured,
            "WeCom does not trust the callback's domain. Enter it, with its port, among the app's trusted domains."),
        Refusal([50003], .misconfigured, "The app is disabled at WeCom. Enable it there."),
        Refusal(
            [60020], .misconfigured,
            "The broker's address is not among the app's trusted IP addresses at WeCom. Add it there."),
        Refusal(
            [40078, 40082, 42009, 48003, 48004], .misconfigured,
            "The company's authorization of the app is missing or no longer valid. Renew it at WeCom."),
        Refusal([50002, 60011], .accessDenied, "The member is outside the app's visible range at WeCom."),
        Refusal([60111], .accessDenied, "WeCom knows no such member of the company."),
        Refusal([84014], .credentialExpired, "WeCom says that the member's ticket has expired. Begin a new login."),
        Refusal([84015], .invalidCredential, "WeCom does not accept the member's ticket. Begin a new login."),
        Refusal([45009, 45033], .rateLimited, "WeCom takes no more requests of the app now. Try again later."),
    ]
}
