import IdentityBroker
import Testing

@testable import DingTalkProvider

/// Each row of the table of error codes.
@Suite("DingTalk's error codes")
struct RefusalTests {
    /// Code, status, kind for the code, kind for the user's token.
    static let rows: [(String, Int, BrokerError.Kind, BrokerError.Kind)] = [
        ("invalidParameter.authCode.notFound", 400, .invalidCredential, .invalidCredential),
        ("invalidParameter.code.notFound", 400, .invalidCredential, .invalidCredential),
        ("InvalidAuthentication", 400, .misconfigured, .upstreamMisbehaved),
        ("InvalidAuthentication", 401, .misconfigured, .upstreamMisbehaved),
        ("invalidClientIdOrSecret", 400, .misconfigured, .misconfigured),
        ("InvalidAction.NotFound", 404, .misconfigured, .misconfigured),
        ("Forbidden.AccessDenied.AccessTokenPermissionDenied", 403, .misconfigured, .misconfigured),
        ("Forbidden.AccessDenied.IpNotInWhiteList", 403, .misconfigured, .misconfigured),
        ("Throttling", 429, .rateLimited, .rateLimited), ("Throttling.Api", 400, .rateLimited, .rateLimited),
        ("ServiceUnavailable", 503, .upstreamUnavailable, .upstreamUnavailable),
        ("InternalError", 500, .upstreamUnavailable, .upstreamUnavailable),
        ("Something.Else", 400, .invalidCredential, .upstreamMisbehaved),
        ("Something.Else", 200, .invalidCredential, .upstreamMisbehaved),
        ("Something.Else", 502, .upstreamUnavailable, .upstreamUnavailable),
        ("", 400, .invalidCredential, .upstreamMisbehaved),
    ]

    @Test("mean what the reference says, and are no user", arguments: rows)
    func code(_ code: String, _ status: Int, _ kind: BrokerError.Kind, _ kindOfUser: BrokerError.Kind) async throws {
        let details = #""accessdenieddetail":{"requiredScopes":["Contact.User.Read"]}"#
        let body = #"{"code":"\#(code)","requestid":"canary","message":"canary",\#(details)}"#
        for (word, kind) in [("userAccessToken", kind), ("me", kindOfUser)] {
            let error = try #require(await Scenario().answering(word, body, status: status).failure())
            #expect(error.kind == kind)
            #expect(error.credential == .spent)
            #expect(!error.message.contains("canary"))
        }
    }

    @Test(
        "of the older API are numbers",
        arguments: [
            ("40078", .invalidCredential, .invalidCredential), ("41007", .upstreamMisbehaved, .upstreamMisbehaved),
            ("41026", .upstreamMisbehaved, .upstreamMisbehaved), ("88", .upstreamMisbehaved, .upstreamMisbehaved),
            ("40014", .upstreamMisbehaved, .upstreamMisbehaved), ("60121", .accessDenied, .accessDenied),
            ("12345", .invalidCredential, .upstreamMisbehaved),
        ] as [(String, BrokerError.Kind, BrokerError.Kind)])
    func number(_ code: String, _ kind: BrokerError.Kind, _ kindOfUser: BrokerError.Kind) async throws {
        for (word, kind) in [("userAccessToken", kind), ("me", kindOfUser)] {
            for number in [code, "\"\(code)\""] {
                let body = #"{"errcode":\#(number),"errmsg":"canary"}"#
                let error = try #require(await Scenario().answering(word, body).failure())
                #expect(error.kind == kind && error.upstreamCode == code)
                #expect(!error.message.contains("canary"))
            }
        }
    }

    @Test("refuse, whatever else is in the answer")
    func withUser() async throws {
        let body = #"{"code":"Forbidden.AccessDenied","# + Scenario.user.dropFirst()
        #expect(await Scenario().answering("me", body).failure()?.kind == .misconfigured)
        let success = #"{"errcode":0,"code":null,"# + Scenario.user.dropFirst()
        #expect(await Scenario().answering("me", success).failure() == nil)
    }

    @Test(
        "are not needed where the status says it",
        arguments: [
            (500, BrokerError.Kind.upstreamUnavailable), (429, .rateLimited), (404, .misconfigured),
            (403, .misconfigured),
            (400, .upstreamMisbehaved),
        ])
    func statuses(status: Int, kind: BrokerError.Kind) async throws {
        for (word, body) in [("userAccessToken", Scenario.token), ("me", Scenario.user), ("me", "<html>")] {
            #expect(await Scenario().answering(word, body, status: status).failure()?.kind == kind)
        }
    }
}
